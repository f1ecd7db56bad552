"""Kuule's own words of a study go out to translators and come back into `languages/kuule/`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kuule.core.problems import StudyError
from kuule.languages.gettext.catalogue import read_po
from kuule.languages.gettext.shipped_words import shipped_catalogue, shipped_sources
from kuule.languages.workflow.states import State, TextOrigin
from kuule.languages.workflow.workflow_steps import TakenStep, WorkflowStep
from kuule.study.folder.interface_words import interface_words_folder, read_interface_words
from kuule.translation.exporting import export_translations
from kuule.translation.importing import import_translations
from kuule.translation.text_sets.interface_text_set import read_study_interface_words
from kuule.translation.translation_format import TranslationFormat
from kuule.translation.translation_progress import measure_progress
from tests.study.small_study import make_study, write_words

CONTINUE = "interface:continue"


def came_back(study: Path, to: Path, step: WorkflowStep, by: str, *, blank: bool = False) -> None:
    """All words of Swedish out, each with a wording of this role, and in again by a step."""
    [path] = export_translations(study, TranslationFormat.PO, ("sv",), to, blank=blank, words=True)
    if blank:
        head, body = path.read_text("utf-8").split("\n\n", 1)
        path.write_text(f"{head}\n\n" + re.sub(r'msgid "(.+)"\nmsgstr ""', r'msgid "\1"\nmsgstr "\1"', body), "utf-8")
    import_translations(study, [path], TakenStep(step, by, "2026-11-27"), words=True)


def test_words_go_out_twice_and_come_back_reviewed(tmp_path: Path) -> None:
    study = make_study(tmp_path / "study")
    before = (study / "languages" / "sv.po").read_bytes()
    came_back(study, tmp_path / "one", WorkflowStep.DRAFT, "translator", blank=True)
    came_back(study, tmp_path / "two", WorkflowStep.SECOND_DRAFT, "second-translator", blank=True)
    came_back(study, tmp_path / "three", WorkflowStep.REVIEW, "reviewer")
    words = read_interface_words(study, "sv")
    assert (words.state, words.origin) == (State.REVIEWED, TextOrigin.PERSON)
    assert words.entries[CONTINUE].text == "Continue", "as this translator wrote it"
    assert (study / "languages" / "sv.po").read_bytes() == before
    assert (interface_words_folder(study) / "history" / "sv.jsonl").is_file()
    assert {entry.effective_state for entry in read_study_interface_words(study).catalogues["ar"].entries.values()} == {
        State.DRAFT_ONE
    }


def test_file_of_the_study_has_no_more_than_what_people_did(tmp_path: Path) -> None:
    study = make_study(tmp_path / "study")
    [path] = export_translations(study, TranslationFormat.XLIFF, ("sv",), tmp_path / "out", blank=False, words=True)
    text = path.read_text("utf-8")
    assert "<target>Tillbaka</target>" in text
    path.write_text(text.replace("<target>Tillbaka</target>", "<target>Bakåt</target>"), "utf-8")
    import_translations(study, [path], TakenStep(WorkflowStep.DRAFT, "translator", "2026-11-27"), words=True)
    written = read_po(interface_words_folder(study) / "sv.po", shipped_sources())
    assert {key for key, entry in written.entries.items() if entry.text} == {"interface:back"}


def test_words_have_no_place_in_an_xlsform(tmp_path: Path) -> None:
    study = make_study(tmp_path / "study")
    with pytest.raises(StudyError) as refused:
        export_translations(study, TranslationFormat.XLSFORM, (), tmp_path / "out", blank=False, words=True)
    assert [problem.code for problem in refused.value.problems] == ["LANG_061"]


def test_broken_file_of_words_is_said(tmp_path: Path) -> None:
    study = make_study(tmp_path, words={"sv": State.REVIEWED})
    (interface_words_folder(study) / "sv.po").write_text("no PO file", "utf-8")
    with pytest.raises(StudyError) as refused:
        read_study_interface_words(study)
    assert [problem.code for problem in refused.value.problems] == ["LANG_002"]


def test_standing_counts_the_words_apart_and_answers_once(tmp_path: Path) -> None:
    study = make_study(tmp_path)
    write_words(study, "sv", State.REVIEWED, help_in="Hjälp i www.example.org")
    english, swedish, arabic = measure_progress(study)
    words = len(shipped_sources())
    assert english.words is not None
    assert swedish.words is not None
    assert arabic.words is not None
    assert (english.words.states, arabic.words.states) == ({State.REVIEWED: words}, {State.DRAFT_ONE: words})
    assert (swedish.words.states, swedish.words.refused_keys) == ({State.REVIEWED: words}, ("interface:help_in",))
    assert f"of Kuule's own {words} words 1 that a check refuses" in str(swedish.readiness)
    assert shipped_catalogue("sv").state is State.DRAFT_ONE
