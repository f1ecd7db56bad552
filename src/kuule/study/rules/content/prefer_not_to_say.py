"""A sensitive question must offer "I prefer not to say" as an answer of its own, besides passing over."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem
from kuule.study.folder.written_types import SELECT_TYPES
from kuule.study.rules.checked_study import CheckedStudy
from kuule.tables.missing import PREFER_NOT_TO_SAY

CODE = "STUDY_306"


def check(study: CheckedStudy) -> Iterator[Problem]:
    """Yield a problem for each select that study.toml names as sensitive and that lacks this answer."""
    for name in study.settings.answers.sensitive:
        row = study.questionnaire.questions.get(name)
        if row and row.type in SELECT_TYPES and PREFER_NOT_TO_SAY not in study.questionnaire.values(name):
            cause = f"{name!r} is sensitive, and its list {row.list_name!r} has no {PREFER_NOT_TO_SAY}"
            yield Problem(CODE, row.place, cause, f"add the choice {PREFER_NOT_TO_SAY} to the list")
