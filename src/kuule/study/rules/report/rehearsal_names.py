"""rehearsal.toml must name questions, answers and languages that the study has: a misspelt one would have no effect.

This rule checks names only. `settings/rehearsal_settings` checks the values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kuule.core.problems import Problem
from kuule.core.suggestions import did_you_mean
from kuule.study.rules.checked_study import CheckedStudy, unknown_question

CODE = "STUDY_330"


def check(study: CheckedStudy) -> Iterator[Problem]:
    """Yield a problem for each unknown name in [languages], [answers.<question>] and [texts], with or without a
    language in between."""
    tags, questions = list(study.settings.languages), study.questionnaire.questions
    for tag in _table(study.rehearsal, "languages"):
        yield from _unless("languages", "language", tag, tags)
    answers = _table(study.rehearsal, "answers")
    for name in answers:
        yield from _unless("answers", "question", name, questions)
        row = questions.get(name)
        if row is not None and row.has_countable_choices and study.questionnaire.values(name):
            for code in _table(answers, name):
                yield from _unless(f"answers.{name}", f"answer of {name!r} with the code", code, _codes(study, name))
    texts = _table(study.rehearsal, "texts")
    for name, value in texts.items():
        if not isinstance(value, Mapping):
            yield from _unless("texts", "question", name, questions)
            continue
        yield from _unless("texts", "language", name, tags)
        for question in value:
            yield from _unless(f"texts.{name}", "question", str(question), questions)


def _codes(study: CheckedStudy, name: str) -> tuple[str, ...]:
    values = study.questionnaire.values(name)
    return (*values, "other") if study.questionnaire.questions[name].has_or_other else values


def _table(table: Mapping[str, object], key: str) -> Mapping[str, object]:
    value = table.get(key)
    return value if isinstance(value, Mapping) else {}


def _unless(where: str, what: str, name: str, known: Iterable[str]) -> Iterator[Problem]:
    if name not in known:
        remedy = did_you_mean(name, known, "name one that the study has")
        shared = unknown_question(name) if what == "question" else ""
        yield Problem(CODE, f"rehearsal.toml, {where}", f"there is no {what} {name!r}", remedy, shared_cause=shared)
