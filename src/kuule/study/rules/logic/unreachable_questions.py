"""A question that nobody can ever be asked has a mistake in its relevance, because it was meant for someone.

`study/logic` proves it: from a constant, a choice that does not exist, two answers to one question at once, numbers
that exclude each other, what the groups around require, and what had to be answered before. What cannot be proved is
not reported.
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem
from kuule.study.folder.questionnaire import QuestionnaireRow
from kuule.study.logic.satisfiability import ConditionLogic
from kuule.study.rules.logic import unknown_choices

CODE = "STUDY_317"


def check(logic: ConditionLogic) -> Iterator[Problem]:
    """Yield a problem for the outermost rows that are never relevant. Rows inside such a group are not reported
    again."""
    for row in logic.questionnaire.rows:
        if not row.cells.get("relevant") or any(True for _ in unknown_choices.unknown_choice_problems(logic, row)):
            continue
        around = logic.relevance_conditions(row.groups[-1]) if row.groups else ()
        if logic.can_never_hold(*logic.relevance_conditions(row)) and not logic.can_never_hold(*around):
            remedy = "mend the relevance, or take the row out"
            yield Problem(
                CODE, f"{row.place}, relevant", f"{row.name!r} can never be asked: {_why(logic, row)}", remedy
            )


def _why(logic: ConditionLogic, row: QuestionnaireRow) -> str:
    own = logic.condition(row, "relevant")
    if own is None or logic.can_never_hold(own):
        return "its relevance can never be true"
    for group in reversed(row.groups):
        around = logic.condition(group, "relevant")
        if around is not None and logic.can_never_hold(own, around):
            return f"its relevance excludes that of the group {group.name!r} around it"
    return "its relevance excludes that of the groups around it"
