"""Limits that several packages share agree with each other, and with what is frozen or refused elsewhere."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kuule.core.limits import ENVELOPE_STEP, MAX_EDITION_ENVELOPE, MAX_PAGE_ENVELOPE, PRIVACY_FLOORS
from kuule.core.problems import PublishingError
from kuule.disclosure.thresholds import DisclosureRules
from kuule.store.rows.responses import MAX_STORED_ENVELOPE
from kuule.study.settings.study_settings import DisclosureSettings
from tests.architecture.sources import modules, name_of, nodes_of


def test_largest_envelope_of_an_edition_is_the_largest_step_that_a_store_keeps_in_one_page() -> None:
    assert MAX_STORED_ENVELOPE // ENVELOPE_STEP * ENVELOPE_STEP == MAX_EDITION_ENVELOPE
    assert MAX_EDITION_ENVELOPE < MAX_STORED_ENVELOPE < MAX_PAGE_ENVELOPE < 64 * 1024


@pytest.mark.parametrize("key", PRIVACY_FLOORS)
def test_floor_is_the_default_and_nothing_lower_is_published(key: str) -> None:
    """That study.toml is refused below a floor too is in tests/study/settings/test_study_toml.py."""
    floor = PRIVACY_FLOORS[key]
    assert (getattr(DisclosureSettings(), key), getattr(DisclosureRules(), key)) == (floor, floor)
    with pytest.raises(PublishingError, match=f"REPORT_020.*{key}"):
        replace(DisclosureRules(), **{key: floor - 1})


def test_no_other_module_writes_down_the_size_of_an_envelope() -> None:
    """The number itself, under any name: two that nothing ties together can drift apart."""
    sizes = {MAX_PAGE_ENVELOPE, MAX_EDITION_ENVELOPE}
    assert {name_of(module) for module in modules() if sizes & set(numbers(module))} == {"core/limits.py"}


def numbers(module: Path) -> Iterator[object]:
    """Every number of a module, also one that is written as a product."""
    for node in nodes_of(module):
        match node:
            case ast.Constant(value=int(value)):
                yield value
            case ast.BinOp(left=ast.Constant(value=int(left)), op=ast.Mult(), right=ast.Constant(value=int(right))):
                yield left * right
