"""The question whether words may be quoted must be one whose answer can stay with the words: what else is decided or
counted by it would be a way from an answer in somebody's own words to the rest of what they said."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem
from kuule.core.suggestions import did_you_mean
from kuule.study.folder.questionnaire import QuestionnaireRow
from kuule.study.rules.checked_study import CheckedStudy, unknown_question
from kuule.study.rules.report.report_names import named_questions
from kuule.study.settings.leave_questions import LeaveQuestion
from kuule.tables.missing import RESERVED_CHOICES
from kuule.tables.request import question_of

CODE = "STUDY_367"
_CHOOSE = "name a select_one that stands in no repeat"


def check(study: CheckedStudy) -> Iterator[Problem]:
    """Yield a problem for each name that does not fit, and for each use of the answer beside the words."""
    for name, asked in study.settings.leave_to_quote.items():
        place = f"study.toml, leave_to_quote.{name}"
        row = study.questionnaire.questions.get(name)
        if row is None:
            remedy = did_you_mean(name, study.questionnaire.questions, _CHOOSE)
            yield Problem(CODE, place, f"there is no question {name!r}", remedy, shared_cause=unknown_question(name))
            continue
        yield from _of_question(study, row, asked, place)
        yield from _of_texts(study, asked, place)
        for where in _other_uses(study, name):
            cause = f"{where} uses {name!r}, whose answer is kept beside the words and nowhere else"
            yield Problem(CODE, place, cause, "take it out there, or ask something else for it")


def _of_question(study: CheckedStudy, row: QuestionnaireRow, asked: LeaveQuestion, place: str) -> Iterator[Problem]:
    if row.type != "select_one" or row.repeats:
        cause = f"{row.name!r} is {'in a repeat' if row.repeats else f'of the type {row.type}'}"
        yield Problem(CODE, place, cause, _CHOOSE)
        return
    offered = study.questionnaire.values(row.name)
    for answer in asked.answers:
        if (offered and answer not in offered) or answer in RESERVED_CHOICES:
            remedy = did_you_mean(answer, offered, f"name a choice of the list {row.list_name!r} that says yes")
            yield Problem(CODE, f"{place}.answers", f"{answer!r} is no answer that gives leave", remedy)


def _of_texts(study: CheckedStudy, asked: LeaveQuestion, place: str) -> Iterator[Problem]:
    known = study.settings.answers.open_text
    for text in asked.texts:
        if text not in known:
            remedy = did_you_mean(text, known, "name one of answers.open_text")
            yield Problem(CODE, f"{place}.texts", f"{text!r} is no free text of the study", remedy)
    if not known:
        yield Problem(CODE, place, "the study has no free text", "leave it out")


def _other_uses(study: CheckedStudy, name: str) -> Iterator[str]:
    settings = study.settings
    shown = settings.publication
    for row in study.questionnaire.questions.values():
        if name in row.relevance_references | row.value_references:
            yield f"the question {row.name!r}"
    named = {
        "[gates]": [one.question for one in settings.gates.values()],
        "[groups]": [one.question for one in settings.groups.values()],
        "[publication]": [shown.country, *shown.by_country, *shown.by_language],
        "[cleaning]": [
            *(one for line in settings.cleaning.straight_lines.values() for one in line),
            *(one for codes in settings.cleaning.contradictions.values() for one in codes),
        ],
        "analysis.toml": [one for table in study.planned_tables for one in (table.item, table.by, *table.within)],
        "report.md": [question_of(one) for one in named_questions(study.report)],
    }
    yield from (where for where, names in named.items() if name in names)
