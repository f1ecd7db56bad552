"""Intervals and tests are for analysts (decision 0000, section 14): no way leads from them to what is published."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping

from kuule.analysis.inference import findings
from kuule.analysis.inference.stats.distributions import Estimate, SignificanceTest
from kuule.tables.released import ReleasedTable
from kuule.tables.result import ResultTable
from tests.architecture.sources import imports_of, modules, name_of

CHANCE = "kuule.analysis.inference"


def users() -> set[str]:
    return {
        name_of(module)
        for module in modules()
        if any(name == CHANCE or name.startswith(f"{CHANCE}.") for name in imports_of(module))
    }


def test_only_the_use_case_of_analysts_knows_what_chance_would_do() -> None:
    outside = {name for name in users() if not name.startswith("analysis/inference/")}
    assert outside == {"usecases/analysing/analyse_dataset.py"}


def test_the_use_case_of_analysts_knows_nothing_that_publishes() -> None:
    [use_case] = [module for module in modules() if name_of(module) == "usecases/analysing/analyse_dataset.py"]
    inside = [module for module in modules() if name_of(module).startswith("analysis/inference/")]
    publishing = ("kuule.disclosure", "kuule.publishing", "kuule.tables.released")
    found = {
        (name_of(module), name)
        for module in (use_case, *inside)
        for name in imports_of(module)
        if name.startswith(publishing)
    }
    assert found == set()


def parts(kind: object, inside: frozenset[object] = frozenset()) -> set[object]:
    """Every plain type that a value of a type can hold, however deep; of one that holds its own kind, the rest."""
    if kind in inside:
        return set()
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return set().union(*(parts(each, inside | {kind}) for each in typing.get_type_hints(kind).values()))
    inner = typing.get_args(kind)
    if inner:
        return set().union(*(parts(each, inside) for each in inner if each is not ...))
    return {kind}


def test_tables_on_the_way_to_a_report_have_no_place_for_a_fraction() -> None:
    """What is released is whole numbers and names; an interval and a p are fractions."""
    for kind in (ResultTable, ReleasedTable):
        assert float not in parts(kind)
        assert {Estimate, SignificanceTest} & parts(kind) == set()


def test_a_place_for_a_fraction_would_be_noticed() -> None:
    assert float in parts(Mapping[str, tuple[Estimate, ...]])
    assert float in parts(findings.SignificanceRow)
