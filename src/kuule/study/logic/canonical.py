"""Canonical expressions: two that mean the same are equal, with absolute paths and calls without numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache

from kuule.forms.xpath.grammar.path_resolution import resolve_path
from kuule.forms.xpath.grammar.subexpressions import direct_subexpressions
from kuule.forms.xpath.grammar.syntax_tree import (
    Expression,
    FilterExpression,
    FunctionCall,
    NameTest,
    Negation,
    OperatorChain,
    PathExpression,
    Step,
    XPathAxis,
)

REFERENCE = re.compile(r"\$\{\s*([^}\s]+)\s*\}")
_PLAIN = frozenset({XPathAxis.CHILD, XPathAxis.PARENT, XPathAxis.SELF})
NON_DETERMINISTIC = frozenset(
    [
        "once", "random", "uuid", "now", "today", "randomize", "position", "last", "current", "lang", "instance",
        "pulldata", "indexed-repeat", "jr:choice-name", "jr:itext", "version", "format-date", "format-date-time",
    ]
)  # fmt: skip
"""Functions whose value is not determined by the nodes in their arguments, so that two calls can differ."""


_CONSTANTS = frozenset({"true", "false", "pi"})


def expand_references(written: str, path_of: Callable[[str], str]) -> str:
    """The expression with a path for each `${name}`."""
    return REFERENCE.sub(lambda found: path_of(found[1]), written)


def canonical_form(expression: Expression, context: str) -> Expression:
    """The same expression with plain paths absolute (`..` and `.` resolved from `context`) and calls unnumbered."""
    if isinstance(expression, PathExpression):
        return _path(expression, context)
    if isinstance(expression, FunctionCall):
        return FunctionCall(expression.name, tuple(canonical_form(one, context) for one in expression.arguments), 0)
    if isinstance(expression, OperatorChain):
        rest = tuple((operator, canonical_form(operand, context)) for operator, operand in expression.rest)
        return OperatorChain(canonical_form(expression.first, context), rest)
    if isinstance(expression, Negation):
        return replace(expression, operand=canonical_form(expression.operand, context))
    return expression


def _path(path: PathExpression, context: str) -> PathExpression:
    full = resolve_path(path, context) if _is_plain(path) else None
    if full is None:
        return path
    return PathExpression(True, tuple(Step(XPathAxis.CHILD, NameTest("", name)) for name in full.split("/") if name))


def _is_plain(path: PathExpression) -> bool:
    return all(
        step.axis in _PLAIN and not step.predicates and (not isinstance(step.test, NameTest) or step.test.name != "*")
        for step in path.steps
    )


def plain_path(expression: Expression) -> str | None:
    """`/data/a/b` for a canonical plain path; None for everything else."""
    if not isinstance(expression, PathExpression) or not expression.absolute or expression.start is not None:
        return None
    names = [step.test.name for step in expression.steps if isinstance(step.test, NameTest)]
    plain = len(names) == len(expression.steps) and _is_plain(expression)
    return "/" + "/".join(names) if plain and all(step.axis is XPathAxis.CHILD for step in expression.steps) else None


def subexpressions(expression: Expression) -> Iterator[Expression]:
    """The expression and every expression in it. The steps of a plain path have none."""
    yield expression
    for part in direct_subexpressions(expression):
        yield from subexpressions(part)


@lru_cache(maxsize=4096)
def plain_paths(expression: Expression) -> tuple[str, ...]:
    """The plain paths that a canonical expression names, each once."""
    return tuple(dict.fromkeys(path for part in subexpressions(expression) if (path := plain_path(part))))


@lru_cache(maxsize=4096)
def is_deterministic(expression: Expression) -> bool:
    """Whether its value is determined only by the nodes that its plain paths name."""
    for part in subexpressions(expression):
        if isinstance(part, FunctionCall) and (
            part.name in NON_DETERMINISTIC or not (part.arguments or part.name in _CONSTANTS)
        ):
            return False
        if isinstance(part, FilterExpression) or (isinstance(part, PathExpression) and plain_path(part) is None):
            return False
    return True
