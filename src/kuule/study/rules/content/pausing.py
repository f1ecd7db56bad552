"""A paused visit can be opened by whoever finds its code: weigh that where it could be used against people.

A warning where offenders are asked and pausing is on; it is off for them unless a study says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem, Severity
from kuule.study.rules.checked_study import CheckedStudy
from kuule.study.settings.study_toml import Audience

CODE = "STUDY_349"


def check(study: CheckedStudy) -> Iterator[Problem]:
    """`pause_days` is 0 for those who offend."""
    days = study.settings.coming_back.pause_days
    if days and study.settings.audience is Audience.OFFENDERS:
        cause = f"a paused visit is kept for {days} days, and whoever finds its code can read what was written"
        remedy = "leave pause_days at 0, or have weighed it with those who know the people asked"
        yield Problem(CODE, "study.toml, coming_back.pause_days", cause, remedy, Severity.WARNING)
