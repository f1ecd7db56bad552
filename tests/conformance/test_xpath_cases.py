from __future__ import annotations

from typing import Any

import pytest

from tests.conformance import xpath_cases
from tests.conformance.__main__ import read, report_of
from tests.conformance.differences import DIFFERENCES
from tests.conformance.report import Outcome, Report
from tests.conformance.shared import shared_file

AGREEING = 1714
"""Of 1,739."""


@pytest.fixture(scope="module")
def report() -> Report:
    return report_of(read(shared_file("xpath_cases.json.gz")))


def test_expressions_agree_with_the_peers(report: Report) -> None:
    assert (len(report.outcomes), report.agreeing) == (1739, AGREEING)


def test_each_difference_is_listed_and_nothing_else(report: Report) -> None:
    ours = {case for case in DIFFERENCES if case in {outcome.case for outcome in report.outcomes}}
    assert {outcome.case for outcome in report.differing} == ours


def _case(**given: Any) -> dict[str, Any]:
    return {"id": "x-1", "group": "ours", "doc": "d", "context": "/", **given}


def _run(*cases: dict[str, Any]) -> list[bool]:
    data = {"documents": {"d": "<data><a>1</a><a>2</a></data>"}, "cases": list(cases)}
    return [outcome.agrees for outcome in xpath_cases.run(data).outcomes]


def test_runner_tells_agreeing_from_differing() -> None:
    nodes = [{"path": "/*[1]/*[1]", "value": "1"}, {"path": "/*[1]/*[2]", "value": "2"}]
    assert _run(
        _case(kind="number", expr="sum(//a)", expected=3),
        _case(kind="number", expr="sum(//a)", expected=4),
        _case(kind="number", expr="number('x')", expected="NaN"),
        _case(kind="number", expr="1", expected="NaN"),
        _case(kind="string", expr="//a[2]", expected="2"),
        _case(kind="boolean", expr="//a = 2", expected=False),
        _case(kind="nodeset", expr="//a", expected=nodes),
        _case(kind="nodeset", expr="//a", expected=nodes[::-1]),
        _case(kind="nodeset_unordered", expr="//a", expected=nodes[::-1]),
        _case(kind="nodeset", expr="//a", expected=nodes[:1]),
        _case(kind="error", expr="nope()", expected=None),
        _case(kind="error", expr="true()", expected=None),
        _case(kind="syntax", expr="1 +", expected=False),
        _case(kind="syntax", expr="1 +", expected=True),
        _case(kind="string", expr="nope()", expected=""),
    ) == [True, False, True, False, True, False, True, False, True, False, True, False, True, False, False]


def test_report_counts_by_group_and_names_each_difference() -> None:
    made = Report((Outcome("a-1", "one"), Outcome("a-2", "one", "expected 1, found 2"), Outcome("a-3", "two")))
    assert made.lines(reasons={"a-2": "decision 4"}) == [
        "group    run  agree  differ",
        "one        2      1       1",
        "two        1      1       0",
        "all        3      2       1",
        "differs: a-2 (one): expected 1, found 2 [decision 4]",
    ]
