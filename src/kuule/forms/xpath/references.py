"""What an expression reads, found without evaluating it: paths, instances, functions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kuule.forms.xpath.context import StaticContext
from kuule.forms.xpath.errors import XPathSyntaxError
from kuule.forms.xpath.parser import parse
from kuule.forms.xpath.resolving import CURRENT, resolved
from kuule.forms.xpath.scopes import everything, parts
from kuule.forms.xpath.syntax import Call, Expression, Filter, Literal, Path


@dataclass(frozen=True, slots=True)
class References:
    """`paths`: absolute paths into the primary instance, names only, without positions; `*` is any name. Reading a
    group or a repeat (`count(/data/child)`) means reading everything below it. `instances`: ids of the secondary
    instances that are named. `functions`: names of the functions called. `anything`: the expression also reads what
    cannot be known beforehand (`//`, other axes, no static context).
    """

    paths: frozenset[str]
    instances: frozenset[str]
    functions: frozenset[str]
    anything: bool


@dataclass(slots=True)
class _Found:
    context: str
    paths: set[str] = field(default_factory=set)
    instances: set[str] = field(default_factory=set)
    anything: bool = False


_ELSEWHERE = "\0"
"""The context of a predicate in a secondary instance: a relative path there reads nothing of the form."""


def references(expression: Expression, static: StaticContext) -> References:
    """All that `expression` reads where it belongs to `static.context`."""
    found = _Found(static.context)
    _visit(expression, static.context, found)
    functions = frozenset(each.name for each in everything(expression) if isinstance(each, Call))
    return References(frozenset(found.paths), frozenset(found.instances), functions, found.anything)


def _visit(expression: Expression, here: str, found: _Found) -> None:
    """`here` is the path of the node that relative paths begin at."""
    if isinstance(expression, Path):
        _path(expression, here, found)
    elif isinstance(expression, Filter):
        _visit(expression.primary, here, found)
        inside = _place(expression.primary, here, found)
        for predicate in expression.predicates:
            _visit(predicate, inside, found)
    else:
        if isinstance(expression, Call):
            _call(expression, here, found)
        for part in parts(expression):
            _visit(part, here, found)


def _call(call: Call, here: str, found: _Found) -> None:
    if call.name == CURRENT:
        _record(found.context, found)
    elif call.name == "instance" or (call.name == "pulldata" and call.arguments):
        name = call.arguments[0] if call.arguments else None
        if isinstance(name, Literal):
            found.instances.add(name.text)
    elif call.name == "jr:choice-name" and len(call.arguments) > 1:
        named = _written_path(call.arguments[1])
        if named is not None:
            _record(resolved(named, found.context), found)


def _written_path(expression: Expression) -> Path | None:
    if not isinstance(expression, Literal):
        return None
    try:
        path = parse(expression.text)
    except XPathSyntaxError:  # compile_expression() says what is wrong
        return None
    return path if isinstance(path, Path) else None


def _path(path: Path, here: str, found: _Found) -> None:
    if path.start is not None and not (isinstance(path.start, Call) and path.start.name == CURRENT):
        _visit(path.start, here, found)
    for before, predicates in _places(path, here, found):
        for predicate in predicates:
            _visit(predicate, before, found)
    _record(_place(path, here, found), found)


def _places(path: Path, here: str, found: _Found) -> Iterator[tuple[str, tuple[Expression, ...]]]:
    """For each step with predicates, where they are evaluated."""
    for end, step in enumerate(path.steps, 1):
        if step.predicates:
            yield _place(Path(path.absolute, path.steps[:end], path.start), here, found), step.predicates


def _place(expression: Expression, here: str, found: _Found) -> str:
    """The path that nodes have which `expression` gives: _ELSEWHERE in an instance, "" where nobody knows."""
    if isinstance(expression, Filter):
        return _place(expression.primary, here, found)
    if isinstance(expression, Call):
        return _place_of_call(expression, here, found)
    if not isinstance(expression, Path):
        return ""
    start = here
    if expression.start is not None:
        start = _place(expression.start, here, found)
    if start == _ELSEWHERE and not expression.absolute:
        return _ELSEWHERE
    return resolved(Path(expression.absolute, expression.steps), start) or ""


def _place_of_call(call: Call, here: str, found: _Found) -> str:
    if call.name == CURRENT:
        return found.context
    if call.name == "instance":
        return _ELSEWHERE
    if call.name in ("randomize", "indexed-repeat") and call.arguments:
        return _place(call.arguments[0], here, found)
    return ""


def _record(path: str | None, found: _Found) -> None:
    if path == _ELSEWHERE:
        return
    if path:
        found.paths.add(path)
    else:
        found.anything = True
