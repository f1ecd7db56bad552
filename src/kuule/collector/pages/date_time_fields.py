"""Days and times as separate small fields: a picker of the browser drops what is half filled, and speaks badly.

A day is asked as day, month and year, each a number in any script, in the order of the page's language. The fields of
one question are called `<field>~day` and so on; before the journey sees them they are one text, as typed.
Source: design system of GOV.UK, "Dates" (three text inputs); WCAG 2.2, 3.3.1 and 3.3.4.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kuule.forms.model.controls import Control
from kuule.forms.navigation.page import Question
from kuule.languages.cldr.locale_formats import date_locale

_MARK = "~"
_DAY = ("year", "month", "day")
_TIME = ("hour", "minute")
_PATTERN_LETTERS = {"day": "d", "month": "M", "year": "y"}
_QUOTED = re.compile(r"'[^']*'")
_DIGITS = {"year": 4, "month": 2, "day": 2, "hour": 2, "minute": 2}
MAX_PIECES = len(_DAY) + len(_TIME)


@dataclass(frozen=True, slots=True)
class DateTimePiece:
    """One small field: `name` is also that of its label among the interface texts; `digits` how wide it is."""

    name: str
    field: str
    typed: str
    digits: int


def date_time_pieces(question: Question, tag: str) -> tuple[DateTimePiece, ...]:
    """The fields of a day or a time in the order of the language `tag`; none for what is asked in one field."""
    names = _names(question, tag)
    if len(names) <= 1:
        return ()
    typed = _split(question.typed[0] if question.typed else "", question.control)
    return tuple(
        DateTimePiece(name, f"{question.field}{_MARK}{name}", typed.get(name, ""), _DIGITS[name]) for name in names
    )


def join_date_times(fields: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """Posted fields with those of days and times put together: 2026-11-24, 2026-11, 14:30, 2026-11-24T14:30.

    What is no number stays as it was typed, in its place. All fields blank are no answer.
    """
    kept: dict[str, Sequence[str]] = {}
    parts: dict[str, dict[str, str]] = {}
    for name, values in fields.items():
        field, mark, piece = name.rpartition(_MARK)
        if mark and piece in _DIGITS:
            parts.setdefault(field, {})[piece] = values[0].strip() if values else ""
        else:
            kept[name] = values
    return {field: [_join(typed)] for field, typed in parts.items()} | kept


def _join(typed: Mapping[str, str]) -> str:
    if not any(typed.values()):
        return ""
    day = "-".join(_padded(typed[name], name) for name in _DAY if name in typed)
    time = ":".join(_padded(typed[name], name) for name in _TIME if name in typed)
    if not any(typed.get(name) for name in _DAY):
        day = ""
    if not any(typed.get(name) for name in _TIME):
        time = ""
    both = any(name in typed for name in _DAY) and any(name in typed for name in _TIME)
    return f"{day}T{time}" if both else day or time


def _padded(text: str, name: str) -> str:
    """A month, day or minute of one digit with a nought before it; a year is left: 90 is no year."""
    return f"0{text}" if name != "year" and len(text) == 1 and text.isdecimal() else text


def _names(question: Question, tag: str) -> tuple[str, ...]:
    if question.control is Control.TIME:
        return _TIME
    if question.control not in (Control.DATE, Control.DATETIME):
        return ()
    if "year" in question.appearance:
        return ("year",)
    wanted = ("year", "month") if "month-year" in question.appearance else _DAY
    written = date_locale(tag).date_formats["medium"].pattern
    pattern = _QUOTED.sub("", written)
    day = tuple(sorted(wanted, key=lambda name: pattern.find(_PATTERN_LETTERS[name])))
    return day + _TIME if question.control is Control.DATETIME else day


def _split(text: str, control: Control) -> dict[str, str]:
    if control is Control.TIME:
        return dict(zip(_TIME, text.split(":", 1), strict=False))
    day, _, time = text.partition("T")
    return dict(zip(_DAY, day.split("-", 2), strict=False)) | dict(zip(_TIME, time.split(":", 1), strict=False))
