"""What is known of a country on a provision: open, read once, contradicted, decided; law or not; confirmed, due."""

from datetime import date
from typing import Any

import pytest

from kuule.register.agreement.divergence import DoubleCoding
from kuule.register.comparison.cells import RegisterCell, RegisterCellState, cells
from kuule.register.data_model.sources import Confidence
from tests.register.made_registers import (
    TODAY,
    made_file,
    made_limit,
    made_provision,
    made_register,
    made_source,
    made_value,
)

NO_LIMIT = made_limit("none")
TWENTY = made_limit("fixed-years", clock="majority", years=["20"])
PRESS = made_source("press", "https://example.org/news")


def cell(*values: Any, today: date = TODAY, provision: Any = None, **more: Any) -> RegisterCell:
    """The cell of a file with these values."""
    asked = provision or made_provision()
    register = made_register(made_file(*values, **more), provisions=(asked,))
    return cells(register, today)["FI", "limitation"]


def test_what_nobody_has_read_is_open():
    found = cells(made_register(), TODAY)["SE", "limitation"]
    assert (found.state, found.standing, found.confidence, found.is_law, found.is_due) == (
        RegisterCellState.OPEN,
        (),
        None,
        False,
        False,
    )


def test_every_provision_of_every_country_has_a_cell_and_countries_also_seen_only_what_was_read():
    register = made_register(
        made_file(made_value(), country="NO"),
        provisions=(made_provision(), made_provision("civil")),
        also_seen=["NO"],
    )
    assert list(cells(register, TODAY)) == [
        ("FI", "limitation"),
        ("FI", "civil"),
        ("SE", "limitation"),
        ("SE", "civil"),
        ("NO", "limitation"),
    ]


def test_one_reading_stands():
    found = cell(made_value("v1", NO_LIMIT))
    assert (found.state, [one.id for one in found.standing], found.confidence) == (
        RegisterCellState.SINGLE,
        ["v1"],
        Confidence.A,
    )


@pytest.mark.parametrize("status", ["proposed", "repealed"])
def test_a_bill_or_a_law_that_is_gone_leaves_the_cell_open_and_is_kept(status):
    found = cell(made_value("v1", NO_LIMIT, status=status))
    assert (found.state, found.standing, [one.id for one in found.others]) == (RegisterCellState.OPEN, (), ["v1"])


def test_what_is_unclear_stands_only_where_nothing_is_known_to_be_in_force():
    unclear = made_value("v1", TWENTY, status="unclear")
    assert [one.id for one in cell(unclear).standing] == ["v1"]
    assert [one.id for one in cell(unclear, made_value("v2", NO_LIMIT)).standing] == ["v2"]


def test_unclear_words_without_an_answer_leave_the_cell_open_and_are_kept():
    words = made_value("v1", None, status="unclear")
    found = cell(words)
    assert (found.state, found.standing, [one.id for one in found.others]) == (RegisterCellState.OPEN, (), ["v1"])
    assert cell(made_value("v1", None)).state is RegisterCellState.SINGLE
    assert [one.id for one in cell(words, made_value("v2", TWENTY, status="unclear")).standing] == ["v1", "v2"]


@pytest.mark.parametrize(
    ("day", "state"), [("2026-12-31", RegisterCellState.OPEN), ("2027-01-01", RegisterCellState.SINGLE)]
)
def test_a_rule_stands_from_the_day_on_which_it_is_in_force(day, state):
    found = cell(made_value("v1", NO_LIMIT, in_force_from="2027"), today=date.fromisoformat(day))
    assert found.state is state


def test_readings_that_contradict_each_other_stand_side_by_side():
    found = cell(made_value("v1", NO_LIMIT), made_value("v2", TWENTY, source=PRESS, confidence="D"))
    assert (found.state, [one.id for one in found.standing]) == (RegisterCellState.CONTRADICTED, ["v1", "v2"])
    assert [one.about for one in found.contradictions] == ["whether there is a time limit"]


def test_a_dispute_in_words_is_a_contradiction():
    assert cell(made_value("v1"), dispute="two ministers said two things").state is RegisterCellState.CONTRADICTED


@pytest.mark.parametrize(
    ("settled", "state"), [(None, RegisterCellState.CONTRADICTED), ("2026-11-26", RegisterCellState.SINGLE)]
)
def test_a_value_that_somebody_disagrees_with_is_contradicted_until_it_is_decided(settled, state):
    said = {"by": "coder-2", "on": "2026-11-25", "why": "section 3 says more", "settled_on": settled}
    assert cell(made_value(disagreements=[said])).state is state


def test_a_cell_whose_only_value_was_rejected_is_open_again_and_keeps_it():
    decision = {"on": "2026-11-26", "by": "lead", "rejects": ["v1"], "why": "another law"}
    found = cell(made_value(), decisions=[decision])
    assert (found.state, found.standing, [one.id for one in found.others]) == (RegisterCellState.OPEN, (), ["v1"])


def test_a_decision_keeps_the_rejected_value_among_the_others():
    decision = {"on": "2026-11-21", "by": "coordinator", "keeps": ["v1"], "rejects": ["v2"], "why": "the statute says"}
    found = cell(made_value("v1", NO_LIMIT), made_value("v2", TWENTY, source=PRESS), decisions=[decision])
    assert found.state is RegisterCellState.DECIDED
    assert ([one.id for one in found.standing], [one.id for one in found.others]) == (["v1"], ["v2"])


def test_a_later_decision_overrules_an_earlier_one():
    later = {"on": "2026-11-22", "by": "coordinator", "keeps": ["v2"], "rejects": ["v1"], "why": "it was repealed"}
    earlier = {"on": "2026-11-21", "by": "coordinator", "keeps": ["v1"], "rejects": ["v2"], "why": "the statute says"}
    found = cell(made_value("v1", NO_LIMIT), made_value("v2", TWENTY), decisions=[later, earlier])
    assert [one.id for one in found.standing] == ["v2"]


@pytest.mark.parametrize("kind", ["official", "parliament", "academic", "ngo", "press", "lead"])
def test_only_a_statute_is_law(kind):
    assert cell(made_value("v1", NO_LIMIT)).is_law
    assert not cell(made_value("v1", NO_LIMIT, source=made_source(kind), confidence="B")).is_law


def test_a_ranking_of_countries_is_never_law():
    assert not cell(made_value("v1", NO_LIMIT), provision=made_provision(ranking=True)).is_law


def test_a_cell_is_confirmed_once_each_standing_value_is():
    first = made_value("v1", confirmed_by="second coder")
    assert cell(first).is_confirmed
    assert not cell(first, made_value("v2")).is_confirmed
    assert not cells(made_register(), TODAY)["FI", "limitation"].is_confirmed


@pytest.mark.parametrize(("day", "due"), [("2027-11-19", False), ("2027-11-20", True)])
def test_a_cell_is_due_on_the_day_of_its_next_review(day, due):
    assert cell(made_value(), today=date.fromisoformat(day)).is_due is due


def test_a_provision_that_was_never_coded_twice_is_unsettled():
    found = cell(made_value())
    assert (found.is_unsettled, found.double_coding) == (True, DoubleCoding.NEVER)


def test_values_without_a_coded_answer_cannot_be_compared():
    assert cell(made_value("v1")).uncompared == ()
    assert [one.id for one in cell(made_value("v1", NO_LIMIT), made_value("v2")).uncompared] == ["v2"]
