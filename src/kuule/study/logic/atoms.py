"""What one comparison or call implies about the values that it reads, if it is true or if it is false.

Every result is a set that contains at least the values for which the atom comes out as wanted. A proof needs no more.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC

from kuule.forms.xpath.functions.library import LIBRARY
from kuule.forms.xpath.grammar.syntax_tree import (
    Expression,
    FunctionCall,
    Literal,
    Negation,
    OperatorChain,
    PathExpression,
)
from kuule.forms.xpath.runtime.closures import ResultType
from kuule.forms.xpath.runtime.values import DateValue, parse_number
from kuule.study.logic.canonical import is_deterministic, plain_path, plain_paths, subexpressions
from kuule.study.logic.domains import ANY_TEXT, Domain, none_of, one_of
from kuule.study.logic.enumeration import constant_value, truth_table
from kuule.study.logic.goals import Goal
from kuule.study.logic.intervals import INFINITY, Interval, NumberSet, comparison_solutions
from kuule.study.logic.variables import ConditionVariable

DomainKey = str | Expression | tuple[Expression, Expression]
"""What a Domain belongs to: a node by its path, a number or a truth value by its expression, or how two numbers
compare."""

KnownDomains = Mapping[DomainKey, Domain]
Narrowing = tuple[DomainKey, Domain]
FindVariable = Callable[[str, str], ConditionVariable | None]
"""(path, context) to the question at that path."""

_MIRRORED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_NOTHING = one_of([])
_TRUTH = one_of(["true", "false"])
_ORDER = one_of(["<", "=", ">", "none"])
_HOLDING = {"<": ("<",), "<=": ("<", "="), ">": (">",), ">=": (">", "=")}
_NEVER: tuple[Narrowing, ...] = (("", _NOTHING),)
"""The narrowing of an atom that cannot come out as wanted."""


@dataclass(frozen=True, slots=True)
class _Comparison:
    """`operand sign constant_value`, whichever way round it was written."""

    operand: Expression
    sign: str
    constant: str | float | bool | DateValue


def narrowings(goal: Goal, find: FindVariable, known: KnownDomains) -> tuple[Narrowing, ...]:
    """What follows if the atom comes out as wanted; nothing if no rule applies."""
    expression = goal.expression
    if not is_deterministic(expression):
        return ()
    paths = plain_paths(expression)
    variables = {path: variable for path in paths if (variable := find(path, goal.context))}
    if not paths:
        value = constant_value(expression)
        return () if value is None or _truth(value) is goal.wanted else _NEVER
    if len(variables) < len(paths):
        return ()
    if any(variable.has_many_nodes for variable in variables.values()):
        return _of_many(goal, variables)
    tried = truth_table(expression, {path: variable.domain for path, variable in variables.items()})
    if tried is not None:
        return tuple(_of_outcomes(goal, tuple(variables), tried, known))
    return _of_rules(goal, variables)


def initial_domain(key: DomainKey, variables: Mapping[str, ConditionVariable]) -> Domain:
    """What is known about a key before any atom has been looked at."""
    if isinstance(key, str):
        return variables[key].domain if key in variables else ANY_TEXT
    if isinstance(key, tuple):
        return _ORDER
    if isinstance(key, FunctionCall) and key.name in ("string-length", "count-selected", "count"):
        most = INFINITY
        variable = variables.get(plain_path(key.arguments[0]) or "") if key.arguments else None
        if key.name == "count-selected" and variable is not None and variable.choices is not None:
            most = len(variable.choices)
        return Domain(numbers=NumberSet((Interval(0, most),), False), whole=True)
    return ANY_TEXT if _is_number(key) else _TRUTH


def _of_outcomes(
    goal: Goal, paths: tuple[str, ...], tried: Mapping[tuple[str, ...], bool], known: KnownDomains
) -> Iterator[Narrowing]:
    left = [texts for texts, outcome in tried.items() if outcome is goal.wanted and _possible(paths, texts, known)]
    for place, path in enumerate(paths):
        yield path, one_of(texts[place] for texts in left)


def _possible(paths: tuple[str, ...], texts: tuple[str, ...], known: KnownDomains) -> bool:
    return all(text in known.get(path, ANY_TEXT) for path, text in zip(paths, texts, strict=True))


def _of_rules(goal: Goal, variables: Mapping[str, ConditionVariable]) -> tuple[Narrowing, ...]:
    expression, wanted = goal.expression, goal.wanted
    if isinstance(expression, PathExpression):
        return () if wanted else _NEVER  # the node exists, and a set with a node in it is true
    if wanted and _chooses_what_is_not_there(expression, variables):
        return _NEVER
    compared = _comparison(expression)
    if compared is not None:
        found = _of_comparison(compared, wanted, variables)
        if found is not None:
            return (found,)
    pair = _pair(expression)
    if pair is not None:
        sign, first, second = pair
        holding = one_of(_HOLDING[sign])
        return (((first, second), holding if wanted else none_of(*_HOLDING[sign])),)
    if _is_number(expression):
        numbers = comparison_solutions("!=", 0)[0] if wanted else comparison_solutions("=", 0)[0]
        return ((expression, Domain(numbers=NumberSet(numbers.intervals, nan=not wanted))),)
    return ((expression, one_of(["true" if wanted else "false"])),)


def _of_many(goal: Goal, variables: Mapping[str, ConditionVariable]) -> tuple[Narrowing, ...]:
    """A set of nodes compares with a constant if one of its nodes does; without nodes, it never does."""
    if not goal.wanted:
        return ()
    if _chooses_what_is_not_there(goal.expression, variables):
        return _NEVER
    compared = _comparison(goal.expression)
    path = None if compared is None else plain_path(compared.operand)
    if compared is None or path is None or isinstance(compared.constant, bool):
        return ()
    found = _of_comparison(compared, True, variables)
    return _NEVER if found is not None and variables[path].domain.intersection(found[1]).is_empty else ()


def _chooses_what_is_not_there(expression: Expression, variables: Mapping[str, ConditionVariable]) -> bool:
    """`selected(path, 'x')` where the question has no choice x. If there are few choices, they are tried one by one
    instead."""
    if not (isinstance(expression, FunctionCall) and expression.name == "selected" and len(expression.arguments) == 2):
        return False
    variable, wanted = variables.get(plain_path(expression.arguments[0]) or ""), expression.arguments[1]
    if variable is None or variable.choices is None or not isinstance(wanted, Literal):
        return False
    return wanted.text.strip() not in variable.choices


def _of_comparison(compared: _Comparison, wanted: bool, variables: Mapping[str, ConditionVariable]) -> Narrowing | None:
    value, path = compared.constant, plain_path(compared.operand)
    if isinstance(value, bool):
        return None
    if path is not None and isinstance(value, str) and compared.sign in ("=", "!="):
        same = (compared.sign == "=") is wanted
        return path, one_of([value]) if same else none_of(value)
    is_date = isinstance(value, DateValue) or (isinstance(value, str) and _DATE.fullmatch(value) is not None)
    if is_date is not (path is not None and variables[path].is_date):
        return None  # the day begins in the time zone of whoever asks, so a date is compared with dates only
    if path is None and not _is_number(compared.operand):
        return None
    true, false = comparison_solutions(compared.sign, _number(value))
    return path or compared.operand, Domain(numbers=true if wanted else false)


def _comparison(expression: Expression) -> _Comparison | None:
    sides = _sides(expression)
    if sides is None:
        return None
    sign, left, right = sides
    for operand, other, as_written in ((left, right, sign), (right, left, _MIRRORED[sign])):
        value = (
            constant_value(other)
            if not any(isinstance(part, PathExpression) for part in subexpressions(other))
            else None
        )
        if value is not None:
            return _Comparison(operand, as_written, value)
    return None


def _pair(expression: Expression) -> tuple[str, Expression, Expression] | None:
    """Two sides that both read answers, in one order, so that `a < b` and `b < a` are seen together."""
    sides = _sides(expression)
    if sides is None or sides[0] not in _HOLDING:
        return None
    sign, left, right = sides
    return (sign, left, right) if repr(left) <= repr(right) else (_MIRRORED[sign], right, left)


def _sides(expression: Expression) -> tuple[str, Expression, Expression] | None:
    if not isinstance(expression, OperatorChain) or len(expression.rest) != 1 or expression.rest[0][0] not in _MIRRORED:
        return None
    return expression.rest[0][0], expression.first, expression.rest[0][1]


def _is_number(expression: Expression) -> bool:
    if isinstance(expression, Negation):
        return True
    if isinstance(expression, FunctionCall):
        function = LIBRARY.get(expression.name)
        return function is not None and function.returns is ResultType.NUMBER
    return isinstance(expression, OperatorChain) and expression.rest[0][0] in ("+", "-", "*", "div", "mod")


def _number(value: str | float | DateValue) -> float:
    if isinstance(value, str):
        return parse_number(value, UTC)
    return value.days if isinstance(value, DateValue) else value


def _truth(value: str | float | bool | DateValue) -> bool:
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return not math.isnan(value.days) if isinstance(value, DateValue) else bool(value)
