"""A waiver must not be forgotten: everyone who checks the study is told who will find no service, who accepted that,
and why."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem, Severity
from kuule.helplines.coverage import HelpWaiver, genders_covered
from kuule.helplines.service import BOTH_GENDERS, GenderServed
from kuule.study.rules.checked_study import CheckedStudy

CODE = "STUDY_357"


def check(study: CheckedStudy) -> Iterator[Problem]:
    """Yield a warning for each waiver, also for one that is no longer needed."""
    checked = [service for service in study.support.services if service.checked]
    for waiver in study.settings.help.waivers:
        place = f"study.toml, help.waivers.{waiver.country}.{waiver.kind}"
        if set(_waived(waiver)) <= genders_covered(checked, waiver.country, waiver.kind):
            cause = f"{waiver.country} has a checked service of the kind {waiver.kind} by now"
            yield Problem(CODE, place, cause, "take the waiver away", Severity.WARNING)
            continue
        whom = "" if waiver.gender is GenderServed.ANY else f" for {waiver.gender}"
        cause = (
            f"waived: no {waiver.kind} service{whom} in {waiver.country} ({waiver.by}, {waiver.on}: {waiver.reason})"
        )
        yield Problem(CODE, place, cause, "find one and check it, or leave it so", Severity.WARNING)


def _waived(waiver: HelpWaiver) -> tuple[GenderServed, ...]:
    return BOTH_GENDERS if waiver.gender is GenderServed.ANY else (waiver.gender,)
