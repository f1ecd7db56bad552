"""Paths resolved beforehand: the absolute path, names only, that a path means from a given place."""

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
    """`../b` from `/data/a` is `/data/b`. None where it cannot be known: other axes, no context, another instance.

    Predicates are passed over; a wildcard stays `*`; an attribute is its element (a form's logic reads elements).
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
    """Change `names` by one step; False where it leads nobody knows where."""
    if step == SELF_STEP or step.axis is XPathAxis.ATTRIBUTE:
        return True
    if step == PARENT_STEP:
        return bool(names and names.pop())
    if step.axis is XPathAxis.CHILD and isinstance(step.test, NameTest):
        names.append(step.test.name)
        return True
    return step.axis is XPathAxis.CHILD and isinstance(step.test, KindTest) and step.test.kind == "text"
