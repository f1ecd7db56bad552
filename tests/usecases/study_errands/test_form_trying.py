"""Trying another questionnaire: what it changes, what it would break, and what is no questionnaire."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from kuule.core.problems import WorkbenchError
from kuule.usecases.study_errands.form_trying import try_form
from kuule.workbench.study_desk.form_trial import FormTrial, LanguageEffect
from tests.publishing.brief.small_brief import checked_register
from tests.study.small_study import FORM, SETTINGS, make_study
from tests.workbench.study_desk.questionnaires import with_workbook, workbook

TODAY = date(2026, 11, 28)
CHANGED = FORM.replace("How old are you?", "What is your age?").replace("| once | Once |", "| once | One time |")


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_workbook(make_study(tmp_path_factory.mktemp("tried") / "study"))


def tried(study: Path, content: bytes, place: Path) -> FormTrial:
    form = place / "sent"
    form.write_bytes(content)
    return try_form(study, form, "form.xlsx", TODAY)


def test_the_same_questionnaire_changes_nothing(study: Path, tmp_path: Path) -> None:
    trial = tried(study, workbook(), tmp_path)
    assert (trial.is_readable, trial.compared, trial.changes, trial.effects) == (True, True, (), ())
    assert not any(one.is_new for one in trial.findings.problems)


def test_changes_are_named_with_what_they_mean_for_translations(study: Path, tmp_path: Path) -> None:
    files = {path: path.read_bytes() for path in study.rglob("*") if path.is_file()}
    trial = tried(study, workbook(CHANGED), tmp_path)
    assert [(kind.title, kind.number, [row.name for row in kind.rows]) for kind in trial.changes] == [
        ("Reworded", 1, ["3. age_band"]),
        ("Other choices", 1, ["8. how_often"]),
    ]
    assert trial.effects == (LanguageEffect("sv", 2, 0, 0), LanguageEffect("ar", 2, 0, 0))
    assert {path: path.read_bytes() for path in study.rglob("*") if path.is_file()} == files
    assert FormTrial.from_table(trial.to_table()) == trial


def test_error_of_a_rule_is_new_and_does_not_keep_it_from_being_read(study: Path, tmp_path: Path) -> None:
    required = FORM.replace("| How old are you? | Choose one. | | |", "| How old are you? | Choose one. | | yes |")
    trial = tried(study, workbook(required), tmp_path)
    assert trial.is_readable
    assert [one.code for one in trial.findings.errors if one.is_new] != []
    assert all(str(tmp_path) not in f"{one.place}{one.cause}" for one in trial.findings.problems)


def _formulas(made: Workbook) -> None:
    made["survey"]["C4"] = "=1+1"


def _merged(made: Workbook) -> None:
    made["survey"].merge_cells("B3:C5")


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (b"", {"FORM_032"}),
        (b"PK\x03\x04", {"FORM_032"}),
        (b"name,label", {"FORM_032"}),
        (workbook()[: len(workbook()) // 2], {"FORM_032"}),
        (bytes.fromhex("D0CF11E0A1B11AE1"), {"FORM_032"}),
        (workbook("| notes | | |\n| | a | b |\n| | c | d |\n| other | |\n| | e | f |\n"), {"FORM_034"}),
        (workbook(change=_formulas), {"FORM_035"}),
    ],
    ids=["empty", "head", "csv", "half", "old", "sheets", "formula"],
)
def test_what_is_no_questionnaire_is_refused_with_its_reason(
    study: Path, tmp_path: Path, content: bytes, codes: set[str]
) -> None:
    trial = tried(study, content, tmp_path)
    assert not trial.is_readable
    assert codes <= {one.code for one in trial.findings.errors if one.is_new}


def test_merged_cells_are_said(study: Path, tmp_path: Path) -> None:
    trial = tried(study, workbook(change=_merged), tmp_path)
    assert "FORM_035" in {one.code for one in trial.findings.problems if one.is_new}


def test_workbook_with_macros_is_refused_whatever_it_is_called(study: Path, tmp_path: Path) -> None:
    made = io.BytesIO(workbook())
    with zipfile.ZipFile(made, "a") as packed:
        packed.writestr("xl/vbaProject.bin", b"x")
    with pytest.raises(WorkbenchError, match="WORKBENCH_021 the questionnaire: it is a workbook with macros"):
        tried(study, made.getvalue(), tmp_path)


def test_study_without_a_questionnaire_has_nothing_to_compare(tmp_path: Path) -> None:
    study = make_study(tmp_path / "study")
    (study / "form.md").unlink()
    trial = tried(study, workbook(), tmp_path)
    assert (trial.is_readable, trial.compared, trial.changes) == (True, False, ())


def test_link_to_what_is_gone_keeps_nobody_from_trying(study: Path, tmp_path: Path) -> None:
    (study / "old-notes").symlink_to(tmp_path / "gone")
    try:
        assert tried(study, workbook(), tmp_path).is_readable
    finally:
        (study / "old-notes").unlink()


def test_register_beside_the_study_is_found_from_its_copy(tmp_path: Path) -> None:
    """A study names its register by the way from its own folder."""
    register = checked_register(tmp_path / "registers" / "a-register")
    settings = SETTINGS + f'\n[help]\nregister = "../../registers/{register.name}"\n'
    study = with_workbook(make_study(tmp_path / "studies" / "followed", settings=settings))
    trial = tried(study, workbook(CHANGED), tmp_path)
    assert not [one for one in trial.findings.problems if one.is_new and one.is_error]
    assert "STUDY_009" not in {one.code for one in trial.findings.problems}
