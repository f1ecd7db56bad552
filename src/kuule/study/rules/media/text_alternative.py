"""Whatever a file shows or says must be there in words too: for people who cannot see or hear it, who may not play it
aloud, or whose browser does not load it.

For a sound, the words are the label beside it. For a picture they are the label, if that says all, or else
`image-description`, the column that ODK agreed on (pyxform issue 759), which is read in the picture's place (WCAG 2.2,
1.1.1 and 1.2.1).
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem, Severity
from kuule.study.folder.questionnaire import ChoiceRow, QuestionnaireRow
from kuule.study.rules.checked_study import CheckedStudy

CODE = "STUDY_343"

DESCRIPTION_COLUMN = "image-description"
_FILES = ("image", "audio")


def check(checked: CheckedStudy) -> Iterator[Problem]:
    """Yield a problem for each file without words, each picture without a description, and each description without a
    picture."""
    questionnaire = checked.questionnaire
    for row in questionnaire.rows:
        shown = (row.is_asked or row.type == "note") and not row.is_generated
        yield from _of_row(row, "question" if row.is_asked else "note") if shown else ()
    for choice in questionnaire.choices:
        yield from _of_row(choice, "choice")


def _of_row(row: QuestionnaireRow | ChoiceRow, what: str) -> Iterator[Problem]:
    files = [kind for kind in _FILES if _has(row, kind)]
    described = bool(row.cells.get(DESCRIPTION_COLUMN))
    if files and not _has(row, "label"):
        cause = f"this {what} has {' and '.join(files)} and no label"
        yield Problem(CODE, row.place, cause, "write in label what is shown or said; the file stands beside it")
    elif "image" in files and not described and what != "choice":
        cause = "nothing says what the picture shows"
        remedy = f"write it in a column {DESCRIPTION_COLUMN}, or - there if the label says all that it shows"
        yield Problem(CODE, row.place, cause, remedy, Severity.WARNING)
    if described and "image" not in files and row.cells[DESCRIPTION_COLUMN] != "-":
        cause = f"{DESCRIPTION_COLUMN} says what a picture shows, and there is none"
        yield Problem(CODE, row.place, cause, "name the picture in image", Severity.WARNING)


def _has(row: QuestionnaireRow | ChoiceRow, column: str) -> bool:
    return row.cells.get(column, "-") not in ("", "-")
