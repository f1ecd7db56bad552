"""Every row must have a type that XLSForm knows. pyxform stops at the first unknown one and does not say where it
is."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem
from kuule.core.suggestions import did_you_mean
from kuule.study.folder.meant_types import is_known_type, type_spellings
from kuule.study.folder.questionnaire import Questionnaire
from kuule.study.folder.written_types import SELECT_TYPES, parse_type
from kuule.study.rules.lost_columns import has_lost_types, lost_column

CODE = "STUDY_333"

_APPEARANCES = frozenset({"likert", "minimal", "quick", "autocomplete", "columns", "horizontal", "dropdown", "radio"})
"""What other tools offer as types of questions, and XLSForm as a way to show a select."""


def check(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Yield a problem for each missing and each unknown type, or a single one if no row has any."""
    if has_lost_types(questionnaire):
        so_that = "no row says what it asks"
        yield from lost_column(CODE, questionnaire, "survey", "type", so_that=so_that, of="the types")
        return
    for place, name in questionnaire.untyped:
        yield Problem(CODE, place, f"{name!r} has no type" if name else "this row has no type", "write one")
    for row in questionnaire.rows:
        written = row.cells.get("type", "")
        if row.type in SELECT_TYPES and not row.list_name:
            yield Problem(CODE, row.place, f"{written!r} names no list", "write the list's name behind it")
        elif not is_known_type(row.type):
            yield Problem(CODE, row.place, f"{written!r} is no type of question", _remedy(written, row.type))


def _remedy(written: str, kind: str) -> str:
    words = written.split()
    first = words[0].lower()
    if first in _APPEARANCES:
        return f"write select_one and the list's name, and {first} in the column appearance"
    in_small_letters, list_name = parse_type(written.lower())
    if list_name and in_small_letters in SELECT_TYPES:
        return f"did you mean {f'{in_small_letters} {words[-1]}'!r}?"
    otherwise = did_you_mean(kind, type_spellings(), "use a type of XLSForm")
    return did_you_mean(first, type_spellings(), otherwise)
