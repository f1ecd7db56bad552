"""A number between two ends, on a step."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from kuule.forms.types import decimal, integer
from kuule.forms.types.violations import Violation, ViolationKind


def decode(posted: Sequence[str], *, bounds: tuple[str, str, str], whole: bool) -> str | Violation:
    value = integer.decode(posted) if whole else decimal.decode(posted)
    if isinstance(value, Violation) or not value or is_on_range(value, bounds):
        return value
    return Violation(ViolationKind.NUMBER_RANGE, detail=f"{bounds[0]}–{bounds[1]}")


def is_on_range(value: str, bounds: tuple[str, str, str]) -> bool:
    """Whether the value lies between the ends, whichever is larger, and on a step from the first."""
    try:
        number, start, end, step = (Decimal(text) for text in (value, *bounds))
    except InvalidOperation:
        return False
    if not min(start, end) <= number <= max(start, end):
        return False
    return step == 0 or (number - start) % step == 0
