"""What a form makes of the clock and of chance: values that would be kept, and conditions that a record would tell.

By what its compiled expressions call and read, not by how they are spelt: a value that reads another that was made of
the day is made of the day. Conditions may read both; each tells at most whether it held.
"""

from __future__ import annotations

import math
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
"""What is filled in before a visit begins: an id of the visit, or the day."""
NOTHING: frozenset[str] = frozenset()
_DAYS = frozenset({"date", "dateTime"})


@dataclass(frozen=True, slots=True)
class VolatileValue:
    """A value at `path`, or the number of instances of a repeat there, and the functions that it is made of."""

    path: str
    functions: frozenset[str]


@dataclass(frozen=True, slots=True)
class VolatileCondition:
    """A condition at `path` that a record tells of. `ways` says how many times it is drawn or looked at by itself."""

    path: str
    functions: frozenset[str]
    evaluations: int


class VolatilityAnalysis:
    """What reaches the clock or chance in one form, directly or through other values."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._kept = tuple(item.path for item in form.items if not item.note)
        self._made: dict[str, frozenset[str]] = {
            path: frozenset({PRELOADED}) for path, _, _ in form.preloads if not is_metadata(path)
        }
        while self._reach_further():
            pass

    def values(self) -> tuple[VolatileValue, ...]:
        """The kept values, and numbers of instances, that are made of either, in the order of the form."""
        kept = [VolatileValue(path, self._made[path]) for path in self._kept if path in self._made]
        counts = [VolatileValue(path, of) for path, of in self._made.items() if path in self._form.repeats]
        return (*kept, *counts)

    def conditions(self) -> tuple[VolatileCondition, ...]:
        """The conditions that decide what is kept and read either. One on the clock that has the same value for every
        node is the same wherever it stands; in a repeat, another one is looked at for each instance, as chance is drawn
        for each."""
        found: dict[object, VolatileCondition] = {}
        for path, formula, of in self._deciding():
            one = not of & RANDOM_FUNCTIONS and is_same_everywhere(formula, self._form.repeats)
            ways = 1 if one else self._nodes(path)
            found.setdefault((formula.text, "" if one else path), VolatileCondition(path, of, ways))
        return tuple(found.values())

    def _deciding(self) -> Iterator[tuple[str, Formula, frozenset[str]]]:
        """What is asked, what is offered, and what an answer may be or must be: a record tells what came of it."""
        for path, formula in self._form.relevant.items():
            of = self._of(formula)
            if of and any(kept == path or kept.startswith(f"{path}/") for kept in self._kept):
                yield path, formula, of
        for path, ask in self._form.body.questions.items():
            of = self._of_offer(ask)
            if of and ask.choices is not None and ask.choices.formula is not None:
                yield path, ask.choices.formula, of
            for rule in (ask.readonly, ask.required, ask.constraint):
                of = self._of(rule)
                if rule is not None and of and not (rule is ask.constraint and self._is_a_date_of_theirs(ask, rule)):
                    yield path, rule, of

    def _is_a_date_of_theirs(self, ask: QuestionDefinition, constraint: Formula) -> bool:
        """Whether a person types a day, which the constraint compares with today ("not in the future")."""
        typed = ask.choices is None and ask.path not in self._filled() and ask.value_type in _DAYS
        return typed and not self._read(constraint) and bounds_own_date(constraint, CLOCK_FUNCTIONS)

    def _nodes(self, path: str) -> int:
        around = (place for place in (path, *ancestor_paths(path)) if place in self._form.repeats)
        return math.prod(self._form.body.max_instances.get(repeat, 1) for repeat in around)

    def _reach_further(self) -> bool:
        """One round over everything that gives a value; whether it found something new."""
        found: dict[str, frozenset[str]] = {}
        for path, of in self._given():
            found[path] = found.get(path, NOTHING) | of
        news = {path: of for path, of in found.items() if of - self._made.get(path, NOTHING)}
        for path, of in news.items():
            self._made[path] = self._made.get(path, NOTHING) | of
        return bool(news)

    def _given(self) -> Iterator[tuple[str, frozenset[str]]]:
        """Every path that gets a value, or a number of instances, with what that is made of."""
        for step in self._form.computation_order.computations:
            if step.kind is not ComputationKind.RELEVANT:
                yield step.path, self._of(step.formula)
        for event in self._form.actions:
            begun_by = self._made.get(event.source, NOTHING)
            yield event.target, begun_by | self._of(event.ref) | self._of(event.formula)
        filled = self._filled()
        yield from self._there_or_not()
        for path, ask in self._form.body.questions.items():
            if path in filled:  # choices that are offered no more are taken out of what stands there
                yield path, self._of_offer(ask)
            yield path, self._of_choice(ask)

    def _there_or_not(self) -> Iterator[tuple[str, frozenset[str]]]:
        """What is kept nowhere and stands there on a condition: whoever reads it learns whether that held. For what is
        kept the condition itself counts."""
        for path, formula in self._form.relevant.items():
            of = self._of(formula)
            for plan in self._form.model.walk() if of else ():
                if plan.is_leaf and plan.path not in self._kept and f"{plan.path}/".startswith(f"{path}/"):
                    yield plan.path, of

    def _filled(self) -> frozenset[str]:
        """Paths with a value that no person gave."""
        defaults = (plan.path for plan in self._form.model.walk() if plan.is_leaf and plan.default_value.strip())
        return frozenset([*self._form.calculate, *(event.target for event in self._form.actions), *defaults])

    def _of(self, formula: Formula | None) -> frozenset[str]:
        if formula is None:
            return NOTHING
        return (formula.functions & (CLOCK_FUNCTIONS | RANDOM_FUNCTIONS)) | self._read(formula)

    def _read(self, formula: Formula) -> frozenset[str]:
        found = NOTHING
        for path, of in self._made.items():
            for reading in formula.reads:
                below = path == reading.path or path.startswith(f"{reading.path}/")
                counted = path in self._form.repeats and reading.path.startswith(f"{path}/")
                found |= of if below or counted else NOTHING
        return found

    def _of_offer(self, ask: QuestionDefinition) -> frozenset[str]:
        """Which choices are offered. In which order is kept nowhere."""
        formula = None if ask.choices is None else ask.choices.formula
        if formula is None:
            return NOTHING
        offered = formula.compiled.expression
        if isinstance(offered, FunctionCall) and offered.name == "randomize":
            offered = offered.arguments[0]
        calls = frozenset(one.name for one in all_subexpressions(offered) if isinstance(one, FunctionCall))
        return (calls & (CLOCK_FUNCTIONS | RANDOM_FUNCTIONS)) | self._read(formula)

    def _of_choice(self, ask: QuestionDefinition) -> frozenset[str]:
        """The value of a choice, where that is computed or is an answer itself."""
        choices = ask.choices
        if choices is None:
            return NOTHING
        answers = choices.formula is not None and choices.list_name is None
        return self._of(choices.value) | (self._read(choices.formula) if answers and choices.formula else NOTHING)
