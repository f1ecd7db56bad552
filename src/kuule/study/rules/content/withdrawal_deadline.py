"""People should be able to withdraw what they sent, until a day that they are told before they send it.

This is a warning if no day is named. What was sent then stays, because nothing tells which answers are whose.
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem, Severity
from kuule.study.rules.checked_study import CheckedStudy

CODE = "STUDY_348"


def check(study: CheckedStudy) -> Iterator[Problem]:
    """Yield a warning if `withdraw_until` names no day."""
    if study.settings.coming_back.withdraw_until is None:
        cause = "no day is named until which people can take back what they sent, so nobody can"
        remedy = "name the day before you lock the dataset, for example withdraw_until = 2027-06-30"
        yield Problem(CODE, "study.toml, coming_back.withdraw_until", cause, remedy, Severity.WARNING)
