"""A number between two bounds, in steps."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from kuule.forms.model.body_definition import QuestionDefinition
from kuule.forms.model.controls import Control
from kuule.forms.types import decimal, integer
from kuule.forms.types.question_type import QuestionType, number_or_nan
from kuule.forms.types.violations import Violation, ViolationKind

DEFAULT_BOUNDS = ("1", "10", "1")
"""Start, end and step if a form gives none, as in ODK."""


def decode(posted: Sequence[str], *, bounds: tuple[str, str, str], whole: bool) -> str | Violation:
    value = integer.decode(posted) if whole else decimal.decode(posted)
    if isinstance(value, Violation) or not value or is_on_range(value, bounds):
        return value
    return Violation(ViolationKind.NUMBER_RANGE, detail=f"{bounds[0]}–{bounds[1]}")


def is_on_range(value: str, bounds: tuple[str, str, str]) -> bool:
    """Whether the value is between start and end, whichever is larger, and a whole number of steps from the start."""
    try:
        number, start, end, step = (Decimal(text) for text in (value, *bounds))
    except InvalidOperation:
        return False
    if not min(start, end) <= number <= max(start, end):
        return False
    return step == 0 or (number - start) % step == 0


class RangeType(QuestionType):
    control = Control.RANGE
    element = "range"
    xlsform_types = ("range",)
    note = "answered on a scale"
    is_number = True
    reads_as_number = True
    is_countable = True
    is_typed = False
    has_bounds = True

    def decode(
        self, question: QuestionDefinition, posted: Sequence[str], *, offered: Sequence[str], longest_text: int
    ) -> str | Violation:
        return decode(
            posted, bounds=question.bounds or DEFAULT_BOUNDS, whole=question.value_type in integer.INTEGER.value_types
        )

    def to_fields(self, question: QuestionDefinition, value: str) -> tuple[str, ...]:
        return (decimal.encode(value),)

    def max_number(self, question: QuestionDefinition) -> float | None:
        return None if question.bounds is None else max(number_or_nan(bound) for bound in question.bounds[:2])


RANGE = RangeType()
