from __future__ import annotations

import pytest

from tests.conformance import traces
from tests.conformance.__main__ import read
from tests.conformance.report import Report
from tests.conformance.shared import shared_file
from tests.conformance.trace_differences import TRACE_DIFFERENCES

AGREEING = 303
"""Of 356."""


@pytest.fixture(scope="module")
def report() -> Report:
    return traces.run(read(shared_file("form_traces.json.gz")))


def test_forms_behave_as_in_the_peers_suites(report: Report) -> None:
    assert (len(report.outcomes), report.agreeing) == (356, AGREEING)


def test_each_difference_is_listed_and_nothing_else(report: Report) -> None:
    assert {outcome.case for outcome in report.differing} == set(TRACE_DIFFERENCES)
