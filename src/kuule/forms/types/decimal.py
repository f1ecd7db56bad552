"""Decimal numbers, stored with a point and at least one decimal place ("89.0"), as in ODK Web Forms and JavaRosa."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from kuule.forms.model.body_definition import QuestionDefinition
from kuule.forms.model.controls import Control
from kuule.forms.types.integer import normalise_number
from kuule.forms.types.question_type import QuestionType
from kuule.forms.types.violations import Violation, ViolationKind

_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,15}(?:\.[0-9]{0,15})?|\.[0-9]{1,15})", re.ASCII)
_TYPED = re.compile(r"[+-]?(?:[0-9]{1,15}(?:[.,][0-9]{0,15})?|[.,][0-9]{1,15})", re.ASCII)


def to_stored_form(text: str) -> str:
    """A computed or default value as a decimal number; blank if it is not a number."""
    text = text.strip()
    if not _NUMBER.fullmatch(text):
        return ""
    number = format(Decimal(text), "f")
    if "." not in number:
        return f"{number}.0"
    number = number.rstrip("0")
    return f"{number}0" if number.endswith(".") else number


def decode(posted: Sequence[str]) -> str | Violation:
    """The stored form of a typed number, in which either a point or a comma may separate the decimals."""
    text = normalise_number(posted[0] if posted else "")
    if not text:
        return ""
    if not _TYPED.fullmatch(text):
        return Violation(ViolationKind.NUMBER)
    return to_stored_form(text.replace(",", "."))


def encode(value: str) -> str:
    """The number as a person would have typed it: "89", not "89.0"."""
    return value.removesuffix(".0")


class DecimalType(QuestionType):
    control = Control.DECIMAL
    value_types = ("decimal",)
    xlsform_types = ("decimal",)
    note = "answered with a number"
    is_number = True
    reads_as_number = True
    stored_example = "89.5"

    def to_stored_form(self, text: str) -> str:
        return to_stored_form(text)

    def decode(
        self, question: QuestionDefinition, posted: Sequence[str], *, offered: Sequence[str], longest_text: int
    ) -> str | Violation:
        return decode(posted)

    def to_fields(self, question: QuestionDefinition, value: str) -> tuple[str, ...]:
        return (encode(value),)


DECIMAL = DecimalType()
