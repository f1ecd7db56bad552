"""Everyone must find a service to turn to that a person has checked: help comes first and last.

This is a warning while a study is being made. The collector does not serve a country or a language without such a
service.
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem, Severity
from kuule.helplines.coverage import coverage_gaps
from kuule.study.rules.checked_study import CheckedStudy

CODE = "STUDY_315"


def check(study: CheckedStudy) -> Iterator[Problem]:
    """Yield what the collector would refuse, except that the age of a check is ignored, since a check of a study must
    not depend on the day."""
    checked = [service for service in study.support.services if service.checked]
    settings = study.settings
    for gap in coverage_gaps(
        checked,
        countries=settings.help.countries,
        languages=tuple(settings.languages),
        minimum_age=settings.minimum_age,
    ):
        remedy = "check services and record it: kuule support check"
        yield Problem(
            CODE,
            f"support.csv, {gap.place}",
            gap.cause.replace(" lately", ""),
            remedy,
            Severity.WARNING,
            language=gap.language,
            shared_cause=gap.shared_cause.replace(" lately", ""),
        )
