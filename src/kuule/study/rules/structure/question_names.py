"""Every question must have a valid name of its own, because study.toml and the report refer to questions by name.

pyxform stops at the first such row; this rule reports them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kuule.core.problems import Problem, Severity
from kuule.study.folder.questionnaire import Questionnaire, QuestionnaireRow
from kuule.study.rules.lost_columns import has_lost_names, lost_column

CODE = "STUDY_331"

_NAME = re.compile(r"[^\W\d][\w.-]*")


def check(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Yield a problem for each name that is missing, invalid in XML or used twice, or a single one if no column has
    names. A name used in two different groups is a warning."""
    if has_lost_names(questionnaire):
        yield from lost_column(CODE, questionnaire, "survey", "name", so_that="no question has one", of="the names")
        return
    paths: dict[str, QuestionnaireRow] = {}
    seen: dict[str, QuestionnaireRow] = {}
    for row in questionnaire.rows:
        if row.type.startswith("end ") or (not row.name and row.type == "note"):
            continue
        if not row.name:
            yield Problem(CODE, row.place, "this row has no name", "name it with letters, digits and _")
        elif not _NAME.fullmatch(row.name):
            cause = f"{row.name!r} is no name"
            yield Problem(CODE, row.place, cause, "begin with a letter, and go on with letters, digits, _, - and .")
        elif paths.setdefault(row.path, row) is not row:
            yield _twice(row, paths[row.path], Severity.ERROR)
        elif not row.type.startswith("begin") and seen.setdefault(row.name, row) is not row:
            yield _twice(row, seen[row.name], Severity.WARNING)


def _twice(row: QuestionnaireRow, first: QuestionnaireRow, severity: Severity) -> Problem:
    cause = f"{row.name!r} is the name of {first.place} too"
    return Problem(CODE, row.place, cause, "give each question a name of its own", severity)
