"""Dates and times in separate small fields: a browser's date picker drops what is half filled in, and is hard to use.

A date is asked as day, month and year, each a number in any script, in the order of the page's language. The fields of
one question are called `<field>~day` and so on; they are joined into one text, as it was typed, before the journey sees
them. Source: design system of GOV.UK, "Dates" (three text inputs); WCAG 2.2, 3.3.1 and 3.3.4.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kuule.languages.cldr.locale_formats import date_locale

_MARK = "~"
DAY_PIECES = ("year", "month", "day")
TIME_PIECES = ("hour", "minute")
_PATTERN_LETTERS = {"day": "d", "month": "M", "year": "y"}
_QUOTED = re.compile(r"'[^']*'")
_DIGITS = {"year": 4, "month": 2, "day": 2, "hour": 2, "minute": 2}
MAX_PIECES = len(DAY_PIECES) + len(TIME_PIECES)


@dataclass(frozen=True, slots=True)
class DateTimePiece:
    """One small field. `name` is also the name of the interface text that labels it; `digits` is its width."""

    name: str
    field: str
    typed: str
    digits: int


def make_pieces(field: str, names: Sequence[str], typed: Mapping[str, str]) -> tuple[DateTimePiece, ...]:
    """The small fields of a question whose one field would be `field`."""
    return tuple(DateTimePiece(name, f"{field}{_MARK}{name}", typed.get(name, ""), _DIGITS[name]) for name in names)


def day_pieces_in_order(tag: str, *, with_day: bool = True) -> tuple[str, ...]:
    """Year, month and day as the language `tag` writes them."""
    written = date_locale(tag).date_formats["medium"].pattern
    pattern = _QUOTED.sub("", written)
    wanted = DAY_PIECES if with_day else DAY_PIECES[:-1]
    return tuple(sorted(wanted, key=lambda name: pattern.find(_PATTERN_LETTERS[name])))


def join_date_times(fields: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """Posted fields, with those of each date and time joined: 2026-11-24, 2026-11, 14:30, 2026-11-24T14:30.

    What is not a number stays as it was typed, in its place. Where all fields are blank there is no answer.
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
    day = "-".join(_padded(typed[name], name) for name in DAY_PIECES if name in typed)
    time = ":".join(_padded(typed[name], name) for name in TIME_PIECES if name in typed)
    if not any(typed.get(name) for name in DAY_PIECES):
        day = ""
    if not any(typed.get(name) for name in TIME_PIECES):
        time = ""
    both = any(name in typed for name in DAY_PIECES) and any(name in typed for name in TIME_PIECES)
    return f"{day}T{time}" if both else day or time


def _padded(text: str, name: str) -> str:
    """A month, day or minute of one digit with a zero before it. A year is left alone: 90 is not the year 90."""
    return f"0{text}" if name != "year" and len(text) == 1 and text.isdecimal() else text
