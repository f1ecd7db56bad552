"""Everything that a person is asked must have words or a picture. pyxform does not say in which row they are
missing."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem
from kuule.study.folder.questionnaire import Questionnaire, QuestionnaireRow

CODE = "STUDY_337"

_SHOWN = ("label", "hint", "image", "big-image", "audio", "video", "guidance_hint")


def check(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Yield a problem for each question and note with neither a label nor anything in its place, or a single one if no
    column has labels. Calculations are not shown."""
    wordless = [row for row in questionnaire.rows if _is_wordless(row)]
    if len(wordless) > 1 and "label" not in questionnaire.columns:
        cause = f"no column is headed label, so that {len(wordless)} questions and notes have no words"
        yield Problem(CODE, f"{questionnaire.file}, survey", cause, "head the column of the words with label")
        return
    for row in wordless:
        yield Problem(CODE, row.place, f"{row.name!r} has no label", "write what a person reads there")


def _is_wordless(row: QuestionnaireRow) -> bool:
    is_shown = (row.is_asked or row.type == "note") and not row.cells.get("calculation")
    return is_shown and not row.is_generated and not any(row.cells.get(one) for one in _SHOWN)
