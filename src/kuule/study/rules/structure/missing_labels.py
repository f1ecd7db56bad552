"""Everything that a person is asked must have words or a picture. pyxform does not say in which row they are
missing."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem
from kuule.study.folder.questionnaire import Questionnaire

CODE = "STUDY_337"

_SHOWN = ("label", "hint", "image", "big-image", "audio", "video", "guidance_hint")


def check(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Yield a problem for each question and note with neither a label nor anything in its place. Calculations are not
    shown."""
    for row in questionnaire.rows:
        shown = (row.is_asked or row.type == "note") and not row.cells.get("calculation")
        if shown and not row.is_generated and not any(row.cells.get(one) for one in _SHOWN):
            yield Problem(CODE, row.place, f"{row.name!r} has no label", "write what a person reads there")
