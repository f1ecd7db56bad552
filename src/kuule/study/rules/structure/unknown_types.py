"""Every row must have a type that XLSForm knows. pyxform stops at the first unknown one and does not say where it
is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kuule.core.problems import Problem
from kuule.core.suggestions import did_you_mean
from kuule.study.folder.questionnaire import CHOICE_TYPES, SELECT_TYPES, Questionnaire, parse_type

CODE = "STUDY_333"

_GROUPS = {
    f"{edge} {kind}" for edge in ("begin", "end") for kind in ("group", "repeat", "loop", "lgroup", "looped group")
}
_WRITTEN = ("begin_group", "end_group", "begin_repeat", "end_repeat")


@cache
def _known() -> frozenset[str]:
    from pyxform.question_type_dictionary import QUESTION_TYPE_DICT  # slow to import, and only this rule needs it

    return frozenset({*(parse_type(written)[0] for written in QUESTION_TYPE_DICT), *_GROUPS, *CHOICE_TYPES})


def check(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Yield a problem for each missing and each unknown type."""
    for place, name in questionnaire.untyped:
        yield Problem(CODE, place, f"{name!r} has no type" if name else "this row has no type", "write one")
    for row in questionnaire.rows:
        written = row.cells.get("type", "")
        if row.type in SELECT_TYPES and not row.list_name:
            yield Problem(CODE, row.place, f"{written!r} names no list", "write the list's name behind it")
        elif row.type not in _known():
            first = written.split(" ")[0].lower()
            written_so = sorted({*_known(), *_WRITTEN})
            remedy = did_you_mean(first, written_so, did_you_mean(row.type, written_so, "use a type of XLSForm"))
            yield Problem(CODE, row.place, f"{written!r} is no type of question", remedy)
