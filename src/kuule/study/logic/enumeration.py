"""Small cases, evaluated by the engine itself: an expression that reads no answers, or answers with few values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from itertools import product
from math import prod

from kuule.core.problems import StudyError
from kuule.forms.xpath.compiler.expression_compiler import compile_expression
from kuule.forms.xpath.grammar.syntax_tree import Expression
from kuule.forms.xpath.grammar.xpath_errors import EvaluationError
from kuule.forms.xpath.runtime.evaluation_context import EvaluationContext
from kuule.forms.xpath.runtime.nodes import Node, document_node
from kuule.forms.xpath.runtime.values import DateValue
from kuule.study.logic.canonical import is_deterministic
from kuule.study.logic.domains import Domain

MAX_CASES = 600
"""The most combinations of answers that are tried."""

_DAY = date(2000, 1, 1)
"""Deterministic expressions do not read the clock, but the engine needs a day."""


@lru_cache(maxsize=4096)
def constant_value(expression: Expression) -> str | float | bool | DateValue | None:
    """The value of an expression that reads nothing; None if it has none, or if it can vary."""
    if not is_deterministic(expression):
        return None
    root = document_node(Node("data"), "data")
    try:
        value = compile_expression(expression).value(EvaluationContext(root, today=_DAY), root)
    except (StudyError, EvaluationError):
        return None
    return None if isinstance(value, list) else value


def truth_table(expression: Expression, domains: Mapping[str, Domain]) -> Mapping[tuple[str, ...], bool] | None:
    """Whether it is true for every combination of texts of the nodes; None if there are too many. A key has one text
    for each path of `domains`, in order."""
    few = tuple((path, domain.finite_texts) for path, domain in domains.items())
    known = tuple((path, texts) for path, texts in few if texts is not None)
    if len(known) < len(few) or prod(len(texts) for _, texts in known) > MAX_CASES:
        return None
    return _tried(expression, known)


@lru_cache(maxsize=4096)
def _tried(
    expression: Expression, domains: tuple[tuple[str, frozenset[str]], ...]
) -> Mapping[tuple[str, ...], bool] | None:
    root = document_node(Node("data"), "data")
    nodes = [_planted(root, path) for path, _ in domains]
    found = {}
    try:
        compiled = compile_expression(expression)
        for texts in product(*(sorted(texts) for _, texts in domains)):
            for node, text in zip(nodes, texts, strict=True):
                node.text = text
            found[texts] = compiled.boolean(EvaluationContext(root, today=_DAY), root)
    except (StudyError, EvaluationError):
        return None
    return found


def _planted(root: Node, path: str) -> Node:
    """The node at `path`, created with all nodes above it."""
    node = root
    for name in path.strip("/").split("/"):
        there = node.children_named(name)
        node = there[0] if there else node.append(Node(name))
    return node
