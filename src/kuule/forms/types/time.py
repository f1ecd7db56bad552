"""Times of day (14:30:00). A time zone and fractions of a second are kept if there are any."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kuule.forms.model.body_definition import QuestionDefinition
from kuule.forms.model.controls import Control
from kuule.forms.types.integer import normalise_number
from kuule.forms.types.question_type import QuestionType
from kuule.forms.types.violations import Violation, ViolationKind

ZONE_PATTERN = r"(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])?"
TIME_PATTERN = rf"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{{1,3}})?{ZONE_PATTERN}"
_STORED = re.compile(TIME_PATTERN, re.ASCII)
_TYPED = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])(?:[:.]([0-5][0-9]))?", re.ASCII)


def to_stored_form(text: str) -> str:
    text = text.strip()
    return text if _STORED.fullmatch(text) else ""


def decode(posted: Sequence[str]) -> str | Violation:
    text = normalise_number(posted[0] if posted else "")
    if not text:
        return ""
    match = _TYPED.fullmatch(text)
    if match is None:
        return Violation(ViolationKind.TIME)
    return f"{match.group(1):0>2}:{match.group(2)}:{match.group(3) or '00'}"


def encode(value: str) -> str:
    return value[:5] if value[5:8] == ":00" else value[:8]


class TimeType(QuestionType):
    control = Control.TIME
    value_types = ("time",)
    xlsform_types = ("time",)
    note = "answered with a time"
    stored_example = "07:30:00"

    def to_stored_form(self, text: str) -> str:
        return to_stored_form(text)

    def decode(
        self, question: QuestionDefinition, posted: Sequence[str], *, offered: Sequence[str], longest_text: int
    ) -> str | Violation:
        return decode(posted)

    def to_fields(self, question: QuestionDefinition, value: str) -> tuple[str, ...]:
        return (encode(value),)


TIME = TimeType()
