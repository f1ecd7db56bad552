"""The values of expressions and their conversions (XPath 1.0, sections 3 and 4; ODK XForms, `number()`).

A date value has days and a text: it is a number in arithmetic and a text where it is written. Digits are ASCII here; a
question type converts what a person types in other digits.
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
    """A date, or a date and time: the days since 1970-01-01T00:00Z (NaN if it is not a date) and the text of it."""

    days: float
    text: str


Value = str | float | bool | DateValue | list[Node]

_NUMBER = re.compile(r"[ \t\r\n]*(-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))[ \t\r\n]*")
_WHOLE = 1e15
"""A whole number below this is exact as an int, whose digits are the shortest text."""


def node_text(node: Node) -> str:
    """The string-value of a node, without a call for a leaf."""
    return node.string_value() if node.children else node.text


def parse_number(text: str, zone: tzinfo) -> float:
    """A decimal number, or the days of a date or date and time. NaN for any other text, also for one with an
    exponent."""
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
    """XPath's number(). A date counts as days, and one without an offset begins at midnight in `zone`."""
    if isinstance(value, str):
        return parse_number(value, zone)
    if isinstance(value, list):
        return parse_number(node_text(value[0]), zone) if value else NAN
    return value.days if isinstance(value, DateValue) else float(value)


def to_boolean(value: Value) -> bool:
    """XPath's boolean(). A date value is true if it is a date, also on day 0."""
    if isinstance(value, float):
        return value != 0 and value == value
    if isinstance(value, DateValue):
        return not math.isnan(value.days)
    return bool(value)
