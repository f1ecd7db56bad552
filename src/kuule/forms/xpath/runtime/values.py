"""The values of expressions and their conversions (XPath 1.0, sections 3 and 4; ODK XForms, `number()`).

A moment is days and its text: it counts as a number in arithmetic and as text where it is written. Digits are ASCII
here; what a person types in other digits is made so by its codec.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import tzinfo
from decimal import Decimal

from kuule.forms.xpath.runtime.dates import days_from_text
from kuule.forms.xpath.runtime.nodes import Node

NAN = math.nan


@dataclass(frozen=True, slots=True)
class DateValue:
    """A date or a date and time: days since 1970-01-01T00:00Z (NaN where it is none) and how it is written."""

    days: float
    text: str


Value = str | float | bool | DateValue | list[Node]

_NUMBER = re.compile(r"[ \t\r\n]*(-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))[ \t\r\n]*")
_WHOLE = 1e15
"""Below this a whole number is exact as int, and its digits are the shortest text."""


def node_text(node: Node) -> str:
    """A node's string-value, quickly for a leaf."""
    return node.string_value() if node.children else node.text


def parse_number(text: str, zone: tzinfo) -> float:
    """A decimal number, or the days of a date or date and time; NaN for anything else, also for exponents."""
    if text.isdigit() and text.isascii():
        return float(text)
    found = _NUMBER.fullmatch(text)
    if found is not None:
        return float(found[1])
    return days_from_text(text, zone)


def format_number(number: float) -> str:
    """The shortest decimal text without an exponent (XPath 1.0, section 4.2)."""
    if number == 0:
        return "0"
    if -_WHOLE < number < _WHOLE and number == int(number):
        return str(int(number))
    if math.isfinite(number):
        return _decimal_text(number)
    return "NaN" if math.isnan(number) else ("Infinity" if number > 0 else "-Infinity")


def _decimal_text(number: float) -> str:
    text = repr(number)
    if "e" in text:
        text = format(Decimal(text), "f")
    return text.removesuffix(".0")


def to_string(value: Value) -> str:
    """XPath's string()."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return node_text(value[0]) if value else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.text if isinstance(value, DateValue) else format_number(value)


def to_number(value: Value, zone: tzinfo) -> float:
    """XPath's number(), with dates as days; a date without an offset begins at midnight in `zone`."""
    if isinstance(value, str):
        return parse_number(value, zone)
    if isinstance(value, list):
        return parse_number(node_text(value[0]), zone) if value else NAN
    return value.days if isinstance(value, DateValue) else float(value)


def to_boolean(value: Value) -> bool:
    """XPath's boolean(); a moment is true where there is one, also on the day 0."""
    if isinstance(value, float):
        return value != 0 and value == value
    if isinstance(value, DateValue):
        return not math.isnan(value.days)
    return bool(value)
