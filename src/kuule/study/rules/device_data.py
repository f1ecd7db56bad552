"""Nothing is kept of the device or of the moment: both can lead to a person (DESIGN.md, decisions 3 and 8).

The week of sending is kept, inside the envelope. A day or an hour (`start`, `end`, `today`, a calculation with `now()`)
would be finer than the promise says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kuule.errors import Problem
from kuule.study.questionnaire import Questionnaire, Row

CODE = "STUDY_303"

_DEVICE = frozenset({"deviceid", "username", "simserial", "subscriberid", "barcode", "audit", "email", "phonenumber"})
_MOMENT = frozenset({"start", "end", "today"})
_CLOCK = re.compile(r"\bnow\s*\(|^\s*(?:once\s*\(\s*)?today\s*\(\s*\)\s*\)?\s*$")


def check(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Metadata types, and answers that are made of the clock."""
    for row in questionnaire.rows:
        cause = _cause(row)
        if cause:
            yield Problem(CODE, row.place, cause, "take the row out; the week of sending is kept by itself")


def _cause(row: Row) -> str:
    kind = row.kind.removeprefix("uri:")
    if kind in _DEVICE:
        return f"{row.name or kind!r} keeps data of the device or of its owner ({kind})"
    if kind in _MOMENT:
        return f"{row.name or kind!r} keeps the time of the visit ({kind})"
    if any(_CLOCK.search(expression) for expression in row.expressions):
        return f"{row.name!r} is made of the clock"
    return ""
