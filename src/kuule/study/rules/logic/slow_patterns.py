"""A pattern that can match one text in many ways may take other engines a time that doubles with each letter.

Kuule's own search is linear whatever the pattern (`forms/xpath/functions/regex_function.py`). But the form may be used
elsewhere, where one long answer would then stop the page. This is a warning.
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem, Severity
from kuule.forms.xpath.grammar.syntax_tree import FunctionCall, Literal
from kuule.study.logic.backtracking import has_exponential_backtracking
from kuule.study.logic.canonical import subexpressions
from kuule.study.logic.expression_columns import row_goals
from kuule.study.logic.satisfiability import ConditionLogic

CODE = "STUDY_323"


def check(logic: ConditionLogic) -> Iterator[Problem]:
    """Yield a warning for each such pattern that is written in the form. Computed patterns cannot be checked."""
    for row in logic.questionnaire.rows:
        for column, goal in row_goals(logic, row):
            for part in subexpressions(goal.expression):
                if isinstance(part, FunctionCall) and part.name == "regex" and len(part.arguments) == 2:
                    pattern = part.arguments[1]
                    if isinstance(pattern, Literal) and has_exponential_backtracking(pattern.text):
                        cause = f"the pattern {pattern.text!r} repeats what overlaps, which is slow in other engines"
                        remedy = "repeat once, and parts that differ: [a-z]+ for ([a-z]+)+, [ab]+ for (a|b|ab)+"
                        yield Problem(CODE, f"{row.place}, {column}", cause, remedy, Severity.WARNING)
