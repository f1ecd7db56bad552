"""The report must name questions, answers and groups that the study has; otherwise it would fail only after the
opening.

`publishing` defines the syntax (docs/reference/report.md); here is only what finds names in it. Which earlier versions
of a question there are is known to a dataset alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kuule.core.problems import Problem
from kuule.core.suggestions import did_you_mean
from kuule.study.rules.checked_study import CheckedStudy, unknown_question
from kuule.tables.request import RESPONSE_CUTS, code_item, is_code_item, question_of

CODE = "STUDY_314"

_NUMBER = re.compile(r"\{\{\s*(?:share|count|base|median)\s+(?P<question>[^\s{}]+)(?P<answers>(?:\s+[^\s{}]+)*)\s*\}\}")
_FIELD = re.compile(r"\s*(question|by)\s*:\s*(\S+)\s*")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})\s*(\S*)")


def named_questions(report: str) -> frozenset[str]:
    """Every question of which a report shows a number: in a figure, or in its text."""
    fields = (match[2] for match in map(_FIELD.fullmatch, report.split("\n")) if match and match[1] == "question")
    return frozenset(fields) | {match["question"] for match in _NUMBER.finditer(report)}


def check(study: CheckedStudy) -> Iterator[Problem]:
    """Yield a problem for each unknown name in `question` and `by` of figures, and in numbers within the text, within
    figures and within key findings."""
    block = ""
    fenced = False
    for number, line in enumerate(study.report.split("\n"), start=1):
        place = f"report.md, line {number}"
        fence = _FENCE.match(line)
        if fence:
            fenced = not fenced
            block = fence[2] if fenced else ""
            continue
        if block in ("figure", "comparison"):
            yield from _of_figure(study, place, line)
        if not fenced or block in ("figure", "finding"):
            yield from _of_numbers(study, place, line)


def _of_figure(study: CheckedStudy, place: str, line: str) -> Iterator[Problem]:
    match = _FIELD.fullmatch(line)
    if not match:
        return
    questions = [*study.questionnaire.questions, *map(code_item, study.settings.answers.open_text)]
    known = questions if match[1] == "question" else [*study.settings.groups, *questions, *RESPONSE_CUTS]
    if question_of(match[2]) not in known and match[2] not in known:
        yield _unknown(place, "question" if match[1] == "question" else "cut", match[2], known)


def _of_numbers(study: CheckedStudy, place: str, line: str) -> Iterator[Problem]:
    questions = study.questionnaire.questions
    for match in _NUMBER.finditer(line):
        question, answers = question_of(match["question"]), match["answers"].split()
        if is_code_item(question) and question in map(code_item, study.settings.answers.open_text):
            continue
        if question not in questions:
            yield _unknown(place, "question", question, list(questions))
            continue
        codes = study.questionnaire.values(question)
        for answer in answers if codes else ():
            if answer not in codes:
                yield _unknown(place, f"answer of {question!r} with the code", answer, codes)


def _unknown(place: str, what: str, name: str, known: list[str] | tuple[str, ...]) -> Problem:
    remedy = did_you_mean(name, known, "name one that the study has")
    shared = unknown_question(name) if what in ("question", "cut") else ""
    return Problem(CODE, place, f"there is no {what} {name!r}", remedy, shared_cause=shared)
