"""Days, stored as in ISO 8601 (2026-11-24). If a form asks for a year or a month only, its first day is stored."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date

from kuule.forms.model.body_definition import QuestionDefinition
from kuule.forms.model.controls import Control
from kuule.forms.types.integer import normalise_number
from kuule.forms.types.question_type import QuestionType
from kuule.forms.types.violations import Violation, ViolationKind

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)
_STORED = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T[0-9:.]+)?", re.ASCII)
_MONTH = re.compile(r"([0-9]{4})-([0-9]{1,2})", re.ASCII)
_YEAR = re.compile(r"([0-9]{4})", re.ASCII)


def to_stored_form(text: str) -> str:
    """A computed or default value as a day. A time of day is cut off; with a time zone, or if the day does not exist,
    the result is blank."""
    match = _STORED.fullmatch(text.strip())
    return match.group(1) if match is not None and is_calendar_day(match.group(1)) else ""


def is_calendar_day(text: str) -> bool:
    """Whether `text` is a day of the calendar, written as YYYY-MM-DD."""
    match = _DAY.fullmatch(text)
    if match is None:
        return False
    try:
        date(int(match.group(1)), int(match.group(2)), int(match.group(3)))
    except ValueError:
        return False
    return True


def decode(posted: Sequence[str], *, appearance: Collection[str] = ()) -> str | Violation:
    text = normalise_number(posted[0] if posted else "")
    if not text:
        return ""
    if "year" in appearance and (match := _YEAR.fullmatch(text)):
        text = f"{match.group(1)}-01-01"
    elif "month-year" in appearance and (match := _MONTH.fullmatch(text)):
        text = f"{match.group(1)}-{match.group(2):0>2}-01"
    return text if is_calendar_day(text) else Violation(ViolationKind.DATE)


def encode(value: str, *, appearance: Collection[str] = ()) -> str:
    if "year" in appearance:
        return value[:4]
    return value[:7] if "month-year" in appearance else value


class DateType(QuestionType):
    control = Control.DATE
    value_types = ("date",)
    xlsform_types = ("date",)
    note = "answered with a date"
    reads_as_number = True
    stored_example = "2026-11-24"

    def to_stored_form(self, text: str) -> str:
        return to_stored_form(text)

    def decode(
        self, question: QuestionDefinition, posted: Sequence[str], *, offered: Sequence[str], longest_text: int
    ) -> str | Violation:
        return decode(posted, appearance=question.appearance)

    def to_fields(self, question: QuestionDefinition, value: str) -> tuple[str, ...]:
        return (encode(value, appearance=question.appearance),)


DATE = DateType()
