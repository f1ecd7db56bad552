"""What an expression reads, found in its syntax tree without evaluating it: nodes, instances, functions."""

from __future__ import annotations

from dataclasses import dataclass, field

from kuule.forms.xpath.context import StaticContext
from kuule.forms.xpath.errors import XPathSyntaxError
from kuule.forms.xpath.parser import parse
from kuule.forms.xpath.resolving import CURRENT, resolved
from kuule.forms.xpath.scopes import everything, parts
from kuule.forms.xpath.syntax import Axis, Call, Expression, Filter, KindTest, Literal, NameTest, Path, Step


@dataclass(frozen=True, slots=True)
class Reading:
    """An absolute path, names only. `below`: all that is under it. `chosen`: predicates choose among instances.

    Reading a group or a repeat (`count(/data/child)`) means reading everything below it.
    """

    path: str
    below: bool = False
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class References:
    """`reads`: nodes of the primary instance, the expression's own (`.`) left out. `instances`: ids of the secondary
    instances that are named. `functions`: names of the functions called. `labelled`: selects whose labels are asked
    for (`jr:choice-name`), by absolute path.
    """

    reads: frozenset[Reading]
    instances: frozenset[str]
    functions: frozenset[str]
    labelled: frozenset[str]


def references(expression: Expression, static: StaticContext) -> References:
    """All that `expression` reads where it belongs to `static.context`."""
    walk = _Walk(static.context)
    walk.visit(expression, _Place(static.context or None))
    found = [each for each in everything(expression) if isinstance(each, Call)]
    return References(
        reads=frozenset(walk.found),
        instances=frozenset(name for call in found for name in _instances(call)),
        functions=frozenset(call.name for call in found),
        labelled=frozenset(path for call in found if (path := _labelled(call, static.context))),
    )


def _instances(call: Call) -> list[str]:
    name = call.arguments[0] if call.name in ("instance", "pulldata") and call.arguments else None
    return [name.text] if isinstance(name, Literal) else []


def _labelled(call: Call, context: str) -> str | None:
    """The select that jr:choice-name() names: a path in quotes, or in indexed-repeat()."""
    named = call.arguments[1] if call.name == "jr:choice-name" and len(call.arguments) > 1 else None
    if not isinstance(named, Literal):
        return None
    try:
        path = parse(named.text)
    except XPathSyntaxError:  # compile_expression() says what is wrong
        return None
    return resolved(path, context) if isinstance(path, Path) else None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a path is while its steps are walked. `path` None: in a secondary instance, or not known."""

    path: str | None
    chosen: bool = False


@dataclass(slots=True)
class _Walk:
    """One expression's walk: `context` is what `current()` means in it."""

    context: str
    found: set[Reading] = field(default_factory=set)

    def visit(self, expression: Expression, place: _Place) -> None:
        if isinstance(expression, Path):
            end = self._end(expression, place)
            if not (place.path == self.context and _is_itself(expression)):
                self._record(end)
        elif isinstance(expression, Filter):
            self._record(_Place(self._filtered(expression, place).path, chosen=True))
        elif isinstance(expression, Call) and expression.name == CURRENT:
            self._record(_Place(self.context or None))
        else:
            for part in parts(expression):
                self.visit(part, place)

    def _record(self, place: _Place) -> None:
        if place.path is not None:
            self.found.add(Reading(place.path, chosen=place.chosen))

    def _filtered(self, expression: Filter, place: _Place) -> _Place:
        start = self._start(expression.primary, place)
        for predicate in expression.predicates:
            self.visit(predicate, start)
        return start

    def _start(self, expression: Expression, place: _Place) -> _Place:
        if isinstance(expression, Call) and expression.name == CURRENT:
            return _Place(self.context or None)
        if isinstance(expression, Path):
            return self._end(expression, place)
        if isinstance(expression, Filter):
            return _Place(self._filtered(expression, place).path, chosen=True)
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
        if place.path is None or step.axis is Axis.ATTRIBUTE:
            return _Place(None)
        chosen = place.chosen or bool(step.predicates)
        if step.axis is Axis.CHILD and isinstance(step.test, NameTest) and step.test.name != "*":
            name = f"{step.test.prefix}:{step.test.name}" if step.test.prefix else step.test.name
            return _Place(f"{place.path}/{name}", chosen)
        if step.axis is Axis.PARENT:
            return _Place(place.path.rpartition("/")[0], chosen)
        if step.axis is Axis.SELF or _is_text(step):
            return _Place(place.path, chosen)
        within = place.path if step.axis in (Axis.CHILD, Axis.DESCENDANT, Axis.DESCENDANT_OR_SELF) else ""
        self.found.add(Reading(within, below=True, chosen=chosen))
        return _Place(None)


def _is_text(step: Step) -> bool:
    return step.axis is Axis.CHILD and isinstance(step.test, KindTest) and step.test.kind == "text"


def _is_itself(path: Path) -> bool:
    """`.`: a node's own value, which it may read without depending on itself."""
    return not path.absolute and path.start is None and all(step.axis is Axis.SELF for step in path.steps)
