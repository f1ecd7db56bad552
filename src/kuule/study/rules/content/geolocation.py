"""Neither a question nor a device may say where a person is, because a position can find a person (decision 0000,
section 8)."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem
from kuule.study.folder.questionnaire import Questionnaire

CODE = "STUDY_302"

_KINDS = frozenset({"geopoint", "geotrace", "geoshape", "start-geopoint", "background-geopoint"})
_APPEARANCES = frozenset({"placement-map", "maps", "map"})


def check(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Yield a problem for each type of position, and each appearance that shows a map."""
    for row in questionnaire.rows:
        if row.type in _KINDS:
            cause = f"{row.name!r} asks for a position ({row.type})"
        elif row.appearance & _APPEARANCES:
            cause = f"{row.name!r} has the appearance {', '.join(sorted(row.appearance & _APPEARANCES))}"
        else:
            continue
        yield Problem(CODE, row.place, cause, "ask for the country, or for a kind of place, by choices")
