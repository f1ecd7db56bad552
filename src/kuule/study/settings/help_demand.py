"""What help a study has to have before it may ask, and who would find none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kuule.helplines.coverage import CoverageGap, HelpDemand, any_country_gaps, coverage_gaps
from kuule.helplines.service import Service, ServiceKind
from kuule.study.settings.help_settings import HelpLevel
from kuule.study.settings.study_toml import Audience, Study

_FOR_WHO_WAS_HURT = (ServiceKind.SURVIVOR, ServiceKind.VICTIM, ServiceKind.VIOLENCE, ServiceKind.CRISIS)
DEMANDED_KINDS = {
    Audience.SURVIVORS: _FOR_WHO_WAS_HURT,
    Audience.PUBLIC: _FOR_WHO_WAS_HURT,
    Audience.OFFENDERS: (ServiceKind.PERPETRATOR_PREVENTION, ServiceKind.CRISIS),
}
"""Wherever the public is asked, some people were hurt. If a study has a lowest age, lines for children are added."""


def help_demand(study: Study, languages: Sequence[str] = ()) -> HelpDemand:
    """What a study of the level `full` has to have checked."""
    young = (ServiceKind.CHILD,) if study.minimum_age else ()
    return HelpDemand(study.help.countries, (*DEMANDED_KINDS[study.audience], *young), languages, study.help.waivers)


def help_gaps(study: Study, services: Iterable[Service], languages: Sequence[str]) -> tuple[CoverageGap, ...]:
    """Who would find no service among `services`, which are those that may be shown to the public; nobody if the study
    demands no help."""
    if study.help.level is HelpLevel.NONE:
        return ()
    if study.help.level is HelpLevel.ANY_COUNTRY:
        countries, age = study.help.countries, study.minimum_age
        return any_country_gaps(services, countries=countries, languages=languages, minimum_age=age)
    return coverage_gaps(services, help_demand(study, languages))
