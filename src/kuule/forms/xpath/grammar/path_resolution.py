"""Resolves paths before evaluation: the absolute path, of names only, that a path means at a given node."""

from __future__ import annotations

from kuule.forms.xpath.grammar.syntax_tree import (
    PARENT_STEP,
    SELF_STEP,
    FunctionCall,
    KindTest,
    NameTest,
    PathExpression,
    Step,
    XPathAxis,
)

CURRENT = "current"


def resolve_path(path: PathExpression, context: str) -> str | None:
    """The absolute path: `../b` at `/data/a` is `/data/b`. None if it is not known before evaluation (other axes, no
    context, another instance).

    Predicates are ignored, a wildcard stays `*`, and an attribute counts as its element, because a form's logic reads
    elements.
    """
    names = _beginning(path, context)
    if names is None:
        return None
    for step in path.steps:
        if not _follow(names, step):
            return None
    return "/" + "/".join(names)


def _beginning(path: PathExpression, context: str) -> list[str] | None:
    if path.absolute:
        return []
    if path.start is not None and not (isinstance(path.start, FunctionCall) and path.start.name == CURRENT):
        return None
    return context.strip("/").split("/") if context else None


def _follow(names: list[str], step: Step) -> bool:
    """Change `names` by one step. Returns False if the step leads to a node that is not known."""
    if step == SELF_STEP or step.axis is XPathAxis.ATTRIBUTE:
        return True
    if step == PARENT_STEP:
        return bool(names and names.pop())
    if step.axis is XPathAxis.CHILD and isinstance(step.test, NameTest):
        names.append(step.test.name)
        return True
    return step.axis is XPathAxis.CHILD and isinstance(step.test, KindTest) and step.test.kind == "text"
