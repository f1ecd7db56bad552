"""Every step from every state: where it leads, or the sentence that refuses it."""

from dataclasses import replace
from pathlib import Path

import pytest

from kuule.languages.states import Origin, State
from kuule.languages.steps import LEADS_TO, Step, StepRefused, Taken, can, check_can, is_role, stepped
from kuule.languages.texts import Draft, Source, are_independent, text_hash, translated, untranslated

AGE = Source("form:/data/age:label", "How old are you?")
NOW = text_hash(AGE.text)
DAY = "2026-11-24"
ONE = Draft("Hur gammal är du?", Origin.PERSON, "translator", DAY, NOW)
TWO = Draft("Vilken ålder har du?", Origin.PERSON, "second-translator", DAY, NOW)


def taken(step, by="reviewer", origin=Origin.PERSON):
    return Taken(step, by, DAY, origin)


def at(state, **changes):
    """An entry in a state, with what that state stands on."""
    if state is State.UNTRANSLATED:
        return untranslated(AGE)
    made = translated(untranslated(AGE), ONE.text, state=state, origin=Origin.PERSON, by="translator", on=DAY)
    return replace(made, drafts=(ONE, TWO) if state.reaches(State.DRAFT_TWO) else (), **changes)


def stale(entry):
    return replace(entry, source="How old are you now?", stale=True, previous=AGE.text)


def test_every_state_has_its_row_and_every_step_leads_somewhere():
    assert set(LEADS_TO) == set(State)
    assert {step for row in LEADS_TO.values() for step in row} == set(Step)
    assert {state for row in LEADS_TO.values() for state in row.values()} == set(State) - {State.UNTRANSLATED}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", [step for step in Step if step is not Step.CONFIRM])
def test_step_leads_where_the_table_says_or_is_refused(state, step):
    entry, by = at(state), "second-translator" if step is Step.SECOND_DRAFT else "reviewer"
    if step in LEADS_TO[state]:
        assert can(entry, taken(step, by))
        assert stepped(entry, taken(step, by), "Ny text").state is LEADS_TO[state][step]
    else:
        assert not can(entry, taken(step, by))
        with pytest.raises(StepRefused):
            stepped(entry, taken(step, by), "Ny text")


@pytest.mark.parametrize("state", [state for state in State if state.reaches(State.DRAFT_ONE)])
def test_changed_source_leaves_two_steps_a_new_draft_and_a_confirmation(state):
    entry = stale(at(state))
    assert {step for step in Step if can(entry, taken(step))} == {Step.DRAFT, Step.CONFIRM}
    assert stepped(entry, taken(Step.DRAFT), "Nu?").state is State.DRAFT_ONE
    confirmed = stepped(entry, taken(Step.CONFIRM))
    assert (confirmed.state, confirmed.stale, confirmed.text) == (LEADS_TO[state][Step.CONFIRM], False, ONE.text)
    if state.reaches(State.DRAFT_TWO):
        assert are_independent(confirmed.drafts, text_hash("How old are you now?"))


def test_table_in_the_reference_is_the_one_in_the_code():
    lines = (Path(__file__).parents[2] / "docs" / "reference" / "po.md").read_text("utf-8").splitlines()
    start = lines.index(next(line for line in lines if line.startswith("| from |")))
    rows = [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in lines[start : start + 2 + len(State)]]
    steps = [Step(name) for name in rows[0][1:]]
    written = {
        State(row[0]): {step: State(cell) for step, cell in zip(steps, row[1:], strict=True) if cell}
        for row in rows[2:]
    }
    assert written == {state: dict(row) for state, row in LEADS_TO.items()}


def test_two_people_translate_a_third_reviews_and_so_on():
    entry = stepped(untranslated(AGE), Taken(Step.DRAFT, "translator", "2026-11-20"), ONE.text)
    assert (entry.state, entry.by, entry.drafts) == (State.DRAFT_ONE, "translator", ())
    entry = stepped(entry, Taken(Step.SECOND_DRAFT, "second-translator", "2026-11-21"), TWO.text)
    assert (entry.state, entry.text) == (State.DRAFT_TWO, ONE.text)
    assert entry.drafts == (replace(ONE, on="2026-11-20"), replace(TWO, on="2026-11-21"))
    entry = stepped(entry, Taken(Step.REVIEW, "reviewer", "2026-11-22"), TWO.text)
    assert (entry.state, entry.text, entry.by, entry.on) == (State.REVIEWED, TWO.text, "reviewer", "2026-11-22")
    for step, state in ((Step.ADJUDICATE, State.ADJUDICATED), (Step.PRETEST, State.PRETESTED)):
        entry = stepped(entry, Taken(step, "lead", DAY))
        assert (entry.state, entry.text, len(entry.drafts)) == (state, TWO.text, 2)


def refusal(entry, step):
    with pytest.raises(StepRefused) as raised:
        check_can(entry, step)
    return str(raised.value)


def test_machine_makes_first_drafts_alone():
    for step in Step:
        assert can(at(State.DRAFT_ONE), taken(step, "machine", Origin.MACHINE)) == (step is Step.DRAFT)


def test_second_draft_is_another_person_s_and_stands_beside_a_person_s():
    machine = replace(at(State.DRAFT_ONE), origin=Origin.MACHINE)
    assert "a machine" in refusal(machine, taken(Step.SECOND_DRAFT))
    assert "'translator' made the first" in refusal(at(State.DRAFT_ONE), taken(Step.SECOND_DRAFT, "translator"))
    unsaid = replace(at(State.DRAFT_ONE), by="")
    assert "'translator' made the first" in refusal(unsaid, taken(Step.SECOND_DRAFT, "translator"))


def test_who_translated_does_not_review():
    for draft in (ONE, TWO):
        assert "another looks" in refusal(at(State.DRAFT_TWO), taken(Step.REVIEW, draft.by))


def test_person_s_new_draft_over_a_machine_s_is_a_person_s():
    machine = replace(at(State.DRAFT_ONE), origin=Origin.MACHINE)
    assert stepped(machine, taken(Step.DRAFT, "translator")).origin is Origin.PERSON
    assert stepped(machine, taken(Step.DRAFT, "machine", Origin.MACHINE), "Ny").origin is Origin.MACHINE


def test_translator_s_new_wording_replaces_that_translator_s_draft_alone():
    entry = stepped(at(State.PRETESTED), taken(Step.DRAFT, "second-translator"), "Hur många år är du?")
    assert entry.drafts == (ONE, replace(TWO, text="Hur många år är du?"))
    assert entry.state is State.DRAFT_TWO


def test_third_translation_takes_the_second_s_place():
    entry = stepped(at(State.REVIEWED), taken(Step.SECOND_DRAFT, "third-translator"), "Din ålder?")
    assert [draft.by for draft in entry.drafts] == ["translator", "third-translator"]


def test_roles_are_words_and_no_names():
    assert [word for word in ("reviewer", "second-translator", "Ann Lee", "a@b.se", "", "x" * 41) if is_role(word)] == [
        "reviewer",
        "second-translator",
    ]
