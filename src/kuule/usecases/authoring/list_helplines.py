"""The services that a study shows to its audience: which are checked, and who would find no service."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kuule.core.problems import StudyError
from kuule.helplines.coverage import CoverageGap
from kuule.helplines.directory import INTERNATIONAL, Directory, Service, SourceTrust
from kuule.helplines.hide_recording import HiddenService, hidden_services
from kuule.helplines.service import NEVER_SHOWN_UNCHECKED
from kuule.helplines.support_file import read_support_rows
from kuule.study.folder.study_folder import read_study_folder
from kuule.study.settings.audience_services import SERVICES_BY_AUDIENCE
from kuule.study.settings.help_demand import help_gaps
from kuule.study.settings.study_toml import Study


@dataclass(frozen=True, slots=True)
class ListedService:
    """A service, with a text that says whether its check is still valid."""

    service: Service
    check: str


@dataclass(frozen=True, slots=True)
class HelplineList:
    """The services that were asked for, by country and name; how many of all services are checked, and in how many
    countries. `gaps` are the coverage gaps: with any, a collector starts only with drafts allowed. `hidden` are those
    of the services asked for that the study hides."""

    services: tuple[ListedService, ...]
    checked: int
    total: int
    countries: int
    gaps: tuple[CoverageGap, ...]
    hidden: tuple[HiddenService, ...]


def list_helplines(study: Path, *, country: str = "", today: date) -> HelplineList:
    """List the services of a study, or those of one country. Raises StudyError if the folder cannot be read."""
    settings, directory = study_services(study)
    wanted = country.upper()
    services = sorted(directory.services, key=lambda one: (one.country, one.name.casefold()))
    checked = directory.shown_services(drafts=False, today=today)
    return HelplineList(
        tuple(
            ListedService(service, _check_in_words(service, directory.months, today))
            for service in services
            if wanted in ("", service.country)
        ),
        len(checked),
        len(directory.services),
        len({service.country for service in checked} - {INTERNATIONAL}),
        help_gaps(settings, checked, tuple(settings.languages)),
        tuple(one for one in hidden_services(read_support_rows(study).rows) if wanted in ("", one.country)),
    )


def gaps_in_words(gaps: Sequence[CoverageGap]) -> Iterator[str]:
    """A line for each coverage gap. If several languages have the same gap, they share one line."""
    languages = [gap for gap in gaps if gap.language]
    for gap in gaps:
        if len(languages) < 2 or not gap.language:
            yield f"{gap.place}: {gap.cause}"
        elif gap is languages[0]:
            tags = ", ".join(one.language for one in languages)
            yield f"{len(languages)} languages: {gap.shared_cause} ({tags})"


def study_services(study: Path) -> tuple[Study, Directory]:
    """The settings of a study, and the services for its audience. Raises StudyError if the folder cannot be read."""
    gathered = read_study_folder(study)
    if gathered.settings is None or gathered.support is None:
        raise StudyError(*gathered.problems)
    held = gathered.support.of_kinds(SERVICES_BY_AUDIENCE[gathered.settings.audience])
    return gathered.settings, Directory(held.services, held.hidden, gathered.settings.help.checked_within_months)


def _check_in_words(service: Service, months: int, today: date) -> str:
    if service.is_checked_within(today, months):
        return f"checked {service.checked_on} by {service.checked_by}"
    if service.checked:
        return f"not shown: checked {service.checked_on}, which is over {months} months ago or still to come"
    if service.trust not in NEVER_SHOWN_UNCHECKED:
        return "not checked"
    lead = "doubtful" if service.trust is SourceTrust.DOUBTFUL else "a lead"
    return f"{lead}: never shown before it is checked"
