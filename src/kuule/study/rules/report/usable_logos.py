"""A partner's logo is on a page that goes round the world: it must be a plain picture, small, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem
from kuule.study.rules.checked_study import CheckedStudy

CODE = "STUDY_371"


def check(study: CheckedStudy) -> Iterator[Problem]:
    """Yield a problem for each logo that is not taken."""
    for logo in study.logos.values():
        if logo.cause:
            remedy = "save it as a PNG that is small and does not move, or leave logo out: the report then has the name"
            yield Problem(CODE, logo.place, f"the logo {logo.cause}", remedy)
