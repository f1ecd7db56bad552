"""The history beside a PO file: one line a step, of imports as of the desk, added to and never changed."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given

from kuule.languages.workflow.entries import Catalogue, SourceText, untranslated_entry, with_translation
from kuule.languages.workflow.states import State, TextOrigin
from kuule.languages.workflow.workflow_steps import WorkflowStep, take_step
from kuule.translation.exporting import export_translations
from kuule.translation.history import (
    HistoryEntry,
    extended_history,
    history_entries,
    history_file,
    read_text_history,
    was_changed_elsewhere,
)
from kuule.translation.importing import import_translations
from kuule.translation.translation_format import TranslationFormat
from tests.translation.partner import DAY, TEXTS, YES, catalogue, study_in, taken


def line(
    text: str | None = "Ja", step: WorkflowStep = WorkflowStep.DRAFT, key: str = YES, machine: bool = False
) -> HistoryEntry:
    return HistoryEntry(DAY, "translator", str(step), key, "untranslated", "draft-one", text, machine)


def typed(path, key, text):
    head, _, rest = path.read_text("utf-8").partition(f'msgctxt "{key}"')
    before, _, after = rest.partition("msgstr ")
    path.write_text(f'{head}msgctxt "{key}"{before}msgstr "{text}"\n{after.partition(chr(10))[2]}', "utf-8")


def test_import_leaves_a_line_for_each_text_that_it_brought_anywhere(tmp_path):
    study = study_in(tmp_path)
    path = history_file(study / "languages", "sv")
    for number, text in enumerate(("Ja", "Jo")):
        sv, _ = export_translations(study, TranslationFormat.PO, (), tmp_path / str(number), blank=False)
        typed(sv, YES, text)
        import_translations(study, [sv], taken())
    assert read_text_history(path, YES) == (
        HistoryEntry(DAY, "translator", "draft", YES, "draft-one", "draft-one", "Ja"),
        HistoryEntry(DAY, "translator", "draft", YES, "draft-one", "draft-one", "Jo"),
    )
    assert len(path.read_text("utf-8").splitlines()) == 2
    assert not history_file(study / "languages", "ar").exists()


def test_line_is_json_with_a_role_and_a_day_and_nothing_more(tmp_path):
    path = tmp_path / "sv.jsonl"
    path.write_bytes(extended_history(path, (line(), line(None, WorkflowStep.REVIEW), line(machine=True))))
    first, second, third = map(json.loads, path.read_text("utf-8").splitlines())
    assert first == {
        "on": DAY, "by": "translator", "step": "draft", "key": YES, "from": "untranslated", "to": "draft-one",
        "text": "Ja",
    }  # fmt: skip
    assert "text" not in second
    assert third["origin"] == "machine"


@given(TEXTS)
def test_any_text_comes_back_as_it_was(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("history") / "sv.jsonl"
    path.write_bytes(extended_history(path, (line(text),)))
    path.write_bytes(extended_history(path, (line("after"),)))
    assert [one.text for one in read_text_history(path, YES)] == [text, "after"]


def test_what_stands_there_is_kept_also_where_nobody_can_read_it(tmp_path):
    path = tmp_path / "sv.jsonl"
    path.write_bytes(b'half a line\n[1]\n{"key": 1}\n\xff\n{"key":"' + YES.encode() + b'","step":"draft"}')
    before = path.read_bytes()
    path.write_bytes(extended_history(path, (line(),)))
    assert path.read_bytes().startswith(before + b"\n")
    assert [one.step for one in read_text_history(path, YES)] == ["draft", "draft"]
    assert read_text_history(tmp_path / "none.jsonl", YES) == ()


def test_texts_that_nothing_happened_to_leave_no_line(tmp_path):
    study = study_in(tmp_path)
    before = catalogue(study)
    assert history_entries(before, before, taken()) == ()
    noted = replace(before.entries[YES], note="a comment")
    assert history_entries(before, replace(before, entries={**before.entries, YES: noted}), taken()) == ()


def test_second_draft_is_told_with_its_own_wording():
    empty = untranslated_entry(SourceText(YES, "Yes"))
    first = with_translation(empty, "Ja", state=State.DRAFT_ONE, origin=TextOrigin.PERSON, by="translator")
    second = take_step(first, taken(WorkflowStep.SECOND_DRAFT, "second-translator"), "Jo")
    (told,) = history_entries(
        Catalogue("sv", {YES: first}), Catalogue("sv", {YES: second}), taken(WorkflowStep.SECOND_DRAFT, "second")
    )
    assert (told.text, told.before, told.after) == ("Jo", "draft-one", "draft-two")


def test_wording_of_another_program_is_noticed():
    entry = with_translation(
        untranslated_entry(SourceText(YES, "Yes")), "Ja", state=State.DRAFT_ONE, origin=TextOrigin.PERSON
    )
    assert not was_changed_elsewhere(entry, ())
    assert not was_changed_elsewhere(
        entry, (line("Ja"), line("Jo", WorkflowStep.SECOND_DRAFT), line(None, WorkflowStep.REVIEW))
    )
    assert was_changed_elsewhere(entry, (line("Ja"), line("Nej")))
