"""Finds what an expression reads from its syntax tree, without evaluating it: nodes, instances, functions."""

from __future__ import annotations

from dataclasses import dataclass, field

from kuule.forms.xpath.grammar.parser import parse
from kuule.forms.xpath.grammar.path_resolution import CURRENT, resolve_path
from kuule.forms.xpath.grammar.subexpressions import all_subexpressions, direct_subexpressions
from kuule.forms.xpath.grammar.syntax_tree import (
    Expression,
    FilterExpression,
    FunctionCall,
    KindTest,
    Literal,
    NameTest,
    PathExpression,
    Step,
    XPathAxis,
)
from kuule.forms.xpath.grammar.xpath_errors import XPathSyntaxError
from kuule.forms.xpath.runtime.evaluation_context import StaticContext


@dataclass(frozen=True, slots=True)
class Reference:
    """A node that an expression reads, as an absolute path of names. `includes_descendants`: everything below it is
    read too. `has_predicate`: predicates choose among instances.

    Reading a group or a repeat (`count(/data/child)`) means reading everything below it.
    """

    path: str
    includes_descendants: bool = False
    has_predicate: bool = False


@dataclass(frozen=True, slots=True)
class References:
    """All that an expression reads. `reads`: nodes of the primary instance, except its own (`.`). `instances`: ids of
    the secondary instances that it names. `functions`: names of the functions that it calls. `labelled_selects`:
    absolute paths of the selects whose labels it asks for (`jr:choice-name`)."""

    reads: frozenset[Reference]
    instances: frozenset[str]
    functions: frozenset[str]
    labelled_selects: frozenset[str]


def find_references(expression: Expression, static: StaticContext) -> References:
    """All that an expression reads if it belongs to the node `static.node_path`."""
    walk = _Walk(static.node_path)
    walk.visit(expression, _Place(static.node_path or None))
    found = [each for each in all_subexpressions(expression) if isinstance(each, FunctionCall)]
    return References(
        reads=frozenset(walk.found),
        instances=frozenset(name for call in found for name in _instances(call)),
        functions=frozenset(call.name for call in found),
        labelled_selects=frozenset(path for call in found if (path := _labelled(call, static.node_path))),
    )


def _instances(call: FunctionCall) -> list[str]:
    name = call.arguments[0] if call.name in ("instance", "pulldata") and call.arguments else None
    return [name.text] if isinstance(name, Literal) else []


def _labelled(call: FunctionCall, context: str) -> str | None:
    """The select that jr:choice-name() names: a path in quotes, or one in indexed-repeat(). None if it cannot be
    resolved."""
    named = call.arguments[1] if call.name == "jr:choice-name" and len(call.arguments) > 1 else None
    if not isinstance(named, Literal):
        return None
    try:
        path = parse(named.text)
    except XPathSyntaxError:  # compile_expression() reports it
        return None
    return resolve_path(path, context) if isinstance(path, PathExpression) else None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a path is while its steps are followed. `path` is None in a secondary instance, or if it is not known."""

    path: str | None
    chosen: bool = False


@dataclass(slots=True)
class _Walk:
    """Follows the paths of one expression. `context` is what `current()` means in it."""

    context: str
    found: set[Reference] = field(default_factory=set)

    def visit(self, expression: Expression, place: _Place) -> None:
        if isinstance(expression, PathExpression):
            end = self._end(expression, place)
            if not (place.path == self.context and _is_itself(expression)):
                self._record(end)
        elif isinstance(expression, FilterExpression):
            self._record(_Place(self._filtered(expression, place).path, chosen=True))
        elif isinstance(expression, FunctionCall) and expression.name == CURRENT:
            self._record(_Place(self.context or None))
        else:
            for part in direct_subexpressions(expression):
                self.visit(part, place)

    def _record(self, place: _Place) -> None:
        if place.path is not None:
            self.found.add(Reference(place.path, has_predicate=place.chosen))

    def _filtered(self, expression: FilterExpression, place: _Place) -> _Place:
        start = self._start(expression.primary, place)
        for predicate in expression.predicates:
            self.visit(predicate, start)
        return start

    def _start(self, expression: Expression, place: _Place) -> _Place:
        if isinstance(expression, FunctionCall) and expression.name == CURRENT:
            return _Place(self.context or None)
        if isinstance(expression, PathExpression):
            return self._end(expression, place)
        if isinstance(expression, FilterExpression):
            return _Place(self._filtered(expression, place).path, chosen=True)
        self.visit(expression, place)
        return _Place(None)

    def _end(self, path: PathExpression, place: _Place) -> _Place:
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
        if place.path is None or step.axis is XPathAxis.ATTRIBUTE:
            return _Place(None)
        chosen = place.chosen or bool(step.predicates)
        if step.axis is XPathAxis.CHILD and isinstance(step.test, NameTest) and step.test.name != "*":
            name = f"{step.test.prefix}:{step.test.name}" if step.test.prefix else step.test.name
            return _Place(f"{place.path}/{name}", chosen)
        if step.axis is XPathAxis.PARENT:
            return _Place(place.path.rpartition("/")[0], chosen)
        if step.axis is XPathAxis.SELF or _is_text(step):
            return _Place(place.path, chosen)
        within = (
            place.path if step.axis in (XPathAxis.CHILD, XPathAxis.DESCENDANT, XPathAxis.DESCENDANT_OR_SELF) else ""
        )
        self.found.add(Reference(within, includes_descendants=True, has_predicate=chosen))
        return _Place(None)


def _is_text(step: Step) -> bool:
    return step.axis is XPathAxis.CHILD and isinstance(step.test, KindTest) and step.test.kind == "text"


def _is_itself(path: PathExpression) -> bool:
    """Whether the path is `.`: a node may read its own value without depending on itself."""
    return not path.absolute and path.start is None and all(step.axis is XPathAxis.SELF for step in path.steps)
