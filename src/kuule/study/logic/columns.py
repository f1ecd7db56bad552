"""Which columns of the survey sheet hold expressions."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.study.logic.goals import Goal
from kuule.study.logic.proving import Logic
from kuule.study.questionnaire import Row

CONDITIONS = ("relevant", "constraint", "required")
EXPRESSIONS = (*CONDITIONS, "calculation", "choice_filter", "repeat_count", "readonly", "read_only")
_WORDS = frozenset({"", "yes", "no", "true", "false", "true()", "false()"})


def expressions_of(row: Row) -> Iterator[tuple[str, str]]:
    """(column, expression) of a row. A plain `yes` or `no` is none, and a default is one only if it looks so."""
    for column in EXPRESSIONS:
        written = row.cells.get(column, "")
        if written.strip().lower() not in _WORDS:
            yield column, written
    default = row.cells.get("default", "")
    if "${" in default or default.rstrip().endswith(")"):
        yield "default", default


def goals_of(logic: Logic, row: Row) -> Iterator[tuple[str, Goal]]:
    """(column, canonical expression) of every expression of a row that can be read."""
    for column, _ in expressions_of(row):
        goal = logic.condition(row, column)
        if goal is not None:
            yield column, goal
