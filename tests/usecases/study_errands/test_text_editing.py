"""Changing one text of the source language: the cell, its translations become stale, and nothing else moves."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.core.problems import WorkbenchError
from kuule.study.folder.study_folder import read_study_folder
from kuule.usecases.study_errands.text_editing import change_text
from tests.study.small_study import FORM, SETTINGS, make_study
from tests.workbench.study_desk.questionnaires import with_workbook, workbook

AGE = "form:/data/about/page_about/age_band:label"


@pytest.fixture(params=["form.md", "form.xlsx"])
def study(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    made = make_study(tmp_path / "study")
    return made if request.param == "form.md" else with_workbook(made)


def form_of(study: Path) -> Path:
    [form] = study.glob("form.*")
    return form


@pytest.mark.parametrize(
    "key",
    [
        AGE,
        "form:/data/about/page_about/age_band:hint",
        "form:/data/about:label",
        "choice:how_often/once:label",
    ],
)
def test_text_is_changed_and_its_translation_becomes_stale(study: Path, key: str) -> None:
    form_of(study).write_bytes(change_text(study, key, "Another | <b>text</b>"))
    gathered = read_study_folder(study)
    assert gathered.form is not None
    assert gathered.form.text(key) == "Another | <b>text</b>"
    for catalogue in gathered.catalogues.values():
        assert [one for one, entry in catalogue.entries.items() if entry.stale] == [key]


def test_text_that_would_break_the_study_is_refused_with_the_reason(study: Path) -> None:
    before = form_of(study).read_bytes()
    with pytest.raises(WorkbenchError) as refused:
        change_text(study, AGE, "How old is ${nobody}?")
    assert refused.value.problems[0].code.startswith(("FORM_", "STUDY_"))
    assert form_of(study).read_bytes() == before


@pytest.mark.parametrize(
    "key", ["study:title", "form:/data/nothing:label", "form:/data/about/page_about/age_band:image"]
)
def test_text_that_is_in_no_cell_is_refused(study: Path, key: str) -> None:
    with pytest.raises(WorkbenchError, match="WORKBENCH_023"):
        change_text(study, key, "x")


def test_label_that_two_rows_have_is_refused(tmp_path: Path) -> None:
    """A choice that is listed twice has its text in two cells."""
    twice = FORM.replace(
        "| | how_often | once | Once |", "| | how_often | once | Once |\n| | how_often | once | Once |"
    )
    with pytest.raises(WorkbenchError):
        change_text(make_study(tmp_path / "study", form=twice, languages={}), "choice:how_often/once:label", "x")


def test_source_language_is_the_column_that_is_changed(tmp_path: Path) -> None:
    study = make_study(tmp_path / "study", languages={})
    (study / "form.md").unlink()
    head = FORM.replace("| hint |", "| hint::English (en) |").replace("| label |", "| label::English (en) |")
    (study / "form.xlsx").write_bytes(workbook(head))
    assert 'source_language = "en"' in SETTINGS
    (study / "form.xlsx").write_bytes(change_text(study, AGE, "What is your age?"))
    form = read_study_folder(study).form
    assert form is not None
    assert form.text(AGE) == "What is your age?"
