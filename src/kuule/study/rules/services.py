"""For every language there is someone to turn to whom a person has checked: help comes first and last.

A warning while a study is made; the collector does not serve a country or a language without one.
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.errors import Problem, Severity
from kuule.study.rules.checked import Checked
from kuule.support.directory import INTERNATIONAL

CODE = "STUDY_315"


def check(study: Checked) -> Iterator[Problem]:
    """A checked service in the language, or a checked international one."""
    checked = [service for service in study.support.services if service.checked]
    if any(service.country == INTERNATIONAL for service in checked):
        return
    spoken = {language.partition("-")[0] for service in checked for language in service.languages}
    for tag in study.settings.languages:
        if tag.partition("-")[0] not in spoken:
            cause = f"no service that a person has checked helps in {tag}, and none that is international"
            remedy = "check services and say so in support.csv (checked_by, checked_on)"
            yield Problem(CODE, f"support.csv, language {tag}", cause, remedy, Severity.WARNING)
