"""A day and a time of day (2026-11-24T14:30:00). A time zone and fractions of a second are kept if there are any."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kuule.forms.model.body_definition import QuestionDefinition
from kuule.forms.model.controls import Control
from kuule.forms.types import date, time
from kuule.forms.types.question_type import QuestionType
from kuule.forms.types.violations import Violation, ViolationKind

_STORED = re.compile(rf"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})T{time.TIME_PATTERN}", re.ASCII)
_BETWEEN = re.compile(r"[T\s]+")


def to_stored_form(text: str) -> str:
    text = text.strip()
    match = _STORED.fullmatch(text)
    return text if match is not None and date.is_calendar_day(match.group(1)) else ""


def decode(posted: Sequence[str]) -> str | Violation:
    """The stored form of one field ("2026-11-24T14:30") or of two, a day and a time."""
    pieces = [piece for piece in _BETWEEN.split(" ".join(posted).strip()) if piece]
    if not pieces:
        return ""
    day = date.decode(pieces[:1])
    if isinstance(day, Violation):
        return day
    hour = time.decode(pieces[1:2])
    if isinstance(hour, Violation) or not hour or len(pieces) > 2:
        return Violation(ViolationKind.TIME)
    return f"{day}T{hour}"


def encode(value: str) -> str:
    day, _, hour = value.partition("T")
    return f"{day}T{time.encode(hour)}" if hour else day


class DateTimeType(QuestionType):
    control = Control.DATETIME
    value_types = ("dateTime",)
    xlsform_types = ("date time",)
    note = "answered with a date and a time"
    stored_example = "2026-11-24T07:30:00.000"
    has_several_fields = True

    def to_stored_form(self, text: str) -> str:
        return to_stored_form(text)

    def decode(
        self, question: QuestionDefinition, posted: Sequence[str], *, offered: Sequence[str], longest_text: int
    ) -> str | Violation:
        return decode(posted)

    def to_fields(self, question: QuestionDefinition, value: str) -> tuple[str, ...]:
        return (encode(value),)


DATETIME = DateTimeType()
