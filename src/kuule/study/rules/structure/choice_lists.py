"""A select must have a list of choices, and the choices of a list must differ.

pyxform stops at the first such row; this rule reports them all.
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.amounts import amount
from kuule.core.problems import Problem
from kuule.core.suggestions import did_you_mean
from kuule.study.folder.questionnaire import ChoiceRow, Questionnaire
from kuule.study.rules.checked_study import unknown_list
from kuule.study.rules.lost_columns import LIST_COLUMNS, has_lost_choices, heads, lost_column, needs_list
from kuule.study.rules.near_headings import is_nearly_there

CODE = "STUDY_332"


def check(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Yield a problem for each list that does not exist, and for each choice whose name is missing, has a space or is
    used twice; or a single one if there are no choices at all."""
    if has_lost_choices(questionnaire):
        yield from _lost(questionnaire)
        return
    for row in questionnaire.rows:
        if needs_list(row) and row.list_name not in questionnaire.choice_lists:
            remedy = did_you_mean(row.list_name, questionnaire.choice_lists, "add its choices to the choices sheet")
            cause = unknown_list(row.list_name)
            yield Problem(CODE, row.place, cause, remedy, shared_cause=cause)
    twice_is_meant = questionnaire.settings.get("allow_choice_duplicates", "").lower() in ("yes", "true")
    for choices in questionnaire.choice_lists.values():
        yield from _of_list(choices, twice_is_meant)


def _lost(questionnaire: Questionnaire) -> Iterator[Problem]:
    lists = len({row.list_name for row in questionnaire.rows if needs_list(row)})
    if "choices" not in questionnaire.headings:
        if not is_nearly_there(questionnaire, "", "choices"):
            there = f"it has {', '.join(questionnaire.sheets)}"
            cause = f"there is no sheet named choices, so that {amount(lists, 'list')} of answers cannot be found"
            yield Problem(CODE, questionnaire.file, cause, f"name the sheet with the answers choices; {there}")
    elif not heads(questionnaire, "choices") & {*LIST_COLUMNS}:
        so_that = "no answer belongs to a list"
        yield from lost_column(CODE, questionnaire, "choices", "list_name", so_that=so_that, of="the lists' names")
    else:
        so_that = "no answer has a code"
        yield from lost_column(CODE, questionnaire, "choices", "name", so_that=so_that, of="the codes")


def _of_list(choices: tuple[ChoiceRow, ...], twice_is_meant: bool) -> Iterator[Problem]:
    seen: set[str] = set()
    for choice in choices:
        if not choice.name:
            yield Problem(CODE, choice.place, f"a choice of {choice.list_name!r} has no name", "give it a code")
        elif " " in choice.name:
            cause = f"the choice {choice.name!r} has a space in its name, where several answers are kept apart by one"
            yield Problem(CODE, choice.place, cause, "write _ for it")
        elif choice.name in seen and not twice_is_meant:
            cause = f"{choice.name!r} stands twice in the list {choice.list_name!r}"
            yield Problem(CODE, choice.place, cause, "give each choice a code of its own")
        seen.add(choice.name)
