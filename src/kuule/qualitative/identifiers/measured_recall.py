"""What was measured of the rules, for those who see their suggestions: of how many planted facts how many were found,
and how many suggestions were none.

All answers are made up, by those who made the rules. Some were there while rules were made, and rules were mended by
them; others were written last, and nothing was changed for what they showed. Real answers are harder than either.
`python -m bench.identifiers write` makes the table anew.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

from kuule.languages.cldr.tags import english_name
from kuule.qualitative.identifiers.recall_measuring import CategoryRecall
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory

FILE = "measured_recall.csv"
HEAD = ("answers", "language", "category", "planted", "found", "false_alarms", "number_of_answers")


class MadeUpAnswers(StrEnum):
    """Which made-up answers were measured with."""

    PLANTED = "planted"
    """Rules were mended by these."""
    UNSEEN = "unseen"
    """Written last: nothing was changed for these."""


Measured = Mapping[tuple[str, IdentifierCategory, MadeUpAnswers], CategoryRecall]


_MET = {True: "that the rules had never met", False: "that they were mended by"}


@lru_cache(maxsize=1)
def _measured() -> Measured:
    text = (files("kuule.qualitative.identifiers") / FILE).read_text("utf-8")
    recalls = ((row, _recall(row)) for row in csv.DictReader(text.splitlines()))
    return {(row["language"], one.category, MadeUpAnswers(row["answers"])): one for row, one in recalls}


def _recall(row: Mapping[str, str]) -> CategoryRecall:
    return CategoryRecall(IdentifierCategory(row["category"]), *(int(row[name]) for name in HEAD[3:]))


def measured_recall(language: str, answers: MadeUpAnswers) -> tuple[CategoryRecall, ...]:
    """What was measured in a language, by kind; nothing where nobody measured, which is to be said."""
    return tuple(one for (tag, _, kind), one in _measured().items() if tag == language and kind is answers)


def recall_sentence(language: str, category: IdentifierCategory) -> str:
    """What is shown beside a suggestion of a kind, in English."""
    found = [_measured().get((language, category, kind)) for kind in (MadeUpAnswers.UNSEEN, MadeUpAnswers.PLANTED)]
    unseen, planted = found
    known = [one for one in (unseen, planted) if one is not None and one.planted]
    if not known:
        return f"Nobody has measured how well {category} is found in {english_name(language)}."
    parts = [f"{one.found} of {one.planted} {_MET[one is unseen]}" for one in known]
    false = sum(one.false_alarms for one in found if one is not None)
    return f"Found in made-up answers: {'; '.join(parts)}. False alarms there: {false}."


def recall_rows(answers: MadeUpAnswers, language: str, recalls: Sequence[CategoryRecall]) -> list[tuple[str, ...]]:
    """Rows of the file, without its head."""
    return [
        (answers, language, one.category, *map(str, (one.planted, one.found, one.false_alarms, one.answers)))
        for one in recalls
    ]
