"""Whoever finds the code of a paused visit can open it, so pausing must be weighed where it could be used against
people.

This is a warning if offenders are asked and pausing is on. For them it is off unless a study turns it on.
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem, Severity
from kuule.study.rules.checked_study import CheckedStudy
from kuule.study.settings.study_toml import Audience

CODE = "STUDY_349"


def check(study: CheckedStudy) -> Iterator[Problem]:
    """Yield a warning unless `pause_days` is 0 in a study of people who offend."""
    days = study.settings.coming_back.pause_days
    if days and study.settings.audience is Audience.OFFENDERS:
        cause = f"a paused visit is kept for {days} days, and whoever finds its code can read what was written"
        remedy = "leave pause_days at 0, or have weighed it with those who know the people asked"
        yield Problem(CODE, "study.toml, coming_back.pause_days", cause, remedy, Severity.WARNING)
