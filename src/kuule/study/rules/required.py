"""Only the gates may be required: every other question can be passed over (DESIGN.md, "The people")."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.errors import Problem
from kuule.study.rules.checked import Checked

CODE = "STUDY_305"

_NOT = frozenset({"", "no", "false", "false()", "0"})


def check(study: Checked) -> Iterator[Problem]:
    """`required` in any form but "no"; an expression counts, since it can become true."""
    gates = {gate.question for gate in study.settings.gates.values()}
    for row in study.questionnaire.rows:
        if row.required.lower() not in _NOT and row.name not in gates and not row.kind.startswith("begin"):
            cause = f"{row.name!r} is required, and is not a gate"
            yield Problem(CODE, row.place, cause, "leave required empty; only consent and age may ask for an answer")
