"""What tests of imports share: a file of another program as a study, by the use case."""

from __future__ import annotations

from datetime import date
from itertools import count
from pathlib import Path

from kuule.forms.xlsform.workbook import Workbook, read_workbook
from kuule.usecases.authoring.import_study import ImportedStudy, import_study
from kuule.usecases.authoring.new_study_answers import NewStudyAnswers

FILES = Path(__file__).parent / "files"
TODAY = date(2027, 3, 1)


def imported(file: Path, folder: Path, *, language: str = "", said: NewStudyAnswers | None = None) -> ImportedStudy:
    """The study in a folder that is not there yet."""
    numbers = count(2)
    return import_study(
        file,
        folder,
        said or NewStudyAnswers(),
        language=language,
        today=TODAY,
        new_code=lambda taken: f"k{next(numbers)}",
    )


def form_of(study: ImportedStudy) -> Workbook:
    """The workbook that was written."""
    return read_workbook(study.folder / "form.xlsx")


def questions_of(study: ImportedStudy) -> dict[str, dict[str, str]]:
    """The rows of the form by their names, without those of the gates, and without where each comes from."""
    rows = [dict(row) for row in form_of(study).rows("survey")]
    start = next(at for at, row in enumerate(rows) if row.get("name") == "adult") + 3
    named = {row["name"]: row for row in rows[start:] if row.get("name")}
    return {name: {k: v for k, v in row.items() if k not in {"name", "notes"}} for name, row in named.items()}


def choices_of(study: ImportedStudy) -> dict[str, dict[str, str]]:
    """The lists of the form: labels by value."""
    lists: dict[str, dict[str, str]] = {}
    for row in form_of(study).rows("choices"):
        lists.setdefault(row["list_name"], {})[row["name"]] = row["label"]
    return lists


def left_out(study: ImportedStudy) -> list[tuple[str, str]]:
    """What was not taken, with its reason."""
    return [(one.what, str(one.reason)) for one in study.not_taken]
