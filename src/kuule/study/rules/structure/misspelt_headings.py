"""pyxform silently ignores a sheet or column with a misspelt name, so that for example all relevance would be lost.

An author may add columns, such as comments. Only names close to a known one are refused.
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem
from kuule.study.folder.questionnaire import Questionnaire
from kuule.study.rules.near_headings import near_misses

CODE = "STUDY_336"


def check(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Yield a problem for each misspelt sheet, and for each misspelt column of the survey, the choices and the
    settings."""
    for miss in near_misses(questionnaire):
        place = f"{questionnaire.file}, {miss.sheet}" if miss.sheet else questionnaire.file
        found = f", and there are conditions in it ({miss.found})" if miss.found else ""
        cause = f"the {'column' if miss.sheet else 'sheet'} {miss.written!r} is passed over{found}"
        yield Problem(CODE, place, cause, f"did you mean {miss.meant!r}?")
