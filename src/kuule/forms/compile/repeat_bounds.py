"""How many instances each repeat can have at most: what a record has room for is decided when a study is frozen.

A repeat with a `repeat_count` has as many as that can come to, where it can be seen: a number, an answer with a range,
a list of numbers or a constraint (`. <= 6`), the number of choices made. Else its author says (`most=6`), or it has the
usual number. The engine keeps to the bound, so it is one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from kuule.core.problems import Problem, Severity, StudyError
from kuule.forms.compile.form_compiler import FormCompiler
from kuule.forms.model.body_definition import BodyDefinition, QuestionDefinition, RepeatDefinition
from kuule.forms.model.expressions import Formula
from kuule.forms.types.type_registry import question_type
from kuule.forms.xform.definitions import MAX_INSTANCES
from kuule.forms.xpath.grammar.parser import parse
from kuule.forms.xpath.grammar.syntax_tree import (
    SELF_STEP,
    Expression,
    FunctionCall,
    NameTest,
    Number,
    OperatorChain,
    PathExpression,
)

_DEEPEST = 12
"""Calculations that read calculations, before the bound counts as unknown."""


def max_instances(layout: BodyDefinition, compiler: FormCompiler) -> dict[str, int]:
    """The bound of each repeat by its path. Tells (FORM_045) where a number has none that can be seen."""
    return {path: _most(loop, layout, compiler) for path, loop in layout.repeats.items()}


def _most(loop: RepeatDefinition, layout: BodyDefinition, compiler: FormCompiler) -> int:
    told = loop.stated_max_instances or loop.default_max_instances or MAX_INSTANCES
    if loop.count is None:
        return min(told, MAX_INSTANCES)
    found = _Bounds(layout, compiler).upper_bound(loop.count)
    if found is None or found > MAX_INSTANCES:
        number = min(told, MAX_INSTANCES)
        if loop.default_max_instances and not (loop.stated_max_instances and found is None):
            _tell(loop, found, number, compiler)
        return number
    return min(found, loop.stated_max_instances or found)


def _tell(loop: RepeatDefinition, found: int | None, number: int, compiler: FormCompiler) -> None:
    of = "has no highest value that can be seen" if found is None else f"can be {found}"
    cause = f"its repeat_count {of}, and {number} instances are asked at most"
    remedy = "give what it reads a constraint like . <= 6, or say most=6 under parameters"
    compiler.check_problems.append(Problem("FORM_045", compiler.place(loop.path), cause, remedy, Severity.WARNING))


class _Bounds:
    """The highest whole number that an expression gives, or None where nobody can see it."""

    def __init__(self, layout: BodyDefinition, compiler: FormCompiler) -> None:
        self._layout = layout
        self._compiler = compiler
        self._depth = 0

    def upper_bound(self, formula: Formula) -> int | None:
        """Of a formula; its readings tell where its paths lead."""
        self._depth += 1
        try:
            if self._depth > _DEEPEST:
                return None
            reads = {reading.path.rpartition("/")[2]: reading.path for reading in formula.reads}
            found = self._of(parse(formula.text), reads)
        finally:
            self._depth -= 1
        return None if found is None or not math.isfinite(found) else max(math.floor(found), 0)

    def _of(self, tree: Expression, reads: Mapping[str, str]) -> float | None:
        if isinstance(tree, Number):
            return tree.value
        if isinstance(tree, PathExpression):
            return self._of_path(self._path(tree, reads))
        if isinstance(tree, FunctionCall):
            return self._of_call(tree, reads)
        if isinstance(tree, OperatorChain):
            return self._of_chain(tree, reads)
        return None

    def _path(self, tree: Expression, reads: Mapping[str, str]) -> str:
        last = tree.steps[-1] if isinstance(tree, PathExpression) and tree.steps else None
        return reads.get(last.test.name, "") if last is not None and isinstance(last.test, NameTest) else ""

    def _of_chain(self, tree: OperatorChain, reads: Mapping[str, str]) -> float | None:
        total = self._of(tree.first, reads)
        for sign, operand in tree.rest:
            if sign == "+":
                other = self._of(operand, reads)
            elif sign == "-" and isinstance(operand, Number):
                other = -operand.value
            else:
                return None
            total = None if total is None or other is None else total + other
        return total

    def _of_call(self, tree: FunctionCall, reads: Mapping[str, str]) -> float | None:
        if tree.name == "count-selected":
            ask = self._layout.questions.get(self._path(tree.arguments[0], reads))
            return None if ask is None else self._choices(ask)
        if tree.name == "if":
            return self._highest(tree.arguments[1:], reads)
        if tree.name in ("coalesce", "max"):
            return self._highest(tree.arguments, reads)
        if tree.name == "min":
            known = [one for one in (self._of(argument, reads) for argument in tree.arguments) if one is not None]
            return min(known, default=None)
        if tree.name in ("int", "number", "once", "floor", "round"):
            return self._of(tree.arguments[0], reads) if tree.arguments else None
        return None

    def _highest(self, trees: tuple[Expression, ...], reads: Mapping[str, str]) -> float | None:
        found = [self._of(tree, reads) for tree in trees]
        known = [one for one in found if one is not None]
        return max(known) if known and len(known) == len(found) else None

    def _of_path(self, path: str) -> float | None:
        ask = self._layout.questions.get(path)
        bind = self._compiler.binds.get(path)
        if ask is not None and ask.control is not None and not (bind is not None and bind.calculate):
            return _of_question(ask)
        if bind is None or not bind.calculate:
            return None
        formula = self._compiler.compile_formula(bind.calculate, path, "calculation")
        return None if formula is None else self.upper_bound(formula)

    def _choices(self, ask: QuestionDefinition) -> float | None:
        return float(len(ask.choices.listed)) if ask.choices is not None and ask.choices.listed else None


def _of_question(ask: QuestionDefinition) -> float | None:
    found = [question_type(ask.control).max_number(ask), _of_constraint(ask)]
    return min((one for one in found if one is not None), default=None)


def _of_constraint(ask: QuestionDefinition) -> float | None:
    if ask.constraint is None:
        return None
    return min(_limits(_parsed(ask.constraint)), default=None)


def _limits(tree: Expression | None) -> Iterator[float]:
    """What each condition that has to hold says of the highest value: `. <= 6`, `6 >= .`, `. < 7`."""
    if not isinstance(tree, OperatorChain) or not tree.rest:
        return
    sign, last = tree.rest[0]
    if sign == "and":
        yield from _limits(tree.first)
        for _, condition in tree.rest:
            yield from _limits(condition)
    elif len(tree.rest) == 1:
        if sign in ("<", "<=", "=") and _is_self(tree.first) and isinstance(last, Number):
            yield math.ceil(last.value) - 1 if sign == "<" else last.value
        elif sign in (">", ">=", "=") and _is_self(last) and isinstance(tree.first, Number):
            yield math.ceil(tree.first.value) - 1 if sign == ">" else tree.first.value


def _is_self(tree: Expression) -> bool:
    return isinstance(tree, PathExpression) and not tree.absolute and tree.start is None and tree.steps == (SELF_STEP,)


def _parsed(formula: Formula) -> Expression | None:
    try:
        return parse(formula.text)
    except StudyError:
        return None
