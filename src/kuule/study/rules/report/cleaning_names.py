"""[cleaning] must name questions and answers that the form has, and the questions of a straight line must share one
list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kuule.core.problems import Problem
from kuule.study.folder.written_types import SELECT_TYPES
from kuule.study.rules.checked_study import CheckedStudy, unknown_list, unknown_question

CODE = "STUDY_354"


def check(study: CheckedStudy) -> Iterator[Problem]:
    """Yield a problem for each unknown name. Such a rule would set nobody aside, and the report would say that it was
    applied."""
    cleaning = study.settings.cleaning
    for name, questions in cleaning.straight_lines.items():
        yield from _line(study, questions, f"study.toml, cleaning.straight_lines.{name}")
    for name, codes_by_question in cleaning.contradictions.items():
        place = f"study.toml, cleaning.contradictions.{name}"
        for question, codes in codes_by_question.items():
            yield from _unknown(study, [question], place)
            answers = study.questionnaire.values(question)
            for code in codes:
                if answers and code not in answers:
                    yield Problem(CODE, place, f"{question!r} has no answer {code!r}", "name choices of its list")


def _line(study: CheckedStudy, questions: Iterable[str], place: str) -> Iterator[Problem]:
    yield from _unknown(study, questions, place)
    rows = [row for name in questions if (row := study.questionnaire.questions.get(name))]
    if len({row.list_name for row in rows}) > 1 or any(row.type != "select_one" for row in rows):
        cause = "its questions do not all have one answer of one list"
        yield Problem(CODE, place, cause, "name select_one questions that share a list")


def _unknown(study: CheckedStudy, questions: Iterable[str], place: str) -> Iterator[Problem]:
    for name in questions:
        rows = [row for row in study.questionnaire.rows if row.name == name]
        if not any(row.type in SELECT_TYPES for row in rows):
            remedy, shared = "name one of the form", "" if rows else unknown_question(name)
            cause = f"there is no question {name!r} with choices"
            yield Problem(CODE, place, cause, remedy, shared_cause=shared)
        elif len(rows) > 1:
            yield Problem(CODE, place, f"{name!r} stands in the form {len(rows)} times", "give each a name of its own")
        elif rows[0].repeats:
            yield Problem(CODE, place, f"{name!r} is in a repeat and has many answers", "name one outside of repeats")
        elif not study.questionnaire.values(name):
            shared = "" if "." in rows[0].list_name else unknown_list(rows[0].list_name)
            cause = f"{name!r} has no list of choices in the form"
            yield Problem(CODE, place, cause, "name one that has", shared_cause=shared)
