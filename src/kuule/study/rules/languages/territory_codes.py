"""A list of countries must have the codes of ISO 3166-1 in capitals, because their names and order come from CLDR by
these codes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kuule.core.problems import Problem
from kuule.languages.cldr.territories import territory_names
from kuule.study.rules.checked_study import CheckedStudy

CODE = "STUDY_313"

_TWO_LETTERS = re.compile(r"[A-Za-z]{2}")


def check(study: CheckedStudy) -> Iterator[Problem]:
    """Yield a problem for each value of two letters that is not a code. Longer values (`do_not_know`) are answers of
    the form's own."""
    countries = territory_names("en")
    for list_name in study.settings.answers.territories:
        for choice in study.questionnaire.choice_lists.get(list_name, ()):
            if _TWO_LETTERS.fullmatch(choice.name) and choice.name not in countries:
                cause = f"{choice.name!r} is no code of a country"
                remedy = "write the code of ISO 3166-1 in capitals, for example SE"
                yield Problem(CODE, choice.place, cause, remedy)
