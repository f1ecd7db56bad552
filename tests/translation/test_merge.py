"""What a file does to a language, text by text: by each step, and where both sides changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kuule.languages.workflow.entries import (
    Catalogue,
    DraftTranslation,
    SourceText,
    text_hash,
    untranslated_entry,
    with_translation,
)
from kuule.languages.workflow.states import State, TextOrigin
from kuule.languages.workflow.workflow_steps import WorkflowStep
from kuule.study.folder.report_text import is_report_key
from kuule.translation.formats.returned_texts import BLANK_HASH, ReturnedFile, ReturnedText
from kuule.translation.merge import MergeOutcome, TextChange, merge_file
from kuule.translation.text_sets.study_text_set import read_study_texts
from tests.translation.partner import study_in, taken

AGE = SourceText("form:/data/age:label", "How old are you?")
NOW = text_hash(AGE.text)
OURS = "Hur gammal är du?"


def at(state, origin=TextOrigin.PERSON, by="translator"):
    if state is State.UNTRANSLATED:
        return untranslated_entry(AGE)
    made = with_translation(untranslated_entry(AGE), OURS, state=state, origin=origin, by=by, on="2026-11-20")
    drafts = tuple(
        DraftTranslation(OURS, TextOrigin.PERSON, role, "", NOW) for role in ("translator", "second-translator")
    )
    return replace(made, drafts=drafts if state.reaches(State.DRAFT_TWO) else ())


def brought(ours, given, step=WorkflowStep.DRAFT, by="translator", origin=TextOrigin.PERSON, theirs=False):
    """(entry after, outcome or None, texts kept apart)"""
    catalogue = Catalogue("sv", {AGE.key: ours} if ours else {})
    result = merge_file(catalogue, ReturnedFile("sv.po", "sv", (given,)), taken(step, by, origin), theirs=theirs)
    outcome = result.changes[0].outcome if result.changes else None
    return result.catalogue.entries.get(AGE.key), outcome, [(one.key, one.text) for one in result.set_aside]


def written(text, base=OURS, **more):
    """A text that somebody wrote over what went out as `base`; None is a file that does not tell."""
    known = "" if base is None else text_hash(base)
    return ReturnedText(AGE.key, text, known, seen_source_hash=more.pop("source_hash", NOW), source=AGE.text, **more)


def apart(text):
    return [(f"{AGE.key}#{text_hash(text)}", text)]


def test_new_text_is_added_by_its_translator():
    entry, outcome, kept = brought(at(State.UNTRANSLATED), written(OURS, base=""))
    assert (entry.text, entry.state, entry.by, entry.on) == (OURS, State.DRAFT_ONE, "translator", "2026-11-24")
    assert (outcome, kept) == (MergeOutcome.ADDED, [])


def test_text_that_nobody_touched_and_that_is_not_here_comes_back_as_whose_it_was():
    given = written(OURS, origin=TextOrigin.MACHINE)
    entry, outcome, _ = brought(at(State.UNTRANSLATED), given)
    assert (entry.text, entry.origin, entry.by, outcome) == (OURS, TextOrigin.MACHINE, "", MergeOutcome.ADDED)
    given = written(OURS, origin=TextOrigin.PERSON, by="lead", on="2026-11-01", translated_source_hash="0" * 8)
    entry, outcome, _ = brought(at(State.UNTRANSLATED), given)
    assert (entry.by, entry.on, entry.stale, entry.previous, outcome) == (
        "lead",
        "2026-11-01",
        True,
        "",
        MergeOutcome.STALE,
    )


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", WorkflowStep)
def test_empty_text_takes_nothing_away(state, step):
    for base in (None, "", OURS):
        assert brought(at(state), written("", base=base), step) == (at(state), None, [])


@pytest.mark.parametrize("state", [state for state in State if state.reaches(State.DRAFT_ONE)])
def test_text_that_nobody_touched_changes_nothing_even_where_ours_went_on(state):
    for text in (OURS, "an older wording"):
        assert brought(at(state), written(text, base=text)) == (at(state), None, [])


def test_changed_text_goes_back_to_a_draft_and_the_old_one_is_kept():
    ours = replace(at(State.REVIEWED), text="Granskad text")
    entry, outcome, kept = brought(ours, written("Ny text", base="Granskad text"))
    assert (entry.text, entry.state, outcome) == ("Ny text", State.DRAFT_TWO, MergeOutcome.BACK_TO_DRAFT)
    assert kept == apart("Granskad text")


def test_text_changed_on_both_sides_stays_as_it_is_here_unless_theirs_is_asked_for():
    ours = at(State.DRAFT_ONE)
    assert brought(ours, written("Deras", base="before")) == (ours, MergeOutcome.CONFLICT, apart("Deras"))
    entry, outcome, kept = brought(ours, written("Deras", base="before"), theirs=True)
    assert (entry.text, outcome, kept) == ("Deras", MergeOutcome.CHANGED, apart(OURS))


def test_file_that_does_not_tell_what_it_went_out_as_is_taken_where_it_differs():
    assert brought(at(State.DRAFT_ONE), written(OURS, base=None)) == (at(State.DRAFT_ONE), None, [])
    entry, outcome, kept = brought(at(State.DRAFT_ONE), written("Ny", base=None))
    assert (entry.text, outcome, kept) == ("Ny", MergeOutcome.CHANGED, apart(OURS))


def test_unknown_key_is_kept_apart_once():
    unknown = replace(written("Okänd", base=None), key="form:/data/other:label")
    entry, outcome, kept = brought(at(State.DRAFT_ONE), unknown)
    assert (entry, outcome) == (at(State.DRAFT_ONE), MergeOutcome.UNKNOWN)
    assert kept == [(f"form:/data/other:label#{text_hash('Okänd')}", "Okänd")]
    gone = replace(at(State.DRAFT_ONE), key=unknown.key, text="Okänd")
    catalogue = Catalogue("sv", {}, obsolete=(gone,))
    assert merge_file(catalogue, ReturnedFile("x", "sv", (unknown,)), taken(), theirs=False).set_aside == ()


def test_text_for_an_older_source_is_stale_and_no_step_but_a_draft_takes_it():
    given = replace(written("Gammal", base=""), seen_source_hash=text_hash("Your age?"), source="Your age?")
    entry, outcome, _ = brought(at(State.UNTRANSLATED), given)
    assert (entry.text, entry.stale, entry.previous, outcome) == ("Gammal", True, "Your age?", MergeOutcome.STALE)
    ours = at(State.DRAFT_TWO)
    for step in (WorkflowStep.REVIEW, WorkflowStep.ADJUDICATE, WorkflowStep.PRETEST, WorkflowStep.CONFIRM):
        assert brought(ours, replace(given, sent_hash=text_hash(OURS)), step, "reviewer")[:2] == (
            ours,
            MergeOutcome.REFUSED,
        )


def test_second_translation_was_made_without_the_first_or_is_refused():
    ours = at(State.DRAFT_ONE)
    entry, outcome, kept = brought(
        ours, written("Vilken ålder?", base=""), WorkflowStep.SECOND_DRAFT, "second-translator"
    )
    assert (entry.text, entry.state, outcome, kept) == (OURS, State.DRAFT_TWO, MergeOutcome.ADVANCED, [])
    assert [(draft.by, draft.text) for draft in entry.drafts] == [
        ("translator", OURS),
        ("second-translator", "Vilken ålder?"),
    ]
    seen = brought(ours, written("Vilken ålder?"), WorkflowStep.SECOND_DRAFT, "second-translator")
    assert seen == (ours, MergeOutcome.REFUSED, apart("Vilken ålder?"))


def test_the_very_same_second_translation_counts_as_one():
    entry, outcome, _ = brought(
        at(State.DRAFT_ONE), written(OURS, base=""), WorkflowStep.SECOND_DRAFT, "second-translator"
    )
    assert (entry.state, outcome, len(entry.drafts)) == (State.DRAFT_TWO, MergeOutcome.ADVANCED, 2)


def test_machine_s_text_is_no_first_translation_until_a_person_has_made_it():
    machine = at(State.DRAFT_ONE, TextOrigin.MACHINE, by="")
    second = written("Vilken ålder?", base="")
    assert brought(machine, second, WorkflowStep.SECOND_DRAFT, "second-translator")[:2] == (
        machine,
        MergeOutcome.REFUSED,
    )
    entry, outcome, _ = brought(machine, written(OURS, base=""))
    assert (entry.origin, entry.by, outcome) == (TextOrigin.PERSON, "translator", MergeOutcome.ADVANCED)
    entry, outcome, kept = brought(machine, written("En människas", base=""))
    assert (entry.text, entry.origin, outcome, kept) == (
        "En människas",
        TextOrigin.PERSON,
        MergeOutcome.CHANGED,
        apart(OURS),
    )


def test_machine_never_replaces_a_person_s_text():
    ours = at(State.DRAFT_ONE)
    given = written("Maskinens", base=None)
    assert brought(ours, given, origin=TextOrigin.MACHINE) == (ours, MergeOutcome.REFUSED, apart("Maskinens"))
    entry, outcome, _ = brought(at(State.UNTRANSLATED), written(OURS, base=""), origin=TextOrigin.MACHINE)
    assert (entry.origin, outcome) == (TextOrigin.MACHINE, MergeOutcome.ADDED)


@pytest.mark.parametrize(
    ("step", "before", "after"),
    [
        (WorkflowStep.REVIEW, State.DRAFT_TWO, State.REVIEWED),
        (WorkflowStep.ADJUDICATE, State.REVIEWED, State.ADJUDICATED),
        (WorkflowStep.PRETEST, State.ADJUDICATED, State.PRETESTED),
    ],
)
def test_step_takes_what_was_left_as_what_was_changed(step, before, after):
    left, outcome, _ = brought(at(before), written(OURS), step, "reviewer")
    assert (left.text, left.state, left.by, outcome) == (OURS, after, "reviewer", MergeOutcome.ADVANCED)
    changed, outcome, _ = brought(at(before), written("Bättre"), step, "reviewer")
    assert (changed.text, changed.state, outcome) == ("Bättre", after, MergeOutcome.CHANGED)
    assert brought(left, written(OURS), step, "reviewer") == (left, None, [])


def test_step_that_comes_too_early_keeps_its_text_apart():
    for step in (WorkflowStep.REVIEW, WorkflowStep.ADJUDICATE, WorkflowStep.PRETEST):
        ours = at(State.DRAFT_ONE)
        assert brought(ours, written("Bättre"), step, "reviewer") == (ours, MergeOutcome.REFUSED, apart("Bättre"))


def test_review_of_a_text_that_went_on_meanwhile_is_not_taken():
    ours = replace(at(State.DRAFT_TWO), text="Ny lydelse")
    assert brought(ours, written(OURS), WorkflowStep.REVIEW, "reviewer") == (ours, MergeOutcome.CONFLICT, [])


def test_text_marked_as_needing_work_is_not_reviewed_and_what_was_reviewed_is_a_draft_again():
    ours = at(State.DRAFT_TWO)
    assert brought(ours, written(OURS, is_fuzzy=True), WorkflowStep.REVIEW, "reviewer") == (
        ours,
        MergeOutcome.REFUSED,
        [],
    )
    entry, outcome, _ = brought(at(State.PRETESTED), written(OURS, is_fuzzy=True))
    assert (entry.state, entry.flags, outcome) == (State.DRAFT_TWO, ("fuzzy",), MergeOutcome.BACK_TO_DRAFT)


def test_confirmed_text_holds_for_its_changed_source():
    stale = replace(at(State.PRETESTED), source="How old are you now?", stale=True, previous=AGE.text)
    given = written(OURS, source_hash=text_hash("How old are you now?"))
    entry, outcome, _ = brought(stale, given, WorkflowStep.CONFIRM, "reviewer")
    assert (entry.state, entry.stale, outcome) == (State.REVIEWED, False, MergeOutcome.ADVANCED)
    assert brought(at(State.REVIEWED), written(OURS), WorkflowStep.CONFIRM, "reviewer")[1] is None


@pytest.mark.parametrize("state", [state for state in State if state.reaches(State.DRAFT_ONE)])
def test_translator_s_file_that_comes_once_more_undoes_nothing(state):
    assert brought(at(state), written(OURS, base="")) == (at(state), None, [])
    if state.reaches(State.DRAFT_TWO):
        again = written(OURS, base="")
        assert brought(at(state), again, WorkflowStep.SECOND_DRAFT, "second-translator") == (at(state), None, [])


def test_translator_s_second_thought_in_the_same_blank_file_is_taken_until_others_worked_on_it():
    second_thought = written("Hur många år?", base="")
    entry, outcome, kept = brought(at(State.DRAFT_ONE), second_thought)
    assert (entry.text, outcome, kept) == ("Hur många år?", MergeOutcome.CHANGED, apart(OURS))
    for ours in (at(State.DRAFT_ONE, by="lead"), at(State.REVIEWED)):
        assert brought(ours, second_thought) == (ours, MergeOutcome.CONFLICT, apart("Hur många år?"))


def test_notes_of_a_file_are_added_and_ours_stay():
    ours = replace(at(State.DRAFT_ONE), note="pretest: clear")
    entry, _, _ = brought(ours, written("", notes=("pretest: clear", "review: shorter?")))
    assert entry.note == "pretest: clear\nreview: shorter?"


def test_nothing_is_lost_whatever_comes():
    """Every text that was here or came in is in the catalogue or apart afterwards."""
    texts = ("", OURS, "Deras", "Ny")
    for state in State:
        for step in WorkflowStep:
            for text in texts:
                for base in (None, "", OURS, "before"):
                    for by in ("translator", "second-translator", "reviewer"):
                        given = written(text, base=base)
                        entry, outcome, kept = brought(at(state), given, step, by)
                        there = {entry.text, *(draft.text for draft in entry.drafts), *(one for _, one in kept)}
                        assert {at(state).text} <= there | {""}
                        if given.was_edited is not False:
                            assert {text} <= there | {""}, (state, step, text, base, by, outcome)


def test_change_names_why():
    catalogue = Catalogue("sv", {AGE.key: at(State.DRAFT_ONE)})
    result = merge_file(
        catalogue, ReturnedFile("x", "sv", (written(OURS),)), taken(WorkflowStep.REVIEW, "reviewer"), theirs=False
    )
    why = "it does not have two translations that two people made apart from each other"
    assert result.changes == (TextChange(AGE.key, MergeOutcome.REFUSED, why),)
    assert text_hash("") == BLANK_HASH


def test_text_of_the_report_that_was_changed_since_the_file_went_out_comes_to_its_place(tmp_path):
    """Its key is made of what it says: the file has the key of before."""
    study = study_in(tmp_path)
    before = read_study_texts(study).catalogues["sv"]
    [old] = [key for key in before.entries if is_report_key(key)]
    report = study / "report.md"
    report.write_text(report.read_text("utf-8").replace("agreed", "said that they agree"), "utf-8")
    now = read_study_texts(study).catalogues["sv"]
    [new] = [key for key in now.entries if is_report_key(key)]
    sent = [
        ReturnedText(
            key,
            entry.text,
            sent_hash=text_hash(entry.text),
            source=entry.source,
            seen_source_hash=text_hash(entry.source),
        )
        for key, entry in before.entries.items()
    ]
    typed = [replace(one, text=f"{one.text} Ja.") if one.key == old else one for one in sent]
    result = merge_file(now, ReturnedFile("sv.po", "sv", tuple(typed)), taken(), theirs=False)
    entry = result.catalogue.entries[new]
    assert (new == old, entry.text, entry.stale) == (False, f"{before.entries[old].text} Ja.", True)
    assert [(one.key, one.outcome) for one in result.changes] == [(new, MergeOutcome.STALE)]
