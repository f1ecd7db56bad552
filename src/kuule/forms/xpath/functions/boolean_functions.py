"""Boolean functions (ODK XForms, Boolean Functions): the lazy ones, and checklists."""

from __future__ import annotations

import math

from kuule.forms.xpath.functions.signature import ContextNeed, XPathFunction, functions_by_name
from kuule.forms.xpath.grammar.syntax_tree import FunctionCall
from kuule.forms.xpath.runtime.closures import ClosureBuilder, ResultType, TypedClosure, as_boolean
from kuule.forms.xpath.runtime.evaluation_context import EvaluationContext
from kuule.forms.xpath.runtime.nodes import Node
from kuule.forms.xpath.runtime.values import Value, node_text, parse_number, to_boolean, to_number, to_string


def _if(builder: ClosureBuilder, call: FunctionCall) -> TypedClosure:
    """Evaluate only the branch that the condition selects."""
    test, then, otherwise = (builder.build(argument) for argument in call.arguments)
    condition = as_boolean(test)
    first, second = then.run, otherwise.run
    kind = then.type if then.type is otherwise.type else ResultType.ANY
    return TypedClosure(
        kind, lambda context, node: first(context, node) if condition(context, node) else second(context, node)
    )


def is_blank(value: Value) -> bool:
    """Whether coalesce() passes over a value: an empty text, no node, a node without text, NaN."""
    if isinstance(value, float):
        return math.isnan(value)
    return not isinstance(value, bool) and not to_string(value)


def _coalesce(builder: ClosureBuilder, call: FunctionCall) -> TypedClosure:
    runs = [builder.build(argument).run for argument in call.arguments]
    *first, last = runs

    def run(context: EvaluationContext, node: Node) -> Value:
        for each in first:
            value = each(context, node)
            if not is_blank(value):
                return value
        return last(context, node)

    return TypedClosure(ResultType.ANY, run)


def _once(builder: ClosureBuilder, call: FunctionCall) -> TypedClosure:
    """The node's own value if it has one, else the argument; blank if that is not a number."""
    calculate = builder.build(call.arguments[0]).run

    def run(context: EvaluationContext, node: Node) -> Value:
        own = node_text(node)
        if own:
            return own
        value = calculate(context, node)
        return "" if is_blank(value) else value

    return TypedClosure(ResultType.ANY, run)


def _from_string(text: str) -> bool:
    return text in ("true", "1")


def _within(total: float, fewest: float, most: float) -> bool:
    return (fewest < 0 or total >= fewest) and (most < 0 or total <= most)


def _counts(context: EvaluationContext, value: Value) -> list[bool]:
    """Whether each answer is true. A set of nodes is tested node by node; a text by its number, or by not being
    empty."""
    if isinstance(value, list):
        return [_is_true(context, node_text(node)) for node in value]
    return [_is_true(context, value) if isinstance(value, str) else to_boolean(value)]


def _is_true(context: EvaluationContext, text: str) -> bool:
    number = parse_number(text, context.zone)
    return bool(text) if math.isnan(number) else number > 0


def _checklist(context: EvaluationContext, fewest: float, most: float, *values: Value) -> bool:
    total = sum(sum(_counts(context, value)) for value in values)
    return _within(total, fewest, most)


def _weighted_checklist(context: EvaluationContext, fewest: float, most: float, *values: Value) -> bool:
    total = 0.0
    for value, weight in zip(values[::2], values[1::2], strict=True):
        weights = [parse_number(node_text(node), context.zone) for node in weight] if isinstance(weight, list) else []
        for place, counts in enumerate(_counts(context, value)):
            heavy = weights[place] if place < len(weights) else to_number(weight, context.zone)
            total += heavy if counts else 0
    return _within(total, fewest, most)


def _lang(context: EvaluationContext, node: Node, wanted: str) -> bool:
    """XPath 1.0, section 4.3: whether the nearest xml:lang is that language or a variety of it."""
    at: Node | None = node
    while at is not None:
        for attribute in at.attributes:
            if attribute.name == "lang" and attribute.prefix == "xml":
                return f"{attribute.text.lower()}-".startswith(f"{wanted.lower()}-")
        at = at.parent
    return False


_TRUTH, _ANY, _NUMBER = ResultType.BOOLEAN, ResultType.ANY, ResultType.NUMBER

BOOLEAN_FUNCTIONS = functions_by_name(
    XPathFunction("if", _ANY, (_TRUTH, _ANY, _ANY), build=_if),
    XPathFunction("coalesce", _ANY, (_ANY, _ANY), rest=_ANY, build=_coalesce),
    XPathFunction("once", _ANY, (_ANY,), build=_once),
    XPathFunction("true", _TRUTH, compute=lambda: True),
    XPathFunction("false", _TRUTH, compute=lambda: False),
    XPathFunction("boolean", _TRUTH, (_TRUTH,), compute=lambda value: value),
    XPathFunction("not", _TRUTH, (_TRUTH,), compute=lambda value: not value),
    XPathFunction("boolean-from-string", _TRUTH, (ResultType.STRING,), compute=_from_string),
    XPathFunction("checklist", _TRUTH, (_NUMBER, _NUMBER), rest=_ANY, compute=_checklist, needs=ContextNeed.CONTEXT),
    XPathFunction(
        "weighted-checklist",
        _TRUTH,
        (_NUMBER, _NUMBER),
        rest=_ANY,
        group=2,
        compute=_weighted_checklist,
        needs=ContextNeed.CONTEXT,
    ),
    XPathFunction("lang", _TRUTH, (ResultType.STRING,), compute=_lang, needs=ContextNeed.CONTEXT_AND_NODE),
)
