"""Everything that a person is asked must have words or a picture, and so must every answer. pyxform does not say in
which row a question's are missing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kuule.core.problems import Problem
from kuule.study.folder.questionnaire import Questionnaire, QuestionnaireRow
from kuule.study.rules.lost_columns import is_lost, lost_column

CODE = "STUDY_337"

_COUNTRY = re.compile("[A-Z]{2}")
"""A choice whose words may come from CLDR."""
_SHOWN = ("label", "hint", "image", "big-image", "audio", "video", "guidance_hint")


def check(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Yield a problem for each question and note with neither a label nor anything in its place, or a single one if no
    column has labels; and one if no column has those of the answers. Calculations are not shown."""
    wordless = [row for row in questionnaire.rows if _is_wordless(row)]
    if len(wordless) > 1 and is_lost(questionnaire, "survey", "label"):
        so_that = f"{len(wordless)} questions and notes have no words"
        yield from lost_column(CODE, questionnaire, "survey", "label", so_that=so_that, of="the words")
    else:
        for row in wordless:
            said = repr(row.name) if row.name else f"a {row.type}"
            yield Problem(CODE, row.place, f"{said} has no label", "write what a person reads there")
    answers = [one for one in questionnaire.choices if one.name and not _COUNTRY.fullmatch(one.name)]
    if len(answers) > 1 and not any(one.cells.get(shown) for one in answers for shown in _SHOWN):
        so_that = f"{len(answers)} answers have no words"
        yield from lost_column(CODE, questionnaire, "choices", "label", so_that=so_that, of="the words")


def _is_wordless(row: QuestionnaireRow) -> bool:
    is_shown = (row.is_asked or row.type == "note") and not row.cells.get("calculation")
    return is_shown and not row.is_generated and not any(row.cells.get(one) for one in _SHOWN)
