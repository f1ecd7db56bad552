"""One text saved: through all its states, by two at once, while a file comes in, while the questionnaire is changed."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from kuule.core.problems import StudyError
from kuule.languages.gettext.catalogue import read_po, read_pot
from kuule.languages.workflow.states import State, TextOrigin
from kuule.languages.workflow.workflow_steps import WorkflowStep
from kuule.translation.history import history_file, read_text_history
from kuule.workbench.roles import Role
from kuule.workbench.translation_desk import text_saving
from kuule.workbench.translation_desk.apart_limits import MAX_WORDINGS
from kuule.workbench.translation_desk.text_saving import SaveOutcome, SaveRequest, save_text, version_tag_of
from tests.loaded.loaded_process import LoadedProcess, run_loaded
from tests.patience import PATIENCE
from tests.study.small_study import FORM, make_study
from tests.translation.partner import study_in
from tests.workbench.translation_desk.partners import (
    AGE,
    COORDINATOR,
    DAY,
    FIRST,
    HINT,
    LEAD,
    REVIEWER,
    SECOND,
    TITLE,
    YES,
    catalogue,
    does,
    entry,
    language_member,
    reviewed,
    wish,
)

MADE_BY_A_MACHINE = "its first translation was made by a machine, which never counts as one of the two"
PROGRAM = """\
import sys
from pathlib import Path
from tests.workbench.translation_desk.partners import does, language_member
from kuule.languages.workflow.workflow_steps import WorkflowStep
study, word = Path(sys.argv[1]), sys.argv[2]
for key in sys.argv[3:]:
    came = does(study, language_member(word=word), key, WorkflowStep.DRAFT, f"{word} {key}").outcome
    assert came == "saved", (key, came)
"""


@pytest.fixture
def study(tmp_path):
    return study_in(tmp_path)


def kept(study, tag="sv"):
    """Texts that have no place in the file: by the key they were typed for."""
    path = study / "languages" / "apart" / f"{tag}.po"
    found = read_po(path, read_pot(path)).entries.values() if path.is_file() else ()
    return [(one.key.rpartition("#")[0], one.text) for one in found]


def test_text_goes_through_all_states_at_the_desk(study):
    steps = (
        (FIRST, WorkflowStep.DRAFT, "Ja.", State.DRAFT_ONE),
        (SECOND, WorkflowStep.SECOND_DRAFT, "Jo", State.DRAFT_TWO),
        (REVIEWER, WorkflowStep.REVIEW, "Ja", State.REVIEWED),
        (LEAD, WorkflowStep.ADJUDICATE, "Ja", State.ADJUDICATED),
        (COORDINATOR, WorkflowStep.PRETEST, "Ja", State.PRETESTED),
    )
    for who, step, text, state in steps:
        saved = does(study, who, YES, step, text, comment=f"as {step}")
        assert (saved.outcome, entry(study, YES).state, entry(study, YES).by) == (
            SaveOutcome.SAVED,
            state,
            who.role_name,
        )
    made = entry(study, YES)
    assert (made.text, made.origin, made.on) == ("Ja", TextOrigin.PERSON, DAY)
    assert [(draft.by, draft.text) for draft in made.drafts] == [("translator", "Ja."), ("second-translator", "Jo")]
    assert made.note.split("\n") == [
        "comment (translator, 2026-11-24): as draft",
        "comment (second-translator, 2026-11-24): as second-draft",
        "review (reviewer, 2026-11-24): as review",
        "adjudication (lead, 2026-11-24): as adjudicate",
        "pretest (coordinator, 2026-11-24): as pretest",
    ]
    lines = read_text_history(history_file(study / "languages", "sv"), YES)
    assert [(one.by, one.step, one.after, one.text) for one in lines] == [
        ("translator", "draft", "draft-one", "Ja."),
        ("second-translator", "second-draft", "draft-two", "Jo"),
        ("reviewer", "review", "reviewed", "Ja"),
        ("lead", "adjudicate", "adjudicated", None),
        ("coordinator", "pretest", "pretested", None),
    ]


def test_save_of_what_is_not_there_any_more_loses_neither(study):
    other = wish(study, FIRST, YES, WorkflowStep.DRAFT, "Ja, gärna")
    does(study, FIRST, YES, WorkflowStep.DRAFT, "Ja")
    saved = save_text(study, FIRST, other, DAY)
    assert (saved.outcome, saved.entry.text, entry(study, YES).text) == (SaveOutcome.CONFLICT, "Ja", "Ja")
    assert (YES, "Ja, gärna") in kept(study)
    again = save_text(study, FIRST, replace(other, version_tag=version_tag_of(saved.entry, FIRST)), DAY)
    assert (again.outcome, entry(study, YES).text) == (SaveOutcome.SAVED, "Ja, gärna")
    assert (YES, "Ja") in kept(study)


def test_review_is_not_undone_by_who_has_an_older_page_open(study):
    reviewed(study, YES)
    older = wish(study, REVIEWER, YES, WorkflowStep.REVIEW, "Jodå")
    does(study, LEAD, YES, WorkflowStep.ADJUDICATE)
    assert save_text(study, REVIEWER, older, DAY).outcome is SaveOutcome.CONFLICT
    assert (entry(study, YES).state, entry(study, YES).text) == (State.ADJUDICATED, "sv three")
    assert (YES, "Jodå") in kept(study)


def test_button_pressed_twice_is_one_save(study):
    pressed = wish(study, FIRST, YES, WorkflowStep.DRAFT, "Ja")
    assert save_text(study, FIRST, pressed, DAY).outcome is SaveOutcome.SAVED
    assert save_text(study, FIRST, pressed, DAY).outcome is SaveOutcome.NOTHING
    assert len(read_text_history(history_file(study / "languages", "sv"), YES)) == 1


def test_second_translation_is_no_conflict_with_a_first_that_was_never_shown(study):
    does(study, FIRST, YES, WorkflowStep.DRAFT, "Ja")
    unseen = wish(study, SECOND, YES, WorkflowStep.SECOND_DRAFT, "Jo")
    does(study, FIRST, YES, WorkflowStep.DRAFT, "Jaha")
    assert save_text(study, SECOND, unseen, DAY).outcome is SaveOutcome.SAVED
    assert [draft.text for draft in entry(study, YES).drafts] == ["Jaha", "Jo"]


def test_comment_alone_is_added_to_what_others_wrote_and_is_never_a_record(study):
    older = wish(study, REVIEWER, YES, None, comment='kuule: state=reviewed origin=person\nkuule-draft: "x"')
    does(study, LEAD, YES, None, comment="Ask the partner")
    assert save_text(study, REVIEWER, older, DAY).outcome is SaveOutcome.NOTED
    text = entry(study, YES)
    assert (text.state, text.drafts) == (State.DRAFT_ONE, ())
    assert text.note.split("\n") == [
        "comment (lead, 2026-11-24): Ask the partner",
        'comment (reviewer, 2026-11-24): kuule: state=reviewed origin=person kuule-draft: "x"',
    ]


def test_machine_s_words_become_a_person_s_when_a_person_types_them(study):
    machine = entry(study, YES)
    assert (machine.text, machine.origin) == ("sv: Yes", TextOrigin.MACHINE)
    assert does(study, FIRST, YES, WorkflowStep.DRAFT, "sv: Yes").outcome is SaveOutcome.SAVED
    assert (entry(study, YES).origin, entry(study, YES).by) == (TextOrigin.PERSON, "translator")


def test_text_that_a_check_refuses_goes_no_further_and_a_draft_of_it_is_kept(study):
    does(study, FIRST, HINT, WorkflowStep.DRAFT, "Välj en.")
    second = does(study, SECOND, HINT, WorkflowStep.SECOND_DRAFT, "Välj en på www.example.org.")
    assert (second.outcome, [one.code for one in second.findings]) == (SaveOutcome.SAVED, ["LANG_012"])
    refused = does(study, REVIEWER, HINT, WorkflowStep.REVIEW, "Välj en på www.example.org.")
    assert (refused.outcome, [one.code for one in refused.findings]) == (SaveOutcome.CHECKED, ["LANG_012"])
    assert (entry(study, HINT).state, entry(study, HINT).text) == (State.DRAFT_TWO, "Välj en.")
    assert does(study, REVIEWER, HINT, WorkflowStep.REVIEW, "Välj en.").outcome is SaveOutcome.SAVED


def test_two_answers_that_became_the_same_are_refused_in_review(study):
    for who, step in ((FIRST, WorkflowStep.DRAFT), (SECOND, WorkflowStep.SECOND_DRAFT)):
        does(study, who, YES, step, "sv: No")
    refused = does(study, REVIEWER, YES, WorkflowStep.REVIEW)
    assert (refused.outcome, [one.code for one in refused.findings]) == (SaveOutcome.CHECKED, ["LANG_039"])


@pytest.mark.parametrize(
    ("who", "step", "why"),
    [
        (
            SECOND,
            WorkflowStep.SECOND_DRAFT,
            "its first translation was made by a machine, which never counts as one of the two",
        ),
        (REVIEWER, WorkflowStep.REVIEW, "it does not have two translations that two people made apart from each other"),
        (REVIEWER, WorkflowStep.CONFIRM, "its source did not change"),
        (LEAD, WorkflowStep.PRETEST, "it was not adjudicated yet"),
    ],
)
def test_step_that_comes_too_early_is_refused_with_its_reason(study, who, step, why):
    before = (study / "languages" / "sv.po").read_bytes()
    refused = does(study, who, YES, step)
    assert (refused.outcome, refused.why) == (SaveOutcome.REFUSED, why)
    assert (study / "languages" / "sv.po").read_bytes() == before


def test_nobody_writes_over_another_translator_s_draft(study):
    does(study, FIRST, YES, WorkflowStep.DRAFT, "Ja")
    assert does(study, SECOND, YES, WorkflowStep.DRAFT, "Jo").outcome is SaveOutcome.REFUSED
    assert does(study, LEAD, YES, WorkflowStep.DRAFT, "Nej").outcome is SaveOutcome.REFUSED
    assert (entry(study, YES).text, entry(study, YES).by) == ("Ja", "translator")
    assert {(YES, "Jo"), (YES, "Nej")} <= set(kept(study))


@pytest.mark.parametrize("role", [Role.VIEWER, Role.TRANSLATOR])
def test_role_without_a_step_does_not_take_it(study, role):
    reviewed(study, YES)
    assert (
        does(study, language_member(role, word="somebody"), YES, WorkflowStep.ADJUDICATE, "Nej").outcome
        is SaveOutcome.REFUSED
    )
    assert entry(study, YES).text == "sv three"


def test_source_that_changes_while_a_draft_is_written_makes_it_stale_and_loses_nothing(study):
    written = wish(study, FIRST, AGE, WorkflowStep.DRAFT, "Hur gammal är du?")
    form = study / "form.md"
    form.write_text(FORM.replace("How old are you?", "How old are you now?"), "utf-8")
    assert save_text(study, FIRST, written, DAY).outcome is SaveOutcome.STALE
    text = entry(study, AGE)
    assert (text.text, text.stale, text.previous) == ("Hur gammal är du?", True, "How old are you?")
    assert text.effective_state is State.DRAFT_ONE


def test_source_that_changes_while_a_text_is_reviewed_keeps_it_from_being_so(study):
    does(study, FIRST, AGE, WorkflowStep.DRAFT, "Hur gammal är du?")
    does(study, SECOND, AGE, WorkflowStep.SECOND_DRAFT, "Vilken ålder har du?")
    written = wish(study, REVIEWER, AGE, WorkflowStep.REVIEW, "Hur gammal är du då?")
    (study / "form.md").write_text(FORM.replace("How old are you?", "How old are you now?"), "utf-8")
    refused = save_text(study, REVIEWER, written, DAY)
    assert (refused.outcome, refused.why) == (SaveOutcome.REFUSED, "its source changed while you were writing")
    assert (AGE, "Hur gammal är du då?") in kept(study)


def test_question_that_is_gone_leaves_what_was_typed_apart(study):
    written = wish(study, FIRST, AGE, WorkflowStep.DRAFT, "Hur gammal är du?")
    (study / "form.md").write_text(FORM.replace("age_band | How old", "age_now | How old"), "utf-8")
    assert save_text(study, FIRST, written, DAY).outcome is SaveOutcome.GONE
    assert (AGE, "Hur gammal är du?") in kept(study)
    offered = entry(study, AGE.replace("age_band", "age_now"))
    assert (offered.text, offered.flags) == ("sv: How old are you?", ("fuzzy",))


@pytest.mark.parametrize(
    ("old", "new", "stale", "untranslated"),
    [
        ("How old are you?", "How old are you now?", {AGE}, set()),
        (
            "| | yes_no | no | No |",
            "| | yes_no | no | No |\n| | yes_no | unsure | Not sure |",
            set(),
            {"choice:yes_no/unsure:label"},
        ),
        ("age_band | How old", "age_now | How old", set(), set()),
    ],
)
def test_only_what_changed_in_the_questionnaire_becomes_stale(study, old, new, stale, untranslated):
    before = catalogue(study).entries
    (study / "form.md").write_text(FORM.replace(old, new), "utf-8")
    now = catalogue(study).entries
    assert {key for key, one in now.items() if one.stale} == stale
    assert {key for key, one in now.items() if not one.text} == untranslated
    same = [key for key in now if key in before and key not in stale]
    assert all(now[key] == before[key] for key in same)


def test_questionnaire_that_is_just_being_written_stops_the_save_and_changes_nothing(study):
    written = wish(study, FIRST, YES, WorkflowStep.DRAFT, "Ja")
    before = (study / "languages" / "sv.po").read_bytes()
    (study / "form.md").write_text(FORM[: len(FORM) // 2], "utf-8")
    with pytest.raises(StudyError):
        save_text(study, FIRST, written, DAY)
    assert (study / "languages" / "sv.po").read_bytes() == before
    (study / "form.md").write_text(FORM, "utf-8")
    assert save_text(study, FIRST, written, DAY).outcome is SaveOutcome.SAVED


def test_language_that_has_no_file_yet_begins_with_its_first_text(tmp_path):
    study = make_study(tmp_path / "study", languages={"sv": State.DRAFT_ONE})
    assert does(study, language_member(tag="ar"), YES, WorkflowStep.DRAFT, "نعم").outcome is SaveOutcome.SAVED
    assert catalogue(study, "ar").texts == {YES: "نعم"}


def test_confirmed_text_holds_for_the_new_source(study):
    reviewed(study, AGE)
    (study / "form.md").write_text(FORM.replace("How old are you?", "How old are you now?"), "utf-8")
    assert entry(study, AGE).effective_state is State.DRAFT_ONE
    assert does(study, REVIEWER, AGE, WorkflowStep.CONFIRM).outcome is SaveOutcome.SAVED
    assert (entry(study, AGE).effective_state, entry(study, AGE).text) == (State.REVIEWED, "sv three")


def test_many_processes_write_one_language_at_once_and_every_text_is_there(study):
    """Four translators, each in a process of its own, and none waits for a turn of its own making."""
    keys = [key for key in catalogue(study).entries if key.startswith(("form:", "choice:"))][:24]
    parts = {f"translator-{number}": keys[number::4] for number in range(4)}
    running = [
        LoadedProcess([sys.executable, "-c", PROGRAM, str(study), word, *part], stderr=subprocess.PIPE)
        for word, part in parts.items()
    ]
    for process in running:
        _, said = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, said.decode()
    now = catalogue(study).entries
    assert {key: now[key].text for key in keys} == {
        key: f"{word} {key}" for word, part in parts.items() for key in part
    }
    path = history_file(study / "languages", "sv")
    assert sorted(one.key for key in keys for one in read_text_history(path, key)) == sorted(keys)


def test_import_and_desk_write_one_language_at_once_and_both_are_there(study, tmp_path):
    """`kuule translate import` takes a file in, again and again, while somebody saves at the desk."""
    keys = list(catalogue(study).entries)
    ours, theirs = keys[:10], keys[10:16]
    kuule = [sys.executable, "-m", "kuule.cli", "translate"]
    sent = tmp_path / "sent"
    run_loaded([*kuule, "export", str(study), "--to", str(sent), "--language", "sv"], check=True)
    text = (sent / "sv.po").read_text("utf-8")
    for number, key in enumerate(theirs):
        head, _, rest = text.partition(f'msgctxt "{key}"')
        before, _, after = rest.partition("msgstr ")
        text = f'{head}msgctxt "{key}"{before}msgstr "import {number}"\n{after.partition(chr(10))[2]}'
    (sent / "sv.po").write_text(text, "utf-8")
    desk = LoadedProcess([sys.executable, "-c", PROGRAM, str(study), "translator", *ours], stderr=subprocess.PIPE)
    done = run_loaded([*kuule, "import", str(study), str(sent / "sv.po"), "--by", "agency"])
    _, said = desk.communicate(timeout=PATIENCE)
    assert (desk.returncode, done.returncode) == (0, 0), (said, done.stderr)
    now = catalogue(study).entries
    assert [now[key].text for key in ours] == [f"translator {key}" for key in ours]
    assert [now[key].text for key in theirs] == [f"import {number}" for number in range(len(theirs))]


def test_what_a_save_writes_is_all_there_or_nothing_when_it_is_killed(study, monkeypatch):
    """The moment of truth is one rename: before it nothing has changed, after it the next reader finishes the rest."""

    def broken_off(*_: object) -> None:
        raise KeyboardInterrupt

    before = (study / "languages" / "sv.po").read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(text_saving, "replace_catalogues", broken_off)
        with pytest.raises(KeyboardInterrupt):
            does(study, FIRST, YES, WorkflowStep.DRAFT, "Ja")
    assert (study / "languages" / "sv.po").read_bytes() == before
    with monkeypatch.context() as patch:
        patch.setattr("kuule.languages.gettext.catalogue_folder.put_in_place", lambda folder: None)
        does(study, FIRST, YES, WorkflowStep.DRAFT, "Ja")
    assert (study / "languages" / ".ready").is_dir()
    assert (entry(study, YES).text, entry(study, YES).by) == ("Ja", "translator")


def test_wish_for_a_key_that_never_was_changes_no_text(study):
    before = (study / "languages" / "sv.po").read_bytes()
    assert (
        save_text(study, FIRST, SaveRequest("form:/data/nothing:label", WorkflowStep.DRAFT, "", "", ""), DAY).outcome
        is SaveOutcome.GONE
    )
    assert (study / "languages" / "sv.po").read_bytes() == before
    assert TITLE in catalogue(study).entries


def test_refused_saves_are_kept_apart_until_there_are_enough_of_one_text(study):
    does(study, FIRST, YES, WorkflowStep.DRAFT, "Ja")
    came = [does(study, SECOND, YES, WorkflowStep.DRAFT, f"Jo {number}") for number in range(8)]
    assert [one.outcome for one in came] == [SaveOutcome.REFUSED] * 8
    mine = [text for key, text in kept(study) if key == YES and text.startswith("Jo")]
    assert [one.is_kept_apart for one in came].count(True) == len(mine)
    assert mine == [f"Jo {number}" for number in range(len(mine))]
    assert len([key for key, _ in kept(study) if key == YES]) == MAX_WORDINGS
    again = does(study, SECOND, YES, WorkflowStep.DRAFT, mine[0])
    assert (again.outcome, again.is_kept_apart) == (SaveOutcome.REFUSED, True)


def test_refused_saves_do_not_grow_a_file_without_limit(study, monkeypatch):
    monkeypatch.setattr("kuule.workbench.translation_desk.apart_limits.MAX_APART_BYTES", 20_000)
    came = [
        save_text(study, FIRST, SaveRequest(f"gone:{number}", WorkflowStep.DRAFT, "x" * 3_000, "", ""), DAY)
        for number in range(20)
    ]
    assert [one.outcome for one in came] == [SaveOutcome.GONE] * 20
    kept_ones = [one.is_kept_apart for one in came]
    assert kept_ones == sorted(kept_ones, reverse=True)
    assert 3 <= sum(kept_ones) <= 6
    assert (study / "languages" / "apart" / "sv.po").stat().st_size < 20_000 + 1_000


def test_wordings_that_are_replaced_again_and_again_do_not_grow_a_file_without_limit(study):
    for number in range(10):
        assert does(study, FIRST, YES, WorkflowStep.DRAFT, f"Ja {number}").outcome is SaveOutcome.SAVED
    assert len([key for key, _ in kept(study) if key == YES]) <= MAX_WORDINGS
