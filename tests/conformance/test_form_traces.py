from __future__ import annotations

from typing import Any

import pytest

from tests.conformance import traces
from tests.conformance.__main__ import read
from tests.conformance.report import Report
from tests.conformance.restoring import begins_restored
from tests.conformance.shared import shared_file
from tests.conformance.trace_differences import TRACE_DIFFERENCES

AGREEING = 327
"""Of 356."""


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    return read(shared_file("form_traces.json.gz"))


@pytest.fixture(scope="module")
def report(data: dict[str, Any]) -> Report:
    return traces.run(data)


def test_forms_behave_as_in_the_peers_suites(report: Report) -> None:
    assert (len(report.outcomes), report.agreeing) == (356, AGREEING)


def test_each_difference_is_listed_and_nothing_else(report: Report) -> None:
    assert {outcome.case for outcome in report.differing} == set(TRACE_DIFFERENCES)


def test_a_visit_between_any_two_steps_changes_nothing(data: dict[str, Any], report: Report) -> None:
    carried = traces.run(data, carried=True)
    assert [one.case for one in carried.differing] == [one.case for one in report.differing]


def test_saved_instances_are_read_where_the_peer_reads_them(data: dict[str, Any], report: Report) -> None:
    blank = [dict(trace, test="") for trace in data["traces"] if begins_restored(trace["test"])]
    without = traces.run({"traces": blank, "forms": data["forms"]})
    within = [one for one in report.outcomes if one.case in {trace["id"] for trace in blank}]
    assert (len(blank), without.agreeing, sum(one.agrees for one in within)) == (42, 24, 42)


def test_a_trace_that_breaks_is_a_difference_and_stops_no_other(data: dict[str, Any]) -> None:
    good = next(trace for trace in data["traces"] if trace["id"] not in TRACE_DIFFERENCES)
    broken = dict(good, id="broken", steps=[{"op": "answer", "args": None}, {"no": "op"}])
    report = traces.run({"traces": [broken, dict(good, form="nowhere"), good], "forms": data["forms"]})
    assert [one.agrees for one in report.outcomes] == [False, False, True]
