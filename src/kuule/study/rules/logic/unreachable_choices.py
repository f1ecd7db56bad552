"""It must be possible to offer every choice of a list to someone: a choice_filter that no answer satisfies hides it
from everyone.

Each choice is put into the filter with its own columns, and `study/logic` looks for an answer that lets it through.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from kuule.core.problems import Problem, Severity
from kuule.forms.xpath.grammar.syntax_tree import (
    Expression,
    FunctionCall,
    Literal,
    NameTest,
    Negation,
    OperatorChain,
    PathExpression,
    XPathAxis,
)
from kuule.study.folder.questionnaire import QuestionnaireRow
from kuule.study.logic.satisfiability import ConditionLogic
from kuule.study.logic.variables import select_values

CODE = "STUDY_321"

_FALSE = FunctionCall("false", (), 0)
_JOINED = frozenset({"and", "or"})
_RELATED = frozenset({"=", "!=", "<", "<=", ">", ">="})


def check(logic: ConditionLogic) -> Iterator[Problem]:
    """Yield at most one problem for each question: an error if no choice is ever offered, a warning if some are not."""
    for row in logic.questionnaire.rows:
        choices = logic.questionnaire.choice_lists.get(row.list_name, ())
        never = list(hidden_choices(logic, row))
        if not never:
            continue
        place = f"{row.place}, choice_filter"
        if len(never) == len(choices):
            cause = f"no answer lets {row.name!r} offer any choice"
            yield Problem(CODE, place, cause, "mend the filter, or the columns of the list that it reads")
        else:
            named = f"{', '.join(never[:5])}{', …' if len(never) > 5 else ''}"
            cause = f"{row.name!r} never offers {named}"
            remedy = "mend the filter or the columns of these choices, or leave the choices out"
            yield Problem(CODE, place, cause, remedy, Severity.WARNING)


def hidden_choices(logic: ConditionLogic, row: QuestionnaireRow) -> Iterator[str]:
    """The names of choices that are never offered; none if there is no filter, or if it cannot be read."""
    goal = logic.unresolved_condition(row, "choice_filter")
    asked = () if logic.has_circular_relevance(row) else logic.relevance_conditions(row)
    if goal is None or select_values(row, logic.questionnaire) is None or logic.can_never_hold(*asked):
        return
    for choice in logic.questionnaire.choice_lists[row.list_name]:
        filled = replace(goal, expression=_filled(goal.expression, choice.cells))
        if logic.can_never_hold(logic.resolve_paths(filled), *asked):
            yield choice.name


def _filled(expression: Expression, cells: Mapping[str, str]) -> Expression:
    """The filter with the cells of one choice in place of its columns. A column that the choice lacks is an empty set
    of nodes: false, and false in every comparison."""
    if isinstance(expression, PathExpression):
        column = _column(expression)
        return expression if column is None else Literal(cells.get(column, ""))
    if isinstance(expression, FunctionCall):
        joined = expression.name in ("not", "boolean")
        return replace(expression, arguments=tuple(_part(one, cells, joined) for one in expression.arguments))
    if isinstance(expression, Negation):
        return replace(expression, operand=_filled(expression.operand, cells))
    if isinstance(expression, OperatorChain):
        operands = (expression.first, *(operand for _, operand in expression.rest))
        operators = {operator for operator, _ in expression.rest}
        if operators <= _RELATED and any(_is_missing(operand, cells) for operand in operands):
            return _FALSE
        first, *rest = (_part(operand, cells, operators <= _JOINED) for operand in operands)
        signs = (operator for operator, _ in expression.rest)
        return OperatorChain(first, tuple(zip(signs, rest, strict=True)))
    return expression


def _part(operand: Expression, cells: Mapping[str, str], joined: bool) -> Expression:
    return _FALSE if joined and _is_missing(operand, cells) else _filled(operand, cells)


def _is_missing(operand: Expression, cells: Mapping[str, str]) -> bool:
    column = _column(operand) if isinstance(operand, PathExpression) else None
    return column is not None and not cells.get(column)


def _column(path: PathExpression) -> str | None:
    """The column that a one-step path of a filter names, or None for the path of a question."""
    if path.absolute or path.start is not None or len(path.steps) != 1:
        return None
    step = path.steps[0]
    plain = step.axis is XPathAxis.CHILD and isinstance(step.test, NameTest) and not step.predicates
    return step.test.name if plain and isinstance(step.test, NameTest) else None
