"""Every row must have a type that XLSForm knows. pyxform stops at the first unknown one and does not say where it
is."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem
from kuule.core.suggestions import did_you_mean
from kuule.study.folder.meant_types import known_types, type_spellings
from kuule.study.folder.questionnaire import Questionnaire
from kuule.study.folder.written_types import SELECT_TYPES

CODE = "STUDY_333"


def check(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Yield a problem for each missing and each unknown type."""
    for place, name in questionnaire.untyped:
        yield Problem(CODE, place, f"{name!r} has no type" if name else "this row has no type", "write one")
    for row in questionnaire.rows:
        written = row.cells.get("type", "")
        if row.type in SELECT_TYPES and not row.list_name:
            yield Problem(CODE, row.place, f"{written!r} names no list", "write the list's name behind it")
        elif row.type not in known_types():
            first = written.split(" ")[0].lower()
            otherwise = did_you_mean(row.type, type_spellings(), "use a type of XLSForm")
            remedy = did_you_mean(first, type_spellings(), otherwise)
            yield Problem(CODE, row.place, f"{written!r} is no type of question", remedy)
