"""Suggestions beside a text of a project, and measuring them."""

from __future__ import annotations

import pytest

from kuule.core.problems import KuuleError
from kuule.qualitative.identifiers.detector_coverage import detector_coverage
from kuule.qualitative.identifiers.measured_recall import recall_sentence
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory
from kuule.usecases.open_answers.project_session import ProjectSession
from kuule.usecases.open_answers.suggested_marks import (
    coverage_of_project,
    measure_suggestions,
    name_model,
    suggestions_for,
)
from tests.qualitative.small_project import DAY, memory_project, text_of, with_texts


@pytest.fixture
def session():
    return ProjectSession(with_texts(memory_project()), "reader-1", DAY)


def test_a_text_has_suggestions_with_figures_and_what_is_not_looked_for(session):
    text = text_of(session.project, "My aunt Maija knew it.")
    shown = suggestions_for(session, text.id)
    assert shown.coverage == detector_coverage("en")
    assert [
        (text.words[one.suggestion.span.start : one.suggestion.span.end], one.recall) for one in shown.suggested
    ] == [("Maija", recall_sentence("en", IdentifierCategory.RELATIVE))]


def test_a_suggestion_saves_nothing(session):
    before = len(session.log)
    suggestions_for(session, text_of(session.project, "My aunt Maija knew it.").id)
    assert len(session.log) == before


def test_a_project_says_what_is_looked_for_in_each_of_its_languages(session):
    assert coverage_of_project(session) == (detector_coverage("en"),)


def test_files_of_made_up_answers_are_measured_in_the_language_that_names_them(tmp_path):
    (tmp_path / "en.txt").write_text("I told {person:Sarah} in {place:Xanadu-on-Nowhere}. Nobody asked.", "utf-8")
    (tmp_path / "sw.txt").write_text("{person:Amina} alijua, {person:amina} pia.", "utf-8")
    measured = measure_suggestions(tmp_path.glob("*.txt"))
    assert [(one.language, one.planted, one.found, one.false_alarms) for one in measured] == [
        ("en", 2, 2, 0),
        ("sw", 2, 1, 0),
    ]


def test_a_file_that_is_no_text_says_so(tmp_path):
    (tmp_path / "en.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(KuuleError) as raised:
        measure_suggestions(tmp_path.glob("*.txt"))
    assert [one.code for one in raised.value.problems] == ["PROJECT_044"]


def test_without_a_folder_there_is_no_model():
    assert name_model(None) is None
