"""What was measured of the rules, for those who see their suggestions: of how many planted facts how many were found,
and how many suggestions were none.

The answers are made up (tests/qualitative/identifiers/planted), by the same people who made the rules, who mended rules
by what these answers showed. Real answers are harder: take the figures as the best that can be expected.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from kuule.qualitative.identifiers.recall_measuring import CategoryRecall
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory

FILE = "measured_recall.csv"
HEAD = ("language", "category", "planted", "found", "false_alarms", "answers")


@lru_cache(maxsize=1)
def _measured() -> Mapping[tuple[str, IdentifierCategory], CategoryRecall]:
    text = (files("kuule.qualitative.identifiers") / FILE).read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    return {(row["language"], IdentifierCategory(row["category"])): _recall(row) for row in rows}


def _recall(row: Mapping[str, str]) -> CategoryRecall:
    numbers = (int(row[name]) for name in HEAD[2:])
    return CategoryRecall(IdentifierCategory(row["category"]), *numbers)


def measured_languages() -> tuple[str, ...]:
    """The languages that were measured."""
    return tuple(sorted({language for language, _ in _measured()}))


def measured_recall(language: str) -> tuple[CategoryRecall, ...]:
    """What was measured in a language, by kind; nothing where nobody measured, which is to be said."""
    return tuple(recall for (one, _), recall in _measured().items() if one == language)


def recall_sentence(language: str, category: IdentifierCategory) -> str:
    """What is shown beside a suggestion of a kind, in English."""
    recall = _measured().get((language, category))
    if recall is None:
        return f"Never measured for {category} in {language}."
    found = f"In {recall.answers} made-up answers, {recall.found} of {recall.planted} were found"
    return f"{found}, and {recall.false_alarms} suggestions were none."


def recall_rows(language: str, recalls: tuple[CategoryRecall, ...]) -> list[tuple[str, ...]]:
    """Rows of the file, without its head."""
    return [
        (language, one.category, *map(str, (one.planted, one.found, one.false_alarms, one.answers))) for one in recalls
    ]
