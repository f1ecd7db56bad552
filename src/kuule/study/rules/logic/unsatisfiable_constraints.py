"""A constraint that no answer meets leaves a person with a question that accepts nothing they write.

`study/logic` proves it. A pattern (`regex`) that nothing can match cannot be proved.
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem
from kuule.study.logic.satisfiability import ConditionLogic

CODE = "STUDY_318"


def check(logic: ConditionLogic) -> Iterator[Problem]:
    """Yield a problem for each constraint that excludes every answer the question can have when it is asked."""
    for row in logic.questionnaire.rows:
        goal = logic.condition(row, "constraint")
        if goal is None or logic.can_never_hold(*logic.relevance_conditions(row)):
            continue
        if logic.can_never_hold(*logic.answer_conditions(row), goal):
            cause = f"no answer to {row.name!r} meets its constraint"
            yield Problem(CODE, f"{row.place}, constraint", cause, "mend the constraint, or leave it out")
