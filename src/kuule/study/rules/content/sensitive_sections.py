"""A section with sensitive questions must first say what it asks, and let a person skip it.

docs/reference/xlsform.md: a note, and before the question a select_one of the same section that the relevance of the
question (or of a group around it) reads.
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem
from kuule.study.folder.questionnaire import QuestionnaireRow
from kuule.study.rules.checked_study import CheckedStudy
from kuule.study.rules.lost_columns import has_lost_conditions, lost_column

CODE = "STUDY_307"
_ASK_FIRST = "ask first, by a select_one in this section, and let the relevance of the questions' group read it"


def check(study: CheckedStudy) -> Iterator[Problem]:
    """Yield at most two problems for each section: a missing note, and the first question that cannot be skipped; a
    single one for all that cannot if no column has conditions."""
    sections: dict[QuestionnaireRow | None, list[QuestionnaireRow]] = {}
    rows = study.questionnaire.rows
    for name in study.settings.answers.sensitive:
        row = study.questionnaire.questions.get(name)
        if row:
            sections.setdefault(row.section, []).append(row)
    without_conditions = has_lost_conditions(study.questionnaire)
    if sections and without_conditions:
        so_that = f"there is no way round {', '.join(row.name for each in sections.values() for row in each)}"
        yield from lost_column(
            CODE,
            study.questionnaire,
            "survey",
            "relevant",
            so_that=so_that,
            of="the conditions",
            otherwise=f"; if there are none yet, {_ASK_FIRST}",
        )
    for section, sensitive in sections.items():
        sensitive.sort(key=lambda row: row.position)
        inside = [row for row in rows if row.section == section]
        yield from _without_note(section, sensitive[0], inside)
        if not without_conditions:
            yield from _without_way_round(section, sensitive, inside)


def _without_note(
    section: QuestionnaireRow | None, first: QuestionnaireRow, inside: list[QuestionnaireRow]
) -> Iterator[Problem]:
    if not any(row.type == "note" and row.position < first.position for row in inside):
        cause = f"{_named(section)} asks something sensitive ({first.name!r}) with no note before it"
        yield Problem(CODE, first.place, cause, "begin the section with a note that says what it asks")


def _without_way_round(
    section: QuestionnaireRow | None, sensitive: list[QuestionnaireRow], inside: list[QuestionnaireRow]
) -> Iterator[Problem]:
    ways = {row.name: row.position for row in inside if row.type == "select_one"}
    locked = [
        row
        for row in sensitive
        if not any(ways.get(name, row.position) < row.position for name in row.relevance_references)
    ]
    if locked:
        names = ", ".join(row.name for row in locked)
        cause = f"{_named(section)} has no way round {names}"
        yield Problem(CODE, locked[0].place, cause, _ASK_FIRST)


def _named(section: QuestionnaireRow | None) -> str:
    return f"the section {section.name!r}" if section else "the form outside its sections"
