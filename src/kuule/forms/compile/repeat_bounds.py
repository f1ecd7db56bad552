"""The most instances that each repeat can have. A record's size is decided when a study is frozen, so the number must
be known then.

For a repeat with a `repeat_count`, it is the highest value that the count can have, if that can be seen: from a number,
an answer with a range, a list of numbers, a constraint (`. <= 6`) or the number of choices made. Otherwise the author
states it (`most=6`), or the default applies. A response never exceeds the bound.
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
"""How deep calculations that read calculations are followed before the bound counts as unknown."""


def max_instances(body: BodyDefinition, compiler: FormCompiler) -> dict[str, int]:
    """The most instances of each repeat, by its path. A count whose highest value cannot be seen is reported
    (FORM_045)."""
    return {path: _max_instances_of(repeat, body, compiler) for path, repeat in body.repeats.items()}


def _max_instances_of(repeat: RepeatDefinition, body: BodyDefinition, compiler: FormCompiler) -> int:
    stated = repeat.stated_max_instances or repeat.default_max_instances or MAX_INSTANCES
    if repeat.count is None:
        return min(stated, MAX_INSTANCES)
    found = _Bounds(body, compiler).upper_bound(repeat.count)
    if found is None or found > MAX_INSTANCES:
        number = min(stated, MAX_INSTANCES)
        if repeat.default_max_instances and not (repeat.stated_max_instances and found is None):
            _report(repeat, found, number, compiler)
        return number
    return min(found, repeat.stated_max_instances or found)


def _report(repeat: RepeatDefinition, found: int | None, number: int, compiler: FormCompiler) -> None:
    of = "has no highest value that can be seen" if found is None else f"can be {found}"
    cause = f"its repeat_count {of}, and {number} instances are asked at most"
    remedy = "give what it reads a constraint like . <= 6, or say most=6 under parameters"
    compiler.check_problems.append(Problem("FORM_045", compiler.place(repeat.path), cause, remedy, Severity.WARNING))


class _Bounds:
    """Finds the highest whole number that an expression can give, or None if it cannot be seen."""

    def __init__(self, body: BodyDefinition, compiler: FormCompiler) -> None:
        self._body = body
        self._compiler = compiler
        self._depth = 0

    def upper_bound(self, formula: Formula) -> int | None:
        """The highest value of a formula. Its references say which node each path means."""
        self._depth += 1
        try:
            if self._depth > _DEEPEST:
                return None
            reads = {reading.path.rpartition("/")[2]: reading.path for reading in formula.reads}
            found = self._of(parse(formula.text), reads)
        finally:
            self._depth -= 1
        return None if found is None or not math.isfinite(found) else max(math.floor(found), 0)

    def _of(self, expression: Expression, reads: Mapping[str, str]) -> float | None:
        if isinstance(expression, Number):
            return expression.value
        if isinstance(expression, PathExpression):
            return self._of_path(self._path(expression, reads))
        if isinstance(expression, FunctionCall):
            return self._of_call(expression, reads)
        if isinstance(expression, OperatorChain):
            return self._of_chain(expression, reads)
        return None

    def _path(self, expression: Expression, reads: Mapping[str, str]) -> str:
        last = expression.steps[-1] if isinstance(expression, PathExpression) and expression.steps else None
        return reads.get(last.test.name, "") if last is not None and isinstance(last.test, NameTest) else ""

    def _of_chain(self, expression: OperatorChain, reads: Mapping[str, str]) -> float | None:
        total = self._of(expression.first, reads)
        for sign, operand in expression.rest:
            if sign == "+":
                other = self._of(operand, reads)
            elif sign == "-" and isinstance(operand, Number):
                other = -operand.value
            else:
                return None
            total = None if total is None or other is None else total + other
        return total

    def _of_call(self, expression: FunctionCall, reads: Mapping[str, str]) -> float | None:
        if expression.name == "count-selected":
            question = self._body.questions.get(self._path(expression.arguments[0], reads))
            return None if question is None else self._choices(question)
        if expression.name == "if":
            return self._highest(expression.arguments[1:], reads)
        if expression.name in ("coalesce", "max"):
            return self._highest(expression.arguments, reads)
        if expression.name == "min":
            known = [one for one in (self._of(argument, reads) for argument in expression.arguments) if one is not None]
            return min(known, default=None)
        if expression.name in ("int", "number", "once", "floor", "round"):
            return self._of(expression.arguments[0], reads) if expression.arguments else None
        return None

    def _highest(self, expressions: tuple[Expression, ...], reads: Mapping[str, str]) -> float | None:
        found = [self._of(expression, reads) for expression in expressions]
        known = [one for one in found if one is not None]
        return max(known) if known and len(known) == len(found) else None

    def _of_path(self, path: str) -> float | None:
        question = self._body.questions.get(path)
        bind = self._compiler.binds.get(path)
        if question is not None and question.control is not None and not (bind is not None and bind.calculate):
            return _of_question(question)
        if bind is None or not bind.calculate:
            return None
        formula = self._compiler.compile_formula(bind.calculate, path, "calculation")
        return None if formula is None else self.upper_bound(formula)

    def _choices(self, question: QuestionDefinition) -> float | None:
        return float(len(question.choices.listed)) if question.choices is not None and question.choices.listed else None


def _of_question(question: QuestionDefinition) -> float | None:
    found = [question_type(question.control).max_number(question), _of_constraint(question)]
    return min((one for one in found if one is not None), default=None)


def _of_constraint(question: QuestionDefinition) -> float | None:
    if question.constraint is None:
        return None
    return min(_limits(_parsed(question.constraint)), default=None)


def _limits(expression: Expression | None) -> Iterator[float]:
    """The highest value that each necessary condition allows: `. <= 6`, `6 >= .`, `. < 7`."""
    if not isinstance(expression, OperatorChain) or not expression.rest:
        return
    sign, last = expression.rest[0]
    if sign == "and":
        yield from _limits(expression.first)
        for _, condition in expression.rest:
            yield from _limits(condition)
    elif len(expression.rest) == 1:
        if sign in ("<", "<=", "=") and _is_self(expression.first) and isinstance(last, Number):
            yield math.ceil(last.value) - 1 if sign == "<" else last.value
        elif sign in (">", ">=", "=") and _is_self(last) and isinstance(expression.first, Number):
            yield math.ceil(expression.first.value) - 1 if sign == ">" else expression.first.value


def _is_self(expression: Expression) -> bool:
    return (
        isinstance(expression, PathExpression)
        and not expression.absolute
        and expression.start is None
        and expression.steps == (SELF_STEP,)
    )


def _parsed(formula: Formula) -> Expression | None:
    try:
        return parse(formula.text)
    except StudyError:
        return None
