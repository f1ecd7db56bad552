"""A list of choices that no question uses was probably meant for one. This is a warning: it hurts nobody, but it is
translated too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kuule.core.problems import Problem, Severity
from kuule.core.suggestions import did_you_mean
from kuule.study.folder.questionnaire import Questionnaire
from kuule.study.folder.row_parameters import list_of_words

CODE = "STUDY_322"

_INSTANCE = re.compile(r"instance\(\s*['\"]([^'\"]+)['\"]\s*\)")


def check(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Yield a warning for each list that is neither in a type, nor the words of a rating, nor read by `instance()`."""
    written = "\n".join(cell for row in questionnaire.rows for cell in row.cells.values())
    used = {row.list_name for row in questionnaire.rows} | set(_INSTANCE.findall(written))
    used |= {list_of_words(row.cells) for row in questionnaire.rows}
    if any(name.startswith("${") for name in used):
        return  # choices made of answers can come from any list
    for name, choices in questionnaire.choice_lists.items():
        if name not in used:
            cause = f"no question uses the list {name!r}"
            remedy = did_you_mean(name, filter(None, used), "name it in a question's type, or take it out")
            yield Problem(CODE, choices[0].place, cause, remedy, Severity.WARNING)
