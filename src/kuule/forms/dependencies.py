"""Which nodes an expression reads, found in its syntax tree; nothing is evaluated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kuule.forms.xpath.syntax import (
    Axis,
    Call,
    Chain,
    Expression,
    Filter,
    KindTest,
    NameTest,
    Negation,
    Path,
    Step,
)

_ONTO_ITSELF = frozenset({Axis.SELF})
_VOLATILE = frozenset({"once", "random", "uuid", "now", "today"})


@dataclass(frozen=True, slots=True)
class Reading:
    """An absolute path, names only. `below`: all that is under it. `chosen`: predicates choose among instances."""

    path: str
    below: bool = False
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a path is while its steps are walked. `path` None: in a secondary instance, or not known."""

    path: str | None
    chosen: bool = False


def readings(expression: Expression, context: str) -> frozenset[Reading]:
    """All that `expression` reads of the primary instance; `context` is the path of the node it belongs to.

    Its own value, read as `.`, is left out.
    """
    found: set[Reading] = set()
    _Walk(context, found).visit(expression, _Place(context))
    return frozenset(found)


def calls(expression: Expression) -> Iterator[str]:
    """The names of all functions that `expression` calls."""
    if isinstance(expression, Call):
        yield expression.name
    for part in _parts(expression):
        yield from calls(part)


def is_volatile(expression: Expression) -> bool:
    """Whether its value can differ with nothing else having changed, so that it must be kept for a visit."""
    return not _VOLATILE.isdisjoint(calls(expression))


def _parts(expression: Expression) -> Iterator[Expression]:
    if isinstance(expression, Call):
        yield from expression.arguments
    elif isinstance(expression, Chain):
        yield expression.first
        yield from (operand for _, operand in expression.rest)
    elif isinstance(expression, Negation):
        yield expression.operand
    elif isinstance(expression, Filter):
        yield expression.primary
        yield from expression.predicates
    elif isinstance(expression, Path):
        if expression.start is not None:
            yield expression.start
        for step in expression.steps:
            yield from step.predicates


def _is_itself(path: Path) -> bool:
    """`.`: a node's own value, which it may read without depending on itself."""
    return not path.absolute and path.start is None and all(step.axis is Axis.SELF for step in path.steps)


class _Walk:
    """One expression's walk: `context` is what `current()` means in it."""

    def __init__(self, context: str, found: set[Reading]) -> None:
        self._context = context
        self._found = found

    def visit(self, expression: Expression, place: _Place) -> None:
        if isinstance(expression, Path):
            end = self._end(expression, place)
            if not (place.path == self._context and _is_itself(expression)):
                self._record(end)
        elif isinstance(expression, Filter):
            start = self._start(expression.primary, place)
            for predicate in expression.predicates:
                self.visit(predicate, start)
            self._record(_Place(start.path, chosen=True))
        elif isinstance(expression, Call) and expression.name == "current":
            self._record(_Place(self._context))
        else:
            for part in _parts(expression):
                self.visit(part, place)

    def _record(self, place: _Place) -> None:
        if place.path is not None:
            self._found.add(Reading(place.path, chosen=place.chosen))

    def _start(self, expression: Expression, place: _Place) -> _Place:
        if isinstance(expression, Call) and expression.name == "current":
            return _Place(self._context)
        if isinstance(expression, Path):
            return self._end(expression, place)
        if isinstance(expression, Filter):
            start = self._start(expression.primary, place)
            for predicate in expression.predicates:
                self.visit(predicate, start)
            return _Place(start.path, chosen=True)
        self.visit(expression, place)
        return _Place(None)

    def _end(self, path: Path, place: _Place) -> _Place:
        if path.absolute:
            place = _Place("")
        elif path.start is not None:
            place = self._start(path.start, place)
        for step in path.steps:
            place = self._stepped(step, place)
            for predicate in step.predicates:
                self.visit(predicate, place)
        return place

    def _stepped(self, step: Step, place: _Place) -> _Place:
        if place.path is None:
            return place
        chosen = place.chosen or bool(step.predicates)
        if step.axis is Axis.CHILD and isinstance(step.test, NameTest) and step.test.name != "*":
            name = f"{step.test.prefix}:{step.test.name}" if step.test.prefix else step.test.name
            return _Place(f"{place.path}/{name}", chosen)
        if step.axis is Axis.PARENT:
            return _Place(place.path.rpartition("/")[0], chosen)
        if step.axis in _ONTO_ITSELF:
            return _Place(place.path, chosen)
        if step.axis is Axis.ATTRIBUTE:
            return _Place(None)
        if step.axis is Axis.CHILD and isinstance(step.test, KindTest) and step.test.kind == "text":
            return _Place(place.path, chosen)
        within = place.path if step.axis in (Axis.CHILD, Axis.DESCENDANT, Axis.DESCENDANT_OR_SELF) else ""
        self._found.add(Reading(within, below=True, chosen=chosen))
        return _Place(None)
