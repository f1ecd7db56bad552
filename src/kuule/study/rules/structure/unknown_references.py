"""`${name}` must name a row that exists. pyxform stops at the first that does not; this rule reports them all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kuule.core.problems import Problem
from kuule.core.suggestions import did_you_mean
from kuule.study.folder.questionnaire import Questionnaire
from kuule.study.rules.checked_study import unknown_question

CODE = "STUDY_334"

_ANY = re.compile(r"\$\{([^}]*)(\}?)")


def check(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Yield a problem for each unknown name in the survey sheet (texts as well as expressions) and in the filters."""
    names = questionnaire.rows_by_name
    for row in questionnaire.rows:
        for column, cell in row.cells.items():
            for written, closed in dict.fromkeys(_ANY.findall(cell)):
                name = written.strip().removeprefix("last-saved#")
                place = f"{row.place}, {column}"
                if not closed:
                    yield Problem(CODE, place, "a reference is not closed", "write it as ${name}")
                elif name not in names:
                    remedy = did_you_mean(name, names, "name a row of the survey sheet", written="${{{}}}")
                    cause = f"there is no {name!r} for ${{{name}}}"
                    yield Problem(CODE, place, cause, remedy, shared_cause=unknown_question(name))
