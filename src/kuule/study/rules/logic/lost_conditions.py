"""A condition that is lost asks everyone what some were to be spared, and nothing shows it: a form without any is a
form too.

This is a warning where the study itself speaks of a condition that the questionnaire does not have: a question of
`answers.routing` decides nothing, or a figure of the report says who was asked. What was frozen before is compared by
`changed_logic`.
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem, Severity
from kuule.study.folder.questionnaire import Questionnaire, QuestionnaireRow
from kuule.study.folder.report_text import ReportBlockKind, block_fields, report_blocks
from kuule.study.rules.checked_study import CheckedStudy
from kuule.study.rules.lost_columns import has_lost_conditions
from kuule.study.rules.near_headings import is_nearly_there, unread_conditions

CODE = "STUDY_395"
_REMEDY = "see whether the column relevant is whole"


def check(study: CheckedStudy) -> Iterator[Problem]:
    """Yield a warning for each routing question that nothing reads, for each figure that says who was asked although
    everyone is, and for each column of conditions that nothing reads; a single one if there are no conditions at
    all."""
    questionnaire = study.questionnaire
    if not has_lost_conditions(questionnaire):
        for column, found in unread_conditions(questionnaire):
            cause = f"the column {column!r} is passed over, and there are conditions in it ({found})"
            remedy = "if they decide what is asked, have them in the column relevant"
            yield Problem(CODE, f"{questionnaire.file}, survey", cause, remedy, Severity.WARNING)
    signs = [*_idle_routing(study), *_asked_of_some(study)]
    if not signs or is_nearly_there(questionnaire, "survey", "relevant"):
        return
    if any(row.relevant and not row.is_generated for row in questionnaire.rows):
        for place, cause in signs:
            yield Problem(CODE, place, cause, _REMEDY, Severity.WARNING)
        return
    if any(name in questionnaire.questions for name in study.settings.answers.sensitive):
        return  # nobody could pass them over then, which is an error of its own
    cause = f"no question has a condition, so that everyone is asked everything, but {signs[0][1]} ({signs[0][0]})"
    yield Problem(CODE, f"{questionnaire.file}, survey", cause, _REMEDY, Severity.WARNING)


def _idle_routing(study: CheckedStudy) -> Iterator[tuple[str, str]]:
    for name in study.settings.answers.routing:
        row = study.questionnaire.questions.get(name)
        if row is not None and not _is_read(study.questionnaire, name):
            yield row.place, f"{name!r} is in answers.routing and decides nothing"


def _is_read(questionnaire: Questionnaire, name: str) -> bool:
    return any(f"${{{name}}}" in "".join(cell.split()) for row in questionnaire.rows for cell in row.cells.values())


def _asked_of_some(study: CheckedStudy) -> Iterator[tuple[str, str]]:
    for block in report_blocks(study.report):
        fields = {field.name: field.text for field in reversed(block_fields(block))}
        row = study.questionnaire.questions.get(fields.get("question", ""))
        if block.kind is ReportBlockKind.FIGURE and "asked" in fields and row is not None and _is_asked_of_all(row):
            yield f"report.md, line {block.line}", f"a figure says who was asked {row.name!r}, and everyone is"


def _is_asked_of_all(row: QuestionnaireRow) -> bool:
    return not any(one.relevant or one.type == "begin repeat" for one in (row, *row.groups))
