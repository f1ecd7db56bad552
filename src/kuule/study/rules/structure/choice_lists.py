"""A select must have a list of choices, and the choices of a list must differ.

pyxform stops at the first such row; this rule reports them all.
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem
from kuule.core.suggestions import did_you_mean
from kuule.study.folder.questionnaire import ChoiceRow, Questionnaire, QuestionnaireRow
from kuule.study.folder.written_types import CHOICE_TYPES

CODE = "STUDY_332"

_ELSEWHERE = (".csv", ".xml", ".geojson")


def check(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Yield a problem for each list that does not exist, and for each choice whose name is missing, has a space or is
    used twice."""
    for row in questionnaire.rows:
        if _is_missing(questionnaire, row):
            remedy = did_you_mean(row.list_name, questionnaire.choice_lists, "add its choices to the choices sheet")
            yield Problem(CODE, row.place, f"there is no list of choices {row.list_name!r}", remedy)
    twice_is_meant = questionnaire.settings.get("allow_choice_duplicates", "").lower() in ("yes", "true")
    for choices in questionnaire.choice_lists.values():
        yield from _of_list(choices, twice_is_meant)


def _is_missing(questionnaire: Questionnaire, row: QuestionnaireRow) -> bool:
    if row.type not in CHOICE_TYPES or row.list_name in questionnaire.choice_lists:
        return False
    return not row.list_name.endswith(_ELSEWHERE) and "${" not in row.list_name and "external" not in row.cells["type"]


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
