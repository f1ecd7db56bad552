"""A number between two ends, on a step."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from kuule.forms.codecs import decimal, integer
from kuule.forms.page import Misfit, Unfit


def decode(posted: Sequence[str], *, bounds: tuple[str, str, str], whole: bool) -> str | Unfit:
    value = integer.decode(posted) if whole else decimal.decode(posted)
    if isinstance(value, Unfit) or not value or fits(value, bounds):
        return value
    return Unfit(Misfit.NUMBER_RANGE, detail=f"{bounds[0]}–{bounds[1]}")


def fits(value: str, bounds: tuple[str, str, str]) -> bool:
    """Whether the value lies between the ends, whichever is larger, and on a step from the first."""
    try:
        number, start, end, step = (Decimal(text) for text in (value, *bounds))
    except InvalidOperation:
        return False
    if not min(start, end) <= number <= max(start, end):
        return False
    return step == 0 or (number - start) % step == 0
