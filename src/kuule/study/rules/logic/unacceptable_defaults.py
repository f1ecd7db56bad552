"""A default must be a value that its question accepts: of the right kind, in its list, and within its constraint.

A default of the wrong kind is never used. One that breaks the constraint stops people on its page: they are asked to
correct what they never wrote. Only plain values are checked, and constraints that read nothing but the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kuule.core.problems import Problem, Severity
from kuule.study.folder.questionnaire import QuestionnaireRow
from kuule.study.folder.written_types import find_written_type
from kuule.study.logic.canonical import is_deterministic, plain_paths
from kuule.study.logic.domains import one_of
from kuule.study.logic.enumeration import truth_table
from kuule.study.logic.satisfiability import ConditionLogic
from kuule.study.logic.variables import condition_variable, is_computed, select_values

CODE = "STUDY_352"

_RECKONED = re.compile(r"(?<![^\s\d])-|\b(?:div|mod)\b|[*+|(){}\[\]$]")
"""Signs that a default is an expression. A hyphen within a date is not one."""


def check(logic: ConditionLogic) -> Iterator[Problem]:
    """Yield a problem for each default that does not fit, tested as a response would be."""
    for row in logic.questionnaire.rows:
        default = row.cells.get("default", "").strip()
        if not default or not row.is_asked or _is_expression(row, default):
            continue
        why = _not_taken(row, default, logic) or _not_met(row, default, logic)
        if why:
            cause, remedy = why
            yield Problem(CODE, f"{row.place}, default", cause, remedy, Severity.WARNING)


def _is_expression(row: QuestionnaireRow, default: str) -> bool:
    return "-" not in _stored_example(row) and _RECKONED.search(default.removeprefix("-")) is not None


def _not_taken(row: QuestionnaireRow, default: str, logic: ConditionLogic) -> tuple[str, str] | None:
    choices, asked, example = select_values(row, logic.questionnaire), find_written_type(row.type), _stored_example(row)
    if choices is not None:
        missing = [value for value in default.split() if value not in choices]
        cause = f"{row.name!r} has no choice {missing[0]!r}, its default" if missing else ""
    elif asked is not None and asked.has_bounds:
        without = replace(row, cells={**row.cells, "default": ""})
        on_it = default in condition_variable(without, logic.questionnaire).domain
        cause = "" if on_it else _said(row, default, "is not on it")
    elif asked is not None and example and "(" not in default and not asked.to_stored_form(default):
        cause = _said(row, default, f"is no {row.type}")
    else:
        cause = ""
    return (cause, f"write it like {example}" if example else "mend it, or leave it out") if cause else None


def _stored_example(row: QuestionnaireRow) -> str:
    asked = find_written_type(row.type)
    return "" if asked is None else asked.stored_example


def _not_met(row: QuestionnaireRow, default: str, logic: ConditionLogic) -> tuple[str, str] | None:
    goal = logic.condition(row, "constraint")
    if goal is None or is_computed(row) or not is_deterministic(goal.expression):
        return None
    if set(plain_paths(goal.expression)) != {row.path}:
        return None
    tried = truth_table(goal.expression, {row.path: one_of([default])})
    unmet = tried == {(default,): False}
    return (_said(row, default, "does not meet its constraint"), "mend the one or the other") if unmet else None


def _said(row: QuestionnaireRow, default: str, what: str) -> str:
    return f"the default {default!r} of {row.name!r} {what}"
