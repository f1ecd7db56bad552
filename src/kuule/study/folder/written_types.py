"""Types as an author writes them in the survey sheet: in one spelling, and the question types that they stand for."""

from __future__ import annotations

import re

from kuule.forms.types.question_type import QuestionType
from kuule.forms.types.type_registry import QUESTION_TYPES

_WORDS_AROUND = re.compile(r"^(add|q|get) | prompt$| using$| from$")
_SELECT_ONE = re.compile(
    r"(?:add )?select[ _]?(?:one|1)(?:[ _]external| from file| prompt using| from|_from_file)?\s+(\S+)"
)
_SELECT_MANY = re.compile(
    r"(?:add )?select[ _](?:multiple|all that apply)(?: from file| prompt using| from|_from_file)?\s+(\S+)"
)
_RANK = re.compile(r"rank\s+(\S+)")
_ALIASES = {
    "photo": "image",
    "picture": "image",
    "string": "text",
    "int": "integer",
    "trigger": "acknowledge",
    "location": "geopoint",
    "gps": "geopoint",
    "start time": "start",
    "end time": "end",
    "device id": "deviceid",
    "imei": "deviceid",
    "sim id": "simserial",
    "subscriber id": "subscriberid",
    "phone number": "phonenumber",
    "datetime": "date time",
}
CHOICE_TYPES = frozenset(name for one in QUESTION_TYPES if one.has_choices for name in one.xlsform_types)
"""Types that name a list of choices."""
SELECT_TYPES = frozenset(
    name for one in QUESTION_TYPES if one.has_choices and one.is_countable for name in one.xlsform_types
)
"""Those of which the choices are counted: all but a ranking."""
TEXT_TYPES = frozenset(name for one in QUESTION_TYPES if one.is_text for name in one.xlsform_types)
"""Types that ask for free text."""
_BY_WRITTEN_TYPE = {name: one for one in reversed(QUESTION_TYPES) for name in one.xlsform_types}
UNASKED_TYPES = frozenset(
    {"note", "calculate", "hidden", "start", "end", "today", "audit", "xml-external", "csv-external"}
)
"""Types that nobody can answer."""


def parse_type(written: str) -> tuple[str, str]:
    """The type in its standard spelling, and the name of its list: `select one from yes_no` is ("select_one",
    "yes_no")."""
    text = " ".join(written.split())
    for pattern, kind in ((_SELECT_ONE, "select_one"), (_SELECT_MANY, "select_multiple"), (_RANK, "rank")):
        match = pattern.match(text)
        if match:
            return kind, match[1]
    lowered = text.lower()
    group = re.fullmatch(r"(begin|end)[ _](group|repeat|loop|lgroup|looped group)(?: .*)?", lowered)
    if group:
        return f"{group[1]} {group[2]}", ""
    plain = _WORDS_AROUND.sub("", _WORDS_AROUND.sub("", lowered))
    return _ALIASES.get(plain, plain), ""


def find_written_type(row_type: str) -> QuestionType | None:
    """The type of question that a type in its standard spelling stands for; None if nobody is asked by it, or if it
    asks for what Kuule does not take. Of two types that are written alike, the one without an appearance."""
    return _BY_WRITTEN_TYPE.get(row_type)
