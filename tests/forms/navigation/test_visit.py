from __future__ import annotations

import json

import pytest

from kuule.forms.navigation.visit import Visit, VisitError

VISIT = Visit(
    page="/data/a",
    seed=2**63,
    answers={"/data/a": "x"},
    typed={"/data/b": "y"},
    seen=frozenset({"/data/a", "/data/b"}),
    counts={"/data/r": 2},
    fixed={"now": "2026-11-24"},
)


def test_visit_survives_json() -> None:
    assert Visit.from_data(json.loads(json.dumps(VISIT.to_data()))) == VISIT


def test_new_visit_is_small() -> None:
    assert Visit("", 1).to_data() == {"p": "", "s": 1}


@pytest.mark.parametrize(
    "change",
    [
        {"x": 1},
        {"p": 1},
        {"s": "1"},
        {"s": True},
        {"a": []},
        {"a": {"b": 1}},
        {"c": {"r": -1}},
        {"c": {"r": "2"}},
        {"n": [1]},
        {"n": "ab"},
    ],
)
def test_data_that_are_no_visit_are_refused(change: dict[str, object]) -> None:
    with pytest.raises(VisitError, match="FORM_061"):
        Visit.from_data(VISIT.to_data() | change)


@pytest.mark.parametrize("data", [None, [], "x", {"p": ""}])
def test_something_else_is_no_visit(data: object) -> None:
    with pytest.raises(VisitError, match="FORM_061"):
        Visit.from_data(data)
