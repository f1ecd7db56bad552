"""Every step from every state: where it leads, or the sentence that refuses it."""

from dataclasses import replace
from pathlib import Path

import pytest

from kuule.languages.workflow.entries import (
    DraftTranslation,
    SourceText,
    are_independent,
    text_hash,
    untranslated_entry,
    with_translation,
)
from kuule.languages.workflow.states import State, TextOrigin
from kuule.languages.workflow.workflow_steps import (
    TRANSITIONS,
    StepRefused,
    TakenStep,
    WorkflowStep,
    can_take_step,
    check_can_take_step,
    is_role_name,
    take_step,
)

AGE = SourceText("form:/data/age:label", "How old are you?")
NOW = text_hash(AGE.text)
DAY = "2026-11-24"
ONE = DraftTranslation("Hur gammal är du?", TextOrigin.PERSON, "translator", DAY, NOW)
TWO = DraftTranslation("Vilken ålder har du?", TextOrigin.PERSON, "second-translator", DAY, NOW)


def taken(step, by="reviewer", origin=TextOrigin.PERSON):
    return TakenStep(step, by, DAY, origin)


def at(state, **changes):
    """An entry in a state, with what that state stands on."""
    if state is State.UNTRANSLATED:
        return untranslated_entry(AGE)
    made = with_translation(
        untranslated_entry(AGE), ONE.text, state=state, origin=TextOrigin.PERSON, by="translator", on=DAY
    )
    return replace(made, drafts=(ONE, TWO) if state.reaches(State.DRAFT_TWO) else (), **changes)


def stale(entry):
    return replace(entry, source="How old are you now?", stale=True, previous=AGE.text)


def test_every_state_has_its_row_and_every_step_leads_somewhere():
    assert set(TRANSITIONS) == set(State)
    assert {step for row in TRANSITIONS.values() for step in row} == set(WorkflowStep)
    assert {state for row in TRANSITIONS.values() for state in row.values()} == set(State) - {State.UNTRANSLATED}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", [step for step in WorkflowStep if step is not WorkflowStep.CONFIRM])
def test_step_leads_where_the_table_says_or_is_refused(state, step):
    entry, by = at(state), "second-translator" if step is WorkflowStep.SECOND_DRAFT else "reviewer"
    if step in TRANSITIONS[state]:
        assert can_take_step(entry, taken(step, by))
        assert take_step(entry, taken(step, by), "Ny text").state is TRANSITIONS[state][step]
    else:
        assert not can_take_step(entry, taken(step, by))
        with pytest.raises(StepRefused):
            take_step(entry, taken(step, by), "Ny text")


@pytest.mark.parametrize("state", [state for state in State if state.reaches(State.DRAFT_ONE)])
def test_changed_source_leaves_two_steps_a_new_draft_and_a_confirmation(state):
    entry = stale(at(state))
    assert {step for step in WorkflowStep if can_take_step(entry, taken(step))} == {
        WorkflowStep.DRAFT,
        WorkflowStep.CONFIRM,
    }
    assert take_step(entry, taken(WorkflowStep.DRAFT), "Nu?").state is State.DRAFT_ONE
    confirmed = take_step(entry, taken(WorkflowStep.CONFIRM))
    assert (confirmed.state, confirmed.stale, confirmed.text) == (
        TRANSITIONS[state][WorkflowStep.CONFIRM],
        False,
        ONE.text,
    )
    if state.reaches(State.DRAFT_TWO):
        assert are_independent(confirmed.drafts, text_hash("How old are you now?"))


def test_table_in_the_reference_is_the_one_in_the_code():
    lines = (Path(__file__).parents[3] / "docs" / "reference" / "po.md").read_text("utf-8").splitlines()
    start = lines.index(next(line for line in lines if line.startswith("| from |")))
    rows = [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in lines[start : start + 2 + len(State)]]
    steps = [WorkflowStep(name) for name in rows[0][1:]]
    written = {
        State(row[0]): {step: State(cell) for step, cell in zip(steps, row[1:], strict=True) if cell}
        for row in rows[2:]
    }
    assert written == {state: dict(row) for state, row in TRANSITIONS.items()}


def test_two_people_translate_a_third_reviews_and_so_on():
    entry = take_step(untranslated_entry(AGE), TakenStep(WorkflowStep.DRAFT, "translator", "2026-11-20"), ONE.text)
    assert (entry.state, entry.by, entry.drafts) == (State.DRAFT_ONE, "translator", ())
    entry = take_step(entry, TakenStep(WorkflowStep.SECOND_DRAFT, "second-translator", "2026-11-21"), TWO.text)
    assert (entry.state, entry.text) == (State.DRAFT_TWO, ONE.text)
    assert entry.drafts == (replace(ONE, on="2026-11-20"), replace(TWO, on="2026-11-21"))
    entry = take_step(entry, TakenStep(WorkflowStep.REVIEW, "reviewer", "2026-11-22"), TWO.text)
    assert (entry.state, entry.text, entry.by, entry.on) == (State.REVIEWED, TWO.text, "reviewer", "2026-11-22")
    for step, state in ((WorkflowStep.ADJUDICATE, State.ADJUDICATED), (WorkflowStep.PRETEST, State.PRETESTED)):
        entry = take_step(entry, TakenStep(step, "lead", DAY))
        assert (entry.state, entry.text, len(entry.drafts)) == (state, TWO.text, 2)


def refusal(entry, step):
    with pytest.raises(StepRefused) as raised:
        check_can_take_step(entry, step)
    return str(raised.value)


def test_machine_makes_first_drafts_alone():
    for step in WorkflowStep:
        assert can_take_step(at(State.DRAFT_ONE), taken(step, "machine", TextOrigin.MACHINE)) == (
            step is WorkflowStep.DRAFT
        )


def test_second_draft_is_another_person_s_and_stands_beside_a_person_s():
    machine = replace(at(State.DRAFT_ONE), origin=TextOrigin.MACHINE)
    assert "a machine" in refusal(machine, taken(WorkflowStep.SECOND_DRAFT))
    assert "'translator' made the first" in refusal(at(State.DRAFT_ONE), taken(WorkflowStep.SECOND_DRAFT, "translator"))
    unsaid = replace(at(State.DRAFT_ONE), by="")
    assert "'translator' made the first" in refusal(unsaid, taken(WorkflowStep.SECOND_DRAFT, "translator"))


def test_who_translated_does_not_review():
    for draft in (ONE, TWO):
        assert "another looks" in refusal(at(State.DRAFT_TWO), taken(WorkflowStep.REVIEW, draft.by))


def test_person_s_new_draft_over_a_machine_s_is_a_person_s():
    machine = replace(at(State.DRAFT_ONE), origin=TextOrigin.MACHINE)
    assert take_step(machine, taken(WorkflowStep.DRAFT, "translator")).origin is TextOrigin.PERSON
    assert (
        take_step(machine, taken(WorkflowStep.DRAFT, "machine", TextOrigin.MACHINE), "Ny").origin is TextOrigin.MACHINE
    )


def test_translator_s_new_wording_replaces_that_translator_s_draft_alone():
    entry = take_step(at(State.PRETESTED), taken(WorkflowStep.DRAFT, "second-translator"), "Hur många år är du?")
    assert entry.drafts == (ONE, replace(TWO, text="Hur många år är du?"))
    assert entry.state is State.DRAFT_TWO


def test_third_translation_takes_the_second_s_place():
    entry = take_step(at(State.REVIEWED), taken(WorkflowStep.SECOND_DRAFT, "third-translator"), "Din ålder?")
    assert [draft.by for draft in entry.drafts] == ["translator", "third-translator"]


def test_roles_are_words_and_no_names():
    assert [
        word for word in ("reviewer", "second-translator", "Ann Lee", "a@b.se", "", "x" * 41) if is_role_name(word)
    ] == [
        "reviewer",
        "second-translator",
    ]
