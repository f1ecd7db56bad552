"""Which columns of the survey sheet hold expressions."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.study.folder.questionnaire import QuestionnaireRow
from kuule.study.logic.goals import Goal
from kuule.study.logic.satisfiability import ConditionLogic

CONDITION_COLUMNS = ("relevant", "constraint", "required")
EXPRESSION_COLUMNS = (*CONDITION_COLUMNS, "calculation", "choice_filter", "repeat_count", "readonly", "read_only")
_WORDS = frozenset({"", "yes", "no", "true", "false", "true()", "false()"})


def row_expressions(row: QuestionnaireRow) -> Iterator[tuple[str, str]]:
    """(column, expression) of a row. A plain `yes` or `no` is not an expression, and a default is one only if it looks
    like one."""
    for column in EXPRESSION_COLUMNS:
        written = row.cells.get(column, "")
        if written.strip().lower() not in _WORDS:
            yield column, written
    default = row.cells.get("default", "")
    if "${" in default or default.rstrip().endswith(")"):
        yield "default", default


def row_goals(logic: ConditionLogic, row: QuestionnaireRow) -> Iterator[tuple[str, Goal]]:
    """(column, canonical expression) of every expression of a row that can be read."""
    for column, _ in row_expressions(row):
        goal = logic.condition(row, column)
        if goal is not None:
            yield column, goal
