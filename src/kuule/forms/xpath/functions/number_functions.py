"""Number functions (ODK XForms, Number Functions): sums, rounding, powers, logarithms, angles."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal

from kuule.forms.xpath.functions.signature import ContextNeed, XPathFunction, functions_by_name
from kuule.forms.xpath.runtime.closures import ResultType
from kuule.forms.xpath.runtime.evaluation_context import EvaluationContext
from kuule.forms.xpath.runtime.nodes import Node
from kuule.forms.xpath.runtime.values import NAN, DateValue, Value, format_number, node_text, parse_number, to_number

_MOST_PLACES = 30
"""The most decimal places that round() considers. At most 17 digits of a double mean something."""


def _number(context: EvaluationContext, value: Value) -> Value:
    """A date or date and time is its days: a whole number where it is written, with the fraction in arithmetic."""
    text = node_text(value[0]) if isinstance(value, list) and value else value
    number = to_number(value, context.zone)
    dated = isinstance(text, DateValue) or (isinstance(text, str) and "-" in text[1:])
    if dated and math.isfinite(number):
        return DateValue(number, format_number(float(math.floor(number))))
    return number


def _truncated(number: float) -> float:
    return math.copysign(math.trunc(number), number) if math.isfinite(number) else number


def _floor(number: float) -> float:
    return float(math.floor(number)) if math.isfinite(number) else number


def _ceiling(number: float) -> float:
    return math.copysign(math.ceil(number), number) if math.isfinite(number) else number


def round_half_up(number: float, places: float = 0.0) -> float:
    """Round half up, as XPath 1.0 says (-1.5 is -1), by the decimal digits as written: 2.15 to one place is 2.2."""
    if not math.isfinite(number) or math.isnan(places):
        return NAN if math.isnan(places) else number
    digits = int(max(-400.0, min(places, _MOST_PLACES)))
    exact = Decimal(repr(number))
    if digits >= -int(exact.as_tuple().exponent):
        return number
    shift = exact.scaleb(digits).to_integral_value(ROUND_HALF_UP if number > 0 else ROUND_HALF_DOWN)
    return math.copysign(abs(float(shift.scaleb(-digits))), number)


def _sum(context: EvaluationContext, nodes: list[Node]) -> float:
    """The sum; 0 for no nodes (XPath 1.0, section 4.4)."""
    return sum(_numbers(context, (nodes,)), 0.0)


def _numbers(context: EvaluationContext, values: tuple[Value, ...]) -> list[float]:
    found: list[float] = []
    for value in values:
        if isinstance(value, list):
            found.extend(parse_number(node_text(node), context.zone) for node in value)
        else:
            found.append(to_number(value, context.zone))
    return found


def _largest(context: EvaluationContext, *values: Value) -> float:
    return _chosen(max, _numbers(context, values))


def _smallest(context: EvaluationContext, *values: Value) -> float:
    return _chosen(min, _numbers(context, values))


def _chosen(choose: Callable[[list[float]], float], numbers: list[float]) -> float:
    """The chosen number; NaN if there is none, or if one of them is not a number (XPath 3.0, fn:max)."""
    if not numbers or any(math.isnan(number) for number in numbers):
        return NAN
    return choose(numbers)


def _safely(compute: Callable[..., float]) -> Callable[..., float]:
    """Turn exceptions of Python into the NaN or infinity of IEEE 754."""

    def run(*numbers: float) -> float:
        try:
            return compute(*numbers)
        except ValueError:
            return NAN
        except OverflowError:
            return math.inf

    return run


def _logarithm(compute: Callable[[float], float]) -> Callable[[float], float]:
    safe = _safely(compute)
    return lambda number: -math.inf if number == 0 else safe(number)


def _power(base: float, exponent: float) -> float:
    if base == 0 and exponent < 0:
        return math.inf
    if abs(base) == 1 and not math.isfinite(exponent):
        return NAN
    if math.isnan(exponent):
        return NAN
    try:
        return math.pow(base, exponent)
    except ValueError:
        return NAN
    except OverflowError:
        return -math.inf if base < 0 and exponent % 2 == 1 else math.inf


_NUMBER, _ANY = ResultType.NUMBER, ResultType.ANY


def _plain(name: str, compute: Callable[..., float], count: int = 1) -> XPathFunction:
    return XPathFunction(name, _NUMBER, (_NUMBER,) * count, compute=_safely(compute))


NUMBER_FUNCTIONS = functions_by_name(
    XPathFunction(
        "number", _ANY, (_ANY,), required=0, defaults_to_context_node=True, compute=_number, needs=ContextNeed.CONTEXT
    ),
    XPathFunction("int", _NUMBER, (_NUMBER,), compute=_truncated),
    XPathFunction("floor", _NUMBER, (_NUMBER,), compute=_floor),
    XPathFunction("ceiling", _NUMBER, (_NUMBER,), compute=_ceiling),
    XPathFunction("round", _NUMBER, (_NUMBER, _NUMBER), required=1, compute=round_half_up),
    XPathFunction("sum", _NUMBER, (ResultType.NODES,), compute=_sum, needs=ContextNeed.CONTEXT),
    XPathFunction("max", _NUMBER, (_ANY,), rest=_ANY, compute=_largest, needs=ContextNeed.CONTEXT),
    XPathFunction("min", _NUMBER, (_ANY,), rest=_ANY, compute=_smallest, needs=ContextNeed.CONTEXT),
    XPathFunction("pow", _NUMBER, (_NUMBER, _NUMBER), compute=_power),
    XPathFunction("log", _NUMBER, (_NUMBER,), compute=_logarithm(math.log)),
    XPathFunction("log10", _NUMBER, (_NUMBER,), compute=_logarithm(math.log10)),
    XPathFunction("abs", _NUMBER, (_NUMBER,), compute=math.fabs),
    XPathFunction("pi", _NUMBER, compute=lambda: math.pi),
    XPathFunction("exp10", _NUMBER, (_NUMBER,), compute=lambda number: _power(10.0, number)),
    _plain("exp", math.exp),
    _plain("sqrt", math.sqrt),
    _plain("sin", math.sin),
    _plain("cos", math.cos),
    _plain("tan", math.tan),
    _plain("asin", math.asin),
    _plain("acos", math.acos),
    _plain("atan", math.atan),
    _plain("atan2", math.atan2, 2),
)
