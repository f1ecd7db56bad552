"""Whom a service takes has to be said in words that are translated: a man who calls a line for women, because he could
not read whom it is for, is turned away."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem, Severity
from kuule.helplines.service import ServiceAudience, SourceTrust
from kuule.study.rules.checked_study import CheckedStudy

CODE = "STUDY_358"


def check(study: CheckedStudy) -> Iterator[Problem]:
    """Yield a warning for each row of the study's own that says it in free words only."""
    for service in study.support.services:
        if service.trust is SourceTrust.STUDY and service.audience_note and not service.audience:
            place = f"support.csv, {service.country}, {service.name}, audience"
            cause = f"pages show {service.audience_note!r} as it is written, in every language"
            yield Problem(CODE, place, cause, f"write words of these: {', '.join(ServiceAudience)}", Severity.WARNING)
