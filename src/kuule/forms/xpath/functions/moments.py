"""Date and time functions (ODK XForms, Date and Time Functions). Days and names come with the context."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime

from kuule.forms.xpath.code import Type
from kuule.forms.xpath.context import EvaluationContext
from kuule.forms.xpath.dates import (
    date_text,
    days_between,
    formatted,
    is_date_alone,
    moment_at,
    moment_of,
    moment_text,
    part_of_day,
)
from kuule.forms.xpath.functions.signature import Function, Reads, table
from kuule.forms.xpath.values import Moment, Value, string_of, to_number

NO_MOMENT = Moment(math.nan, "")
"""What a text that is no date becomes: blank where it is written, not a number in reckoning."""


def _today(context: EvaluationContext) -> Moment:
    midnight = datetime(context.today.year, context.today.month, context.today.day, tzinfo=context.zone)
    return Moment(days_between(midnight), context.today.isoformat())


def _now(context: EvaluationContext) -> Moment:
    """One moment for a visit: the first that was asked for."""
    kept = context.fixed.get("now")
    moment = moment_of(kept, context.zone) if kept else None
    if moment is None:
        moment = context.now.astimezone(context.zone)
        context.fixed["now"] = moment_text(moment)
    return Moment(days_between(moment), moment_text(moment))


def _moment(context: EvaluationContext, value: Value) -> datetime | None:
    """The moment that a value names: by days for a number, else by its text."""
    if isinstance(value, list):
        value = string_of(value[0]) if value else ""
    if isinstance(value, str):
        found = moment_of(value, context.zone)
        return found if found is not None else moment_at(to_number(value, context.zone), context.zone)
    return moment_at(to_number(value, context.zone), context.zone)


def _date(context: EvaluationContext, value: Value) -> Moment:
    moment = _moment(context, value)
    if moment is None:
        return NO_MOMENT
    return Moment(_days(context, value, moment), date_text(moment.astimezone(context.zone)))


def _date_time(context: EvaluationContext, value: Value) -> Moment:
    """A date stays a date where it is written: it has no time that could be told."""
    moment = _moment(context, value)
    if moment is None:
        return NO_MOMENT
    text = _text(value)
    local = moment.astimezone(context.zone)
    return Moment(_days(context, value, moment), text if is_date_alone(text) else moment_text(local))


def _days(context: EvaluationContext, value: Value, moment: datetime) -> float:
    return value if isinstance(value, float) else days_between(moment)


def _text(value: Value) -> str:
    if isinstance(value, list):
        return string_of(value[0]) if value else ""
    if isinstance(value, Moment):
        return value.text
    return value if isinstance(value, str) else ""


def _decimal_date_time(context: EvaluationContext, value: Value) -> float:
    moment = _moment(context, value)
    return math.nan if moment is None else _days(context, value, moment)


def _decimal_time(context: EvaluationContext, text: str) -> float:
    return part_of_day(text, context.zone, context.today)


def _formatted(context: EvaluationContext, value: Value, pattern: str) -> str:
    moment = _moment(context, value)
    return "" if moment is None else formatted(moment.astimezone(context.zone), pattern, context.date_names)


def _context(function: str, kind: Type, *parameters: Type) -> Function:
    return Function(function, kind, parameters, compute=_COMPUTE[function], reads=Reads.CONTEXT)


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

MOMENTS = table(
    _context("today", Type.ANY),
    _context("now", Type.ANY),
    _context("date", Type.ANY, Type.ANY),
    _context("date-time", Type.ANY, Type.ANY),
    _context("decimal-date-time", Type.NUMBER, Type.ANY),
    _context("decimal-time", Type.NUMBER, Type.STRING),
    _context("format-date", Type.STRING, Type.ANY, Type.STRING),
    _context("format-date-time", Type.STRING, Type.ANY, Type.STRING),
)
