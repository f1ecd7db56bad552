"""Date and time functions (ODK XForms, Date and Time Functions). The day and the names of months come from the
context."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime

from kuule.forms.xpath.functions.signature import ContextNeed, XPathFunction, functions_by_name
from kuule.forms.xpath.runtime.closures import ResultType
from kuule.forms.xpath.runtime.dates import (
    datetime_from_days,
    days_from_datetime,
    format_by_pattern,
    format_date,
    format_datetime,
    fraction_of_day,
    is_date_only,
    parse_datetime,
)
from kuule.forms.xpath.runtime.evaluation_context import EvaluationContext
from kuule.forms.xpath.runtime.values import DateValue, Value, node_text, to_number

NO_DATE = DateValue(math.nan, "")
"""The value of a text that is not a date: blank where it is written, and not a number in arithmetic."""


def _today(context: EvaluationContext) -> DateValue:
    midnight = datetime(context.today.year, context.today.month, context.today.day, tzinfo=context.zone)
    return DateValue(days_from_datetime(midnight), context.today.isoformat())


def _now(context: EvaluationContext) -> DateValue:
    """The moment of the visit: the first one that was asked for."""
    kept = context.fixed.get("now")
    moment = parse_datetime(kept, context.zone) if kept else None
    if moment is None:
        moment = context.now.astimezone(context.zone)
        context.fixed["now"] = format_datetime(moment)
    return DateValue(days_from_datetime(moment), format_datetime(moment))


def _moment(context: EvaluationContext, value: Value) -> datetime | None:
    """The moment of a value: a number counts as days, anything else by its text."""
    if isinstance(value, list):
        value = node_text(value[0]) if value else ""
    if isinstance(value, str):
        found = parse_datetime(value, context.zone)
        return found if found is not None else datetime_from_days(to_number(value, context.zone), context.zone)
    return datetime_from_days(to_number(value, context.zone), context.zone)


def _date(context: EvaluationContext, value: Value) -> DateValue:
    moment = _moment(context, value)
    if moment is None:
        return NO_DATE
    return DateValue(_days(context, value, moment), format_date(moment.astimezone(context.zone)))


def _date_time(context: EvaluationContext, value: Value) -> DateValue:
    """A date stays a date where it is written, since it has no time to write."""
    moment = _moment(context, value)
    if moment is None:
        return NO_DATE
    text = _text(value)
    local = moment.astimezone(context.zone)
    return DateValue(_days(context, value, moment), text if is_date_only(text) else format_datetime(local))


def _days(context: EvaluationContext, value: Value, moment: datetime) -> float:
    return value if isinstance(value, float) else days_from_datetime(moment)


def _text(value: Value) -> str:
    if isinstance(value, list):
        return node_text(value[0]) if value else ""
    if isinstance(value, DateValue):
        return value.text
    return value if isinstance(value, str) else ""


def _decimal_date_time(context: EvaluationContext, value: Value) -> float:
    moment = _moment(context, value)
    return math.nan if moment is None else _days(context, value, moment)


def _decimal_time(context: EvaluationContext, text: str) -> float:
    return fraction_of_day(text, context.zone, context.today)


def _formatted(context: EvaluationContext, value: Value, pattern: str) -> str:
    moment = _moment(context, value)
    return "" if moment is None else format_by_pattern(moment.astimezone(context.zone), pattern, context.date_names)


def _context(function: str, kind: ResultType, *parameters: ResultType) -> XPathFunction:
    return XPathFunction(function, kind, parameters, compute=_COMPUTE[function], needs=ContextNeed.CONTEXT)


_COMPUTE: dict[str, Callable[..., Value]] = {
    "today": _today,
    "now": _now,
    "date": _date,
    "date-time": _date_time,
    "decimal-date-time": _decimal_date_time,
    "decimal-time": _decimal_time,
    "format-date": _formatted,
    "format-date-time": _formatted,
}

DATE_FUNCTIONS = functions_by_name(
    _context("today", ResultType.ANY),
    _context("now", ResultType.ANY),
    _context("date", ResultType.ANY, ResultType.ANY),
    _context("date-time", ResultType.ANY, ResultType.ANY),
    _context("decimal-date-time", ResultType.NUMBER, ResultType.ANY),
    _context("decimal-time", ResultType.NUMBER, ResultType.STRING),
    _context("format-date", ResultType.STRING, ResultType.ANY, ResultType.STRING),
    _context("format-date-time", ResultType.STRING, ResultType.ANY, ResultType.STRING),
)
