"""A study must never judge those who answer: its texts have no word that is a verdict or an order
(`languages.verdicts`).

A message that appears when an answer does not fit may have none at all. In a question or a hint such a word may be what
the question is about, so there it is a warning. Answers are not checked, because they are what people say about
themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kuule.core.problems import Problem, Severity
from kuule.languages.terminology.verdict_words import verdicts_in
from kuule.study.rules.checked_study import CheckedStudy

CODE = "STUDY_353"

_MESSAGES = ("constraint_message", "required_message")
_TEXTS = (*_MESSAGES, "label", "hint", "guidance_hint")


def check(checked: CheckedStudy) -> Iterator[Problem]:
    """Yield a problem for each such word in the source language and in every translation."""
    tag = checked.settings.source_language
    for row in checked.questionnaire.rows:
        for column in _TEXTS:
            yield from _said(row.cells.get(column, ""), tag, f"{row.place}, {column}", column)
    for tag, catalogue in checked.catalogues.items():
        for entry in catalogue.entries.values():
            column = entry.key.rpartition(":")[2]
            if entry.key.startswith("form:") and column in _TEXTS:
                file = f"languages/{tag}.po"
                for problem in _said(entry.text, tag, f"{file}, {entry.key}", column):
                    yield replace(problem, file=file, key=entry.key)


def _said(text: str, tag: str, place: str, column: str) -> Iterator[Problem]:
    severity = Severity.ERROR if column in _MESSAGES else Severity.WARNING
    for verdict in verdicts_in(text, tag):
        cause = f"it says {verdict.word!r} to a person who answers ({verdict.why})"
        yield Problem(CODE, place, cause, "say kindly what to do", severity)
