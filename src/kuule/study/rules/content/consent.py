"""Before anything else, everyone must be asked whether they want to take part and whether they are old enough.

WHO 2007 on informed consent. Only a study for the public without a minimum age may leave out the second question.
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem
from kuule.study.rules.checked_study import CheckedStudy

CODE = "STUDY_309"


def check(study: CheckedStudy) -> Iterator[Problem]:
    """Yield a problem unless both gates are set and nothing is asked before them."""
    settings = study.settings
    if "consent" not in settings.gates:
        cause = "there is no consent gate"
        yield Problem(CODE, "study.toml, gates", cause, "add [gates.consent] with its question and answer")
    if settings.minimum_age > 0 and "age" not in settings.gates:
        cause = f"minimum_age is {settings.minimum_age}, and nothing asks for it"
        yield Problem(CODE, "study.toml, gates", cause, "add [gates.age] with its question and answer")
    yield from _asked_before(study)


def _asked_before(study: CheckedStudy) -> Iterator[Problem]:
    gates = {gate.question for gate in study.settings.gates.values()}
    questions = study.questionnaire.questions
    last = max((questions[name].position for name in gates if name in questions), default=-1)
    for row in questions.values():
        if row.position < last and row.name not in gates and row.type not in {"note", "calculate", "hidden"}:
            cause = f"{row.name!r} is asked before the gates"
            yield Problem(CODE, row.place, cause, "move it behind consent and age")
