"""What a member can do with the values of a cell, and what stays refused."""

from __future__ import annotations

from datetime import date

import pytest

from kuule.register.comparison.cells import RegisterCellState
from kuule.workbench.register_desk.value_changes import Confirmation, Objection, Proposal, ReviewVerdict, SecondLook
from kuule.workbench.register_desk.value_saving import ValueOutcome
from kuule.workbench.roles import Role
from tests.register.made_registers import TODAY
from tests.workbench.register_desk.coders import (
    COORDINATOR,
    FIRST,
    SECOND,
    cell_of,
    make_register,
    proposal,
    register_member,
    saves,
    typed_value,
    value_of,
    values_of,
)


@pytest.fixture
def folder(tmp_path):
    return make_register(tmp_path / "register")


def test_a_proposal_stands_beside_what_was_there_and_is_confirmed_by_nobody(folder):
    saved = saves(folder, proposal(FIRST))
    assert (saved.outcome, saved.value_id) == (ValueOutcome.SAVED, "v2")
    value = value_of(folder, "v2")
    assert (value.coded_by, value.confirmed_by, value.read_on) == ("coder-1", None, TODAY)
    cell = cell_of(folder)
    assert (cell.state, cell.is_confirmed) == (RegisterCellState.CONTRADICTED, False)


def test_a_second_person_confirms_and_never_the_proposer(folder):
    saves(folder, proposal(FIRST))
    own = saves(folder, Confirmation(FIRST, "v2"))
    assert (own.outcome, own.why) == (
        ValueOutcome.REFUSED,
        "A value is confirmed by somebody else than the one who coded it.",
    )
    assert saves(folder, Confirmation(SECOND, "v2")).outcome is ValueOutcome.SAVED
    assert value_of(folder, "v2").confirmed_by == "coder-2"
    assert saves(folder, Confirmation(register_member("coder-3"), "v2")).outcome is ValueOutcome.REFUSED


def test_a_coder_with_another_role_now_does_not_confirm_or_decide_about_what_they_read(folder):
    saves(folder, proposal(FIRST))
    lead = register_member("lead", Role.LEAD)
    was_coder = type(lead)(lead.member, "lead", frozenset({"coder-1"}))
    assert saves(folder, Confirmation(was_coder, "v2")).outcome is ValueOutcome.REFUSED
    refused = saves(folder, ReviewVerdict(was_coder, ("v2",), ("v1",), "mine is better", TODAY))
    assert (refused.outcome, "Somebody else decides about v2" in refused.why) == (ValueOutcome.REFUSED, True)


def test_a_disagreement_is_shown_until_it_is_decided_and_keeps_the_value_from_being_confirmed(folder):
    saves(folder, proposal(FIRST))
    assert saves(folder, Objection(SECOND, "v2", "section 2 says more", TODAY)).outcome is ValueOutcome.SAVED
    assert (value_of(folder, "v2").is_disputed, cell_of(folder).state) == (True, RegisterCellState.CONTRADICTED)
    assert saves(folder, Confirmation(register_member("coder-3"), "v2")).outcome is ValueOutcome.REFUSED
    decided = saves(folder, ReviewVerdict(COORDINATOR, ("v2",), ("v1",), "the section was read again", TODAY))
    assert decided.outcome is ValueOutcome.SAVED
    value = value_of(folder, "v2")
    assert (value.is_disputed, value.disagreements[0].settled_on) == (False, TODAY)
    cell = cell_of(folder)
    assert (cell.state, [one.id for one in cell.standing], [one.id for one in cell.others]) == (
        RegisterCellState.DECIDED,
        ["v2"],
        ["v1"],
    )


def test_a_value_that_stands_alone_is_rejected_and_the_cell_is_open_again(folder):
    saved = saves(folder, ReviewVerdict(COORDINATOR, (), ("v1",), "it is about another law", TODAY))
    assert (saved.outcome, cell_of(folder).state) == (ValueOutcome.SAVED, RegisterCellState.OPEN)
    assert [one.id for one in values_of(folder).values] == ["v1"]


def test_nobody_disagrees_with_their_own_value_or_twice_at_a_time(folder):
    saves(folder, proposal(FIRST))
    assert saves(folder, Objection(FIRST, "v2", "hm", TODAY)).outcome is ValueOutcome.REFUSED
    saves(folder, Objection(SECOND, "v2", "one", TODAY))
    assert saves(folder, Objection(SECOND, "v2", "two", TODAY)).outcome is ValueOutcome.REFUSED


def test_who_disagrees_does_not_decide_about_it(folder):
    lead = register_member("lead", Role.LEAD)
    saves(folder, Objection(lead, "v1", "I read it otherwise", TODAY))
    assert saves(folder, ReviewVerdict(lead, (), ("v1",), "so there", TODAY)).outcome is ValueOutcome.REFUSED
    assert saves(folder, ReviewVerdict(COORDINATOR, ("v1",), (), "it is right", TODAY)).outcome is ValueOutcome.SAVED


def test_a_coder_decides_nothing(folder):
    refused = saves(folder, ReviewVerdict(FIRST, ("v1",), (), "mine", TODAY))
    assert (refused.outcome, refused.why) == (ValueOutcome.REFUSED, "Deciding is for coordinators and leads.")


def test_own_value_is_written_anew_until_somebody_has_an_opinion_of_it(folder):
    saves(folder, proposal(FIRST))
    again = Proposal(FIRST, typed_value(FIRST, says="Thirty years.", answer_years="30"), "v2")
    assert saves(folder, again).outcome is ValueOutcome.SAVED
    assert [(one.id, one.says) for one in values_of(folder).values][1:] == [("v2", "Thirty years.")]
    other = Proposal(SECOND, typed_value(SECOND), "v2")
    assert saves(folder, other).outcome is ValueOutcome.REFUSED
    saves(folder, Confirmation(SECOND, "v2"))
    late = Proposal(FIRST, typed_value(FIRST, says="Forty years."), "v2")
    assert saves(folder, late).outcome is ValueOutcome.REFUSED
    assert value_of(folder, "v2").says == "Thirty years."


def test_a_second_look_moves_the_next_one_and_nothing_else(folder):
    before = value_of(folder, "v1")
    assert saves(folder, SecondLook(FIRST, "v1", TODAY, date(2027, 11, 1))).outcome is ValueOutcome.SAVED
    after = value_of(folder, "v1")
    assert (after.checked_on, after.next_review) == (TODAY, date(2027, 11, 1))
    assert after.model_copy(update={"checked_on": None, "next_review": before.next_review}) == before


def test_words_of_a_dispute_stay_with_the_decision_that_ends_it(folder):
    from kuule.register.writing.part_files import write_part

    write_part(folder, values_of(folder).model_copy(update={"dispute": "two ministers said two things"}))
    verdict = ReviewVerdict(COORDINATOR, ("v1",), (), "the statute is plain", TODAY, ends_dispute=True)
    assert saves(folder, verdict).outcome is ValueOutcome.SAVED
    read = values_of(folder)
    assert (read.dispute, read.decisions[0].why) == (
        None,
        "the statute is plain\n\nWhat was disputed: two ministers said two things",
    )


def test_a_value_that_is_not_there_changes_nothing(folder):
    for change in (
        Confirmation(FIRST, "v9"),
        Objection(FIRST, "v9", "no", TODAY),
        ReviewVerdict(COORDINATOR, (), ("v9",), "no", TODAY),
    ):
        assert saves(folder, change).outcome is ValueOutcome.REFUSED


def test_a_member_of_another_country_may_nothing(folder):
    abroad = register_member("coder-9", Role.CODER, "SE")
    for change in (
        Confirmation(abroad, "v1"),
        Objection(abroad, "v1", "no", TODAY),
        SecondLook(abroad, "v1", TODAY, TODAY),
    ):
        assert saves(folder, change).outcome is ValueOutcome.REFUSED
