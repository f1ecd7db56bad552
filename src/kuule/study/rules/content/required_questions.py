"""Only gates may be required: every other question can be passed over (decision 0000, "The people")."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem
from kuule.study.rules.checked_study import CheckedStudy

CODE = "STUDY_305"

_NOT = frozenset({"", "no", "false", "false()", "0"})


def check(study: CheckedStudy) -> Iterator[Problem]:
    """Yield a problem for each question and group with `required` other than "no". An expression counts, because it can
    be true."""
    gates = {gate.question for gate in study.settings.gates.values()}
    for row in study.questionnaire.rows:
        if row.required.lower() not in _NOT and row.name not in gates:
            what = f"the {row.type.removeprefix('begin ')} " if row.type.startswith("begin") else ""
            cause = f"{what}{row.name!r} is required, and is not a gate"
            yield Problem(CODE, row.place, cause, "leave required empty; only consent and age may ask for an answer")
