"""The heading of the first page is read over a shoulder, and an address that somebody notes down is found: neither
should say what a discreet study is about.

This is a warning, since only a person knows what a word says where the study is spread. Words are compared with those
of the title, which may name the subject, and with a few that name it in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kuule.core.problems import Problem, Severity
from kuule.study.rules.checked_study import CheckedStudy
from kuule.study.settings.study_toml import Study

CODE = "STUDY_366"
_SHORTEST = 6
"""Letters: shorter words of a title are in too many others."""
_SUBJECT = (
    "abuse",
    "assault",
    "incest",
    "offend",
    "paedo",
    "pedo",
    "rape",
    "sexual",
    "survivor",
    "trauma",
    "victim",
    "violen",
)


def check(study: CheckedStudy) -> Iterator[Problem]:
    """Yield a warning for each text of a discreet study that tells its subject where others may see it."""
    settings = study.settings
    if not settings.discreet:
        return
    revealing = _revealing_words(settings)
    shown = {
        "welcome.name": (settings.welcome.name, "the largest letters of the first page", "say it in for_whom instead"),
        "after.results_at": (
            settings.after.results_at,
            "an address that people note down",
            "take an address without it",
        ),
    }
    for key, (text, what, remedy) in shown.items():
        said = next((word for word in revealing if word in text.casefold()), "")
        if said:
            cause = f"{said!r} is in {what}, which can tell others what the study is about"
            yield Problem(CODE, f"study.toml, {key}", cause, remedy, Severity.WARNING)


def _revealing_words(settings: Study) -> tuple[str, ...]:
    quiet = settings.discreet_title.casefold()
    words = re.findall(r"\w+", f"{settings.title} {settings.welcome.for_whom}".casefold())
    return (*_SUBJECT, *(word for word in words if len(word) >= _SHORTEST and word not in quiet))
