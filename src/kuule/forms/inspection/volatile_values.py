"""What a form makes of the clock and of random numbers: values that are kept, and conditions that a record reveals.

What counts is what the compiled expressions call and read, not how they are spelt: a value that reads a volatile value
is volatile too. Conditions may read both; each reveals at most whether it held.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kuule.forms.compile.dependencies import ComputationKind, ancestor_paths
from kuule.forms.compile.form import Form
from kuule.forms.compile.model_definition import is_metadata
from kuule.forms.inspection.clock_conditions import bounds_own_date, is_same_everywhere
from kuule.forms.model.body_definition import QuestionDefinition
from kuule.forms.model.expressions import Formula
from kuule.forms.xpath.grammar.subexpressions import all_subexpressions
from kuule.forms.xpath.grammar.syntax_tree import FunctionCall

CLOCK_FUNCTIONS = frozenset({"today", "now"})
RANDOM_FUNCTIONS = frozenset({"random", "uuid", "randomize"})
PRELOADED = "jr:preload"
"""The mark of a value that is filled in before a visit begins: an id of the visit, or the day."""
NOTHING: frozenset[str] = frozenset()
_DAYS = frozenset({"date", "dateTime"})


@dataclass(frozen=True, slots=True)
class VolatileValue:
    """A volatile value at `path`, or the number of instances of a repeat there, and the functions that it comes
    from."""

    path: str
    functions: frozenset[str]


@dataclass(frozen=True, slots=True)
class VolatileCondition:
    """A volatile condition at `path` whose result a record reveals. `evaluations` says how many times it is evaluated
    on its own."""

    path: str
    functions: frozenset[str]
    evaluations: int


class VolatilityAnalysis:
    """Finds everything in one form that depends on the clock or on random numbers, directly or through other values."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._kept_paths = tuple(item.path for item in form.items if not item.note)
        self._volatile: dict[str, frozenset[str]] = {
            path: frozenset({PRELOADED}) for path, _, _ in form.preloads if not is_metadata(path)
        }
        while self._reach_further():
            pass

    def values(self) -> tuple[VolatileValue, ...]:
        """The kept values and the instance counts that are volatile, in the order of the form."""
        kept = [VolatileValue(path, self._volatile[path]) for path in self._kept_paths if path in self._volatile]
        counts = [VolatileValue(path, of) for path, of in self._volatile.items() if path in self._form.repeats]
        return (*kept, *counts)

    def conditions(self) -> tuple[VolatileCondition, ...]:
        """The volatile conditions that decide what is kept. A condition on the clock with one value for all nodes
        counts once. In a repeat, any other condition counts once for each instance, because random numbers are drawn
        for each."""
        found: dict[object, VolatileCondition] = {}
        for path, formula, of in self._deciding_conditions():
            one = not of & RANDOM_FUNCTIONS and is_same_everywhere(formula, self._form.repeats)
            evaluations = 1 if one else self._nodes(path)
            found.setdefault((formula.text, "" if one else path), VolatileCondition(path, of, evaluations))
        return tuple(found.values())

    def _deciding_conditions(self) -> Iterator[tuple[str, Formula, frozenset[str]]]:
        """Each volatile condition that decides what is asked, what is offered, or what an answer may be: a record
        reveals its result."""
        for path, formula in self._form.relevant.items():
            of = self._functions_in(formula)
            if of and any(kept == path or kept.startswith(f"{path}/") for kept in self._kept_paths):
                yield path, formula, of
        for path, question in self._form.body.questions.items():
            of = self._functions_of_offer(question)
            if of and question.choices is not None and question.choices.formula is not None:
                yield path, question.choices.formula, of
            for rule in (question.readonly, question.required, question.constraint):
                of = self._functions_in(rule)
                if (
                    rule is not None
                    and of
                    and not (rule is question.constraint and self._limits_typed_date(question, rule))
                ):
                    yield path, rule, of

    def _limits_typed_date(self, question: QuestionDefinition, constraint: Formula) -> bool:
        """Whether the answer is a date that a person types and that its constraint compares with today ("not in the
        future")."""
        typed = question.choices is None and question.path not in self._filled() and question.value_type in _DAYS
        return typed and not self._functions_read(constraint) and bounds_own_date(constraint, CLOCK_FUNCTIONS)

    def _nodes(self, path: str) -> int:
        around = (place for place in (path, *ancestor_paths(path)) if place in self._form.repeats)
        return self._form.body.max_instances_within(around)

    def _reach_further(self) -> bool:
        """Go once over everything that gets a value, and return whether a new volatile value was found."""
        found: dict[str, frozenset[str]] = {}
        for path, of in self._values_given():
            found[path] = found.get(path, NOTHING) | of
        news = {path: of for path, of in found.items() if of - self._volatile.get(path, NOTHING)}
        for path, of in news.items():
            self._volatile[path] = self._volatile.get(path, NOTHING) | of
        return bool(news)

    def _values_given(self) -> Iterator[tuple[str, frozenset[str]]]:
        """Every path that gets a value or an instance count, with the volatile functions behind it."""
        for computation in self._form.computation_order.computations:
            if computation.kind is not ComputationKind.RELEVANT:
                yield computation.path, self._functions_in(computation.formula)
        for action in self._form.actions:
            begun_by = self._volatile.get(action.source, NOTHING)
            yield action.target, begun_by | self._functions_in(action.ref) | self._functions_in(action.formula)
        filled = self._filled()
        yield from self._conditional_values()
        for path, question in self._form.body.questions.items():
            if path in filled:  # choices that are no longer offered are removed from the value
                yield path, self._functions_of_offer(question)
            yield path, self._functions_of_choice(question)

    def _conditional_values(self) -> Iterator[tuple[str, frozenset[str]]]:
        """Values that are not kept but exist only under a volatile condition: whoever reads one learns whether the
        condition held. For kept values the condition itself is reported."""
        for path, formula in self._form.relevant.items():
            of = self._functions_in(formula)
            for definition in self._form.model.walk() if of else ():
                if (
                    definition.is_leaf
                    and definition.path not in self._kept_paths
                    and f"{definition.path}/".startswith(f"{path}/")
                ):
                    yield definition.path, of

    def _filled(self) -> frozenset[str]:
        """Paths of nodes whose value no person gave."""
        defaults = (
            definition.path
            for definition in self._form.model.walk()
            if definition.is_leaf and definition.default_value.strip()
        )
        return frozenset([*self._form.calculate, *(action.target for action in self._form.actions), *defaults])

    def _functions_in(self, formula: Formula | None) -> frozenset[str]:
        if formula is None:
            return NOTHING
        return (formula.functions & (CLOCK_FUNCTIONS | RANDOM_FUNCTIONS)) | self._functions_read(formula)

    def _functions_read(self, formula: Formula) -> frozenset[str]:
        found = NOTHING
        for path, of in self._volatile.items():
            for reading in formula.reads:
                below = path == reading.path or path.startswith(f"{reading.path}/")
                counted = path in self._form.repeats and reading.path.startswith(f"{path}/")
                found |= of if below or counted else NOTHING
        return found

    def _functions_of_offer(self, question: QuestionDefinition) -> frozenset[str]:
        """The functions that decide which choices are offered. Their order does not matter, because it is not
        recorded."""
        formula = None if question.choices is None else question.choices.formula
        if formula is None:
            return NOTHING
        offered = formula.compiled.expression
        if isinstance(offered, FunctionCall) and offered.name == "randomize":
            offered = offered.arguments[0]
        calls = frozenset(one.name for one in all_subexpressions(offered) if isinstance(one, FunctionCall))
        return (calls & (CLOCK_FUNCTIONS | RANDOM_FUNCTIONS)) | self._functions_read(formula)

    def _functions_of_choice(self, question: QuestionDefinition) -> frozenset[str]:
        """The functions behind a choice's value, if that is computed or is itself an answer."""
        choices = question.choices
        if choices is None:
            return NOTHING
        answers = choices.formula is not None and choices.list_name is None
        return self._functions_in(choices.value) | (
            self._functions_read(choices.formula) if answers and choices.formula else NOTHING
        )
