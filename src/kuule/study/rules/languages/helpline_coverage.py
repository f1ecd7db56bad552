"""Everyone must find a service to turn to that a person has checked, in each country that is asked: help comes first
and last.

This is a warning while a study is being made. The collector does not serve a country or a language without such a
service.
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem, Severity
from kuule.study.rules.checked_study import CheckedStudy
from kuule.study.settings.help_demand import help_gaps

CODE = "STUDY_315"


def check(study: CheckedStudy) -> Iterator[Problem]:
    """Yield what the collector would refuse, except that the age of a check is ignored, since a check of a study must
    not depend on the day."""
    checked = [service for service in study.support.services if service.checked]
    remedy = "check services and record it (kuule support check), or waive the kind in [help.waivers]"
    for gap in help_gaps(study.settings, checked, tuple(study.settings.languages)):
        yield Problem(
            CODE,
            f"support.csv, {gap.place}",
            gap.cause.replace(" lately", ""),
            remedy,
            Severity.WARNING,
            language=gap.language,
            shared_cause=gap.shared_cause.replace(" lately", ""),
        )
