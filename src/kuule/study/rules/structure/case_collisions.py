"""Two names that differ only by case are confused by people and by some formats of datasets.

This is a warning. SPSS, older tools of Stata, and file systems that ignore case do not distinguish `Age` from `age`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kuule.core.problems import Problem, Severity
from kuule.study.folder.questionnaire import ChoiceRow, Questionnaire, QuestionnaireRow

CODE = "STUDY_324"


def check(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Yield a warning for names of questions and groups, and for choices of one list, that differ only by case."""
    yield from _alike(list(questionnaire.rows_by_name.values()), "the name")
    for choices in questionnaire.choice_lists.values():
        yield from _alike(choices, "the choice")


def _alike(rows: Sequence[QuestionnaireRow | ChoiceRow], what: str) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for row in rows:
        first = seen.setdefault(row.name.casefold(), row.name)
        if first != row.name:
            cause = f"{what} {row.name!r} differs from {first!r} only by case"
            yield Problem(CODE, row.place, cause, "give one of them another name", Severity.WARNING)
