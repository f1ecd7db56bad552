"""Seats: words in the order in which people come, and what is held back from whom until a text is reviewed."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from kuule.core.problems import WorkbenchError
from kuule.languages.workflow.entries import DraftTranslation, Entry, text_hash, with_translation
from kuule.languages.workflow.states import State, TextOrigin
from kuule.languages.workflow.workflow_steps import WorkflowStep, is_role_name
from kuule.workbench.roles import Member, Role
from kuule.workbench.translation_desk.language_member import EXPECTED_STEPS, STEP_PERMISSIONS, language_member_of
from tests.loaded.loaded_process import LoadedProcess
from tests.patience import PATIENCE
from tests.workbench.translation_desk.partners import COORDINATOR, DAY, FIRST, LEAD, REVIEWER, SECOND, language_member

SOURCE = "How old are you?"
THIRD = language_member(word="third-translator", number=3)
EMPTY = Entry("key", SOURCE, "", State.UNTRANSLATED, TextOrigin.PERSON, source_hash=text_hash(SOURCE))
MACHINE = with_translation(EMPTY, "maskin", state=State.DRAFT_ONE, origin=TextOrigin.MACHINE)
ONE = with_translation(EMPTY, "ett", state=State.DRAFT_ONE, origin=TextOrigin.PERSON, by="translator", on=DAY)
DRAFTS = tuple(
    DraftTranslation(text, TextOrigin.PERSON, by, DAY, source_hash=text_hash(SOURCE))
    for text, by in (("ett", "translator"), ("två", "second-translator"))
)
TWO = replace(ONE, state=State.DRAFT_TWO, by="second-translator", drafts=DRAFTS)
REVIEWED = replace(TWO, state=State.REVIEWED, text="tre", by="reviewer")
ADJUDICATED = replace(REVIEWED, state=State.ADJUDICATED, by="lead")
STALE = replace(REVIEWED, source="How old are you now?", stale=True, previous=SOURCE)


def member(number: int, role: Role = Role.TRANSLATOR) -> Member:
    return Member(number, "somebody", "A partner", role, frozenset({"sv", "ar"}))


def test_translators_have_words_in_the_order_in_which_they_come_and_keep_them(tmp_path):
    words = [language_member_of(member(number), "sv", tmp_path).role_name for number in (7, 3, 7, 9, 1, 2, 4, 5)]
    assert words == [
        "translator", "second-translator", "translator", "third-translator", "fourth-translator", "fifth-translator",
        "sixth-translator", "translator-7",
    ]  # fmt: skip
    assert all(map(is_role_name, words))
    assert language_member_of(member(3), "ar", tmp_path).role_name == "translator"
    assert language_member_of(member(3), "sv", tmp_path).role_name == "second-translator"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.TRANSLATOR])
def test_others_have_the_word_of_their_role_and_nothing_is_kept_of_them(tmp_path, role):
    assert language_member_of(member(1, role), "sv", tmp_path).role_name == role
    assert list(tmp_path.iterdir()) == []


def test_translators_who_come_at_once_have_different_words(tmp_path):
    program = """
import sys
from pathlib import Path
from kuule.workbench.translation_desk.language_member import language_member_of
from tests.workbench.translation_desk.test_language_member import member
print(language_member_of(member(int(sys.argv[1])), "sv", Path(sys.argv[2])).role_name)
"""
    running = [
        LoadedProcess([sys.executable, "-c", program, str(number), str(tmp_path)], stdout=subprocess.PIPE, text=True)
        for number in range(4)
    ]
    words = sorted(process.communicate(timeout=PATIENCE)[0].strip() for process in running)
    assert words == ["fourth-translator", "second-translator", "third-translator", "translator"]


def test_every_step_and_every_role_stands_in_the_tables():
    assert set(STEP_PERMISSIONS) == set(WorkflowStep)
    assert set(EXPECTED_STEPS) == set(Role)


@pytest.mark.parametrize(
    ("entry", "first", "second", "third"),
    [
        (EMPTY, "", "", ""),
        (MACHINE, "maskin", "maskin", "maskin"),
        (ONE, "ett", "", ""),
        (TWO, "ett", "två", "ett"),
        (REVIEWED, "tre", "tre", "tre"),
        (ADJUDICATED, "tre", "tre", "tre"),
        (STALE, "tre", "tre", "tre"),
    ],
)
def test_until_review_a_translator_sees_its_own_translation_and_no_other(entry, first, second, third):
    assert [one.visible_text(entry) for one in (FIRST, SECOND, THIRD)] == [first, second, third]
    assert [one.visible_text(entry) for one in (REVIEWER, LEAD, COORDINATOR, language_member(Role.VIEWER))] == [
        entry.text
    ] * 4


@pytest.mark.parametrize(
    ("entry", "first", "second", "reviewer", "lead"),
    [
        (EMPTY, {WorkflowStep.DRAFT}, {WorkflowStep.DRAFT}, set(), {WorkflowStep.DRAFT}),
        (MACHINE, {WorkflowStep.DRAFT}, {WorkflowStep.DRAFT}, set(), {WorkflowStep.DRAFT}),
        (ONE, {WorkflowStep.DRAFT}, {WorkflowStep.SECOND_DRAFT}, set(), set()),
        (TWO, {WorkflowStep.DRAFT}, {WorkflowStep.SECOND_DRAFT}, {WorkflowStep.REVIEW}, {WorkflowStep.REVIEW}),
        (
            REVIEWED,
            set(),
            set(),
            {WorkflowStep.REVIEW, WorkflowStep.ADJUDICATE},
            {WorkflowStep.REVIEW, WorkflowStep.ADJUDICATE},
        ),
        (
            STALE,
            {WorkflowStep.DRAFT},
            {WorkflowStep.DRAFT},
            {WorkflowStep.CONFIRM},
            {WorkflowStep.DRAFT, WorkflowStep.CONFIRM},
        ),
    ],
)
def test_steps_that_are_offered(entry, first, second, reviewer, lead):
    found = [set(one.possible_steps(entry, DAY)) for one in (FIRST, SECOND, REVIEWER, LEAD)]
    assert found == [first, second, reviewer, lead]
    assert language_member(Role.VIEWER).possible_steps(entry, DAY) == ()


def test_text_waits_for_those_whose_work_is_next():
    people = {"first": FIRST, "second": SECOND, "reviewer": REVIEWER, "lead": LEAD, "coordinator": COORDINATOR}
    waiting = {
        state: {name for name, one in people.items() if one.is_awaited(entry)}
        for state, entry in (
            ("empty", EMPTY),
            ("machine", MACHINE),
            ("one", ONE),
            ("two", TWO),
            ("reviewed", REVIEWED),
            ("adjudicated", ADJUDICATED),
            ("stale", STALE),
        )
    }
    assert waiting == {
        "empty": {"first", "second"},
        "machine": {"first", "second"},
        "one": {"second"},
        "two": {"reviewer"},
        "reviewed": {"lead"},
        "adjudicated": {"coordinator"},
        "stale": {"first", "second", "reviewer"},
    }


def test_first_translation_of_a_changed_source_is_its_translator_s_own_though_older_drafts_stand_beside_it():
    renewed = replace(STALE, text="nytt", stale=False, state=State.DRAFT_ONE, by="third-translator", previous="")
    renewed = replace(renewed, source_hash=text_hash(renewed.source))
    assert [one.visible_text(renewed) for one in (FIRST, SECOND, THIRD)] == ["", "", "nytt"]
    assert FIRST.possible_steps(renewed, DAY) == (WorkflowStep.SECOND_DRAFT,)


def test_list_of_translators_that_is_broken_is_told_and_not_begun_anew(tmp_path):
    file = tmp_path / "desk-seats.json"
    file.write_text("{", "utf-8")
    with pytest.raises(WorkbenchError) as told:
        language_member_of(member(7), "sv", tmp_path)
    assert told.value.problems[0].code == "WORKBENCH_011"
    assert file.read_text("utf-8") == "{"


def test_person_with_another_role_stays_the_author_of_what_they_translated(tmp_path):
    translator = language_member_of(member(1), "sv", tmp_path)
    assert (translator.role_name, translator.earlier_role_names) == ("translator", ())
    now = Member(
        1, "somebody", "A partner", Role.REVIEWER, frozenset({"sv"}), earlier_roles=frozenset({Role.TRANSLATOR})
    )
    reviewer = language_member_of(now, "sv", tmp_path)
    assert (reviewer.role_name, reviewer.earlier_role_names) == ("reviewer", ("translator",))
    of_others = replace(TWO, drafts=tuple(replace(one, by=f"third-{one.by}") for one in DRAFTS))
    assert [WorkflowStep.REVIEW in reviewer.possible_steps(entry, DAY) for entry in (TWO, of_others)] == [False, True]
    assert [reviewer.is_awaited(entry) for entry in (TWO, of_others)] == [False, True]
    assert language_member_of(now, "ar", tmp_path).earlier_role_names == ()  # never came to it as a translator


def test_lead_who_becomes_a_translator_does_not_make_both_translations(tmp_path):
    by_lead = replace(ONE, by="lead")
    assert WorkflowStep.SECOND_DRAFT in language_member_of(member(8), "sv", tmp_path).possible_steps(by_lead, DAY)
    now = Member(9, "somebody", "A partner", Role.TRANSLATOR, frozenset({"sv"}), earlier_roles=frozenset({Role.LEAD}))
    assert language_member_of(now, "sv", tmp_path).possible_steps(by_lead, DAY) == ()
    assert WorkflowStep.SECOND_DRAFT in language_member_of(now, "sv", tmp_path).possible_steps(ONE, DAY)
