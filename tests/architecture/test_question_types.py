"""A question type is one object: each register has all types, and nothing else asks a question which type it is."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest

from kuule.collector.pages.displays.display_registry import TYPE_DISPLAYS
from kuule.dataset.ingest.answer_cells import ANSWER_CELLS
from kuule.dataset.schema.variable_types import VARIABLE_TYPES
from kuule.forms.model.controls import Control
from kuule.forms.types.type_registry import QUESTION_TYPES, find_question_type
from kuule.forms.xform.body_reader import CONTROL_ELEMENTS
from tests.architecture.sources import modules, name_of, nodes_of

REGISTERS: dict[str, Collection[Control]] = {
    "forms/types/type_registry.py": [one.control for one in QUESTION_TYPES],
    "collector/pages/displays/display_registry.py": list(TYPE_DISPLAYS),
    "dataset/schema/variable_types.py": list(VARIABLE_TYPES),
    "dataset/ingest/answer_cells.py": list(ANSWER_CELLS),
}
MEMBERS_MAY_BE_IN = frozenset({"forms/types/", *REGISTERS})
LEFT: dict[str, str] = {}
"""Modules outside that still name a member, each with its reason. The list may shrink and not grow."""


def members_named(module: Path) -> Iterator[str]:
    for node in nodes_of(module):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Control":
            yield node.attr


@pytest.mark.parametrize("register", sorted(REGISTERS))
def test_register_has_every_type_once(register: str) -> None:
    assert sorted(REGISTERS[register]) == sorted(Control)


def test_members_are_named_where_types_are_made_and_registered() -> None:
    naming = {name_of(module) for module in modules() if any(members_named(module))}
    elsewhere = {name for name in naming if not name.startswith(tuple(MEMBERS_MAY_BE_IN))}
    assert elsewhere == set(LEFT)
    assert any(name.startswith("forms/types/") for name in naming)


def test_each_type_is_found_by_what_an_xform_says_of_it() -> None:
    for one in QUESTION_TYPES:
        value_type = next(iter(one.value_types), "string")
        assert find_question_type(one.element, value_type, {one.appearance}, has_list=one.has_choices) is one


def test_elements_that_are_read_are_those_of_the_types_and_of_files() -> None:
    assert {one.element for one in QUESTION_TYPES} | {"upload"} == CONTROL_ELEMENTS


def test_unknown_bind_type_is_a_line_of_text() -> None:
    assert find_question_type("input", "", ()) is find_question_type("input", "string", ())
    assert find_question_type("upload", "binary", ()) is None
