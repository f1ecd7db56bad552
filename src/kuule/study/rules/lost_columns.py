"""A column or a sheet that every row needs and that is not there: one mistake, however much would follow from it.

The rule whose rows it would be in says it once. What then only follows from it, `follows_from` finds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace

from kuule.core.problems import Problem
from kuule.forms.xlsform.converter import CONVERTER_ERROR, CONVERTER_WARNING
from kuule.study.folder.questionnaire import Questionnaire, QuestionnaireRow, plain_column
from kuule.study.folder.written_types import CHOICE_TYPES
from kuule.study.rules.checked_study import is_unknown_list, is_unknown_question
from kuule.study.rules.near_headings import is_nearly_there

LIST_COLUMNS = ("list_name", "list name")
_CONVERTER_CODES = frozenset({CONVERTER_ERROR, CONVERTER_WARNING})
_ELSEWHERE = (".csv", ".xml", ".geojson")


def heads(questionnaire: Questionnaire, sheet: str) -> frozenset[str]:
    """The plain names of the columns of a sheet."""
    return frozenset(map(plain_column, questionnaire.headings.get(sheet, ())))


def has_lost_types(questionnaire: Questionnaire) -> bool:
    """Whether no row of the survey says what it is."""
    return bool(questionnaire.untyped) and not questionnaire.rows


def has_lost_names(questionnaire: Questionnaire) -> bool:
    """Whether no question has a name, so that nothing that names one can be right."""
    return not any(row.name and not row.is_generated for row in questionnaire.rows)


def has_lost_choices(questionnaire: Questionnaire) -> bool:
    """Whether no list has a choice with a code, although questions need lists."""
    is_one = any(one.name for one in questionnaire.choices)
    return not is_one and (not questionnaire.rows or any(map(needs_list, questionnaire.rows)))


def has_lost_conditions(questionnaire: Questionnaire) -> bool:
    """Whether the survey has no column of conditions."""
    return "relevant" not in heads(questionnaire, "survey")


def needs_list(row: QuestionnaireRow) -> bool:
    """Whether the answers to a question are a list of the choices sheet."""
    if row.type not in CHOICE_TYPES or row.list_name.endswith(_ELSEWHERE) or "${" in row.list_name:
        return False
    return "external" not in row.cells["type"]


def lost_column(
    code: str, questionnaire: Questionnaire, sheet: str, column: str, *, so_that: str, of: str, otherwise: str = ""
) -> Iterator[Problem]:
    """The problem of a column that is not there, or has nothing in it; none if it is only misspelt, which is said
    elsewhere. `of` are the things that it should have, in the plural; `otherwise` goes on where the remedy ends."""
    columns = LIST_COLUMNS if column in LIST_COLUMNS else (column,)
    place = f"{questionnaire.file}, {sheet}"
    if is_nearly_there(questionnaire, sheet, *columns):
        return
    if heads(questionnaire, sheet) & {*columns}:
        yield Problem(code, place, f"the column {column} is empty, so that {so_that}", f"write {of} into it{otherwise}")
    else:
        cause = f"no column is headed {column}, so that {so_that}"
        yield Problem(code, place, cause, f"head the column of {of} with {column}{otherwise}")


def is_lost(questionnaire: Questionnaire, sheet: str, column: str) -> bool:
    """Whether a sheet has no column of that name."""
    return column not in heads(questionnaire, sheet)


def without_lost_choices(questionnaire: Questionnaire) -> Questionnaire:
    """The questionnaire without choices that no rule can hold an answer against, because none has a code."""
    return replace(questionnaire, choices=()) if has_lost_choices(questionnaire) else questionnaire


def follows_from(questionnaire: Questionnaire, codes: Mapping[str, Collection[str]]) -> Callable[[Problem], bool]:
    """Which problems only follow from what the questionnaire has lost. `codes` are of rules that can say nothing then,
    by "names" and "choices"."""
    file = questionnaire.file
    lost = {
        "names": has_lost_names(questionnaire),
        "choices": has_lost_choices(questionnaire),
    }
    sheets = {place for sheet in ("survey", "choices") for place in (f"{file}, {sheet}", f"{file}, {sheet}, row 1")}
    wordless = tuple(f"{file}, {sheet}" for sheet in questionnaire.headings if is_lost(questionnaire, sheet, "label"))

    def follows(problem: Problem) -> bool:
        if problem.code in _CONVERTER_CODES:
            said = f"{problem.cause} {problem.remedy}"
            is_on_sheet = problem.place == file or any(sheet in problem.place for sheet in wordless)
            is_of_label = bool(wordless) and "label" in said and is_on_sheet
            is_of_name = lost["names"] and "no name" in said
            return (
                is_of_label or is_of_name or ((lost["names"] or lost["choices"]) and problem.place in {file, *sheets})
            )
        of_names = problem.code in codes["names"] or is_unknown_question(problem.shared_cause)
        of_choices = problem.code in codes["choices"] or is_unknown_list(problem.shared_cause)
        return (lost["names"] and of_names) or (lost["choices"] and of_choices)

    return follows
