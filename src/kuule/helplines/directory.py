"""The directory of helplines: the built-in one, what a study adds, and which rows may be shown today.

`directory.csv` has 342 rows in 133 countries and ZZ: everything that two searches found, with how far each source can
be trusted (decision 0064). No row has been called or checked by a person: `checked_by` and `checked_on` are empty
throughout.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from pathlib import Path

from kuule.core.regular_files import read_regular_file
from kuule.helplines.service import (
    INTERNATIONAL,
    MONTHS_CHECK_COUNTS,
    Service,
    ServiceKind,
    SourceTrust,
    service_id,
    service_key,
)
from kuule.helplines.service_json import service_from_json, service_to_json
from kuule.helplines.service_rows import read_rows

__all__ = [
    "INTERNATIONAL",
    "Directory",
    "Service",
    "ServiceKind",
    "SourceTrust",
    "built_in_directory",
    "merge_directories",
    "read_support_file",
]


@dataclass(frozen=True, slots=True)
class Directory:
    """Services in the order of their files, a study's own first. `hidden` has the (country, name) pairs that a study
    removed.

    `months` is for how many months a check counts. `left_out` are services that `leave_out` took away: no number is
    shown that is theirs alone.
    """

    services: tuple[Service, ...]
    hidden: frozenset[tuple[str, str]] = frozenset()
    months: int = MONTHS_CHECK_COUNTS
    left_out: tuple[Service, ...] = ()

    def for_country(self, country: str, *, drafts: bool, today: date) -> tuple[Service, ...]:
        """The services of a country that may be shown, without the international ones."""
        return tuple(
            service for service in self.shown_services(drafts=drafts, today=today) if service.country == country
        )

    def shown_services(self, *, drafts: bool, today: date) -> tuple[Service, ...]:
        """Every service that may be shown today."""
        return tuple(
            service for service in self.services if service.may_be_shown(drafts=drafts, today=today, months=self.months)
        )

    def international_services(self, *, drafts: bool, today: date) -> tuple[Service, ...]:
        """What may be shown to anyone: services and directories that are not of one country."""
        return self.for_country(INTERNATIONAL, drafts=drafts, today=today)

    def countries(self, *, drafts: bool, today: date) -> frozenset[str]:
        """The codes of the countries for which anything may be shown."""
        return frozenset(service.country for service in self.shown_services(drafts=drafts, today=today)) - {
            INTERNATIONAL
        }

    def of_kinds(self, kinds: Iterable[ServiceKind]) -> Directory:
        """The directory with services of these kinds only. A page for survivors does not name a line for people who
        abuse."""
        wanted = frozenset(kinds)
        return Directory(
            tuple(service for service in self.services if service.kind in wanted),
            self.hidden,
            self.months,
            self.left_out,
        )

    def leave_out(self, ids: Collection[int]) -> Directory:
        """The directory without the services of these ids (`service_id`); itself where there are none."""
        if not ids:
            return self
        kept = tuple(one for one in self.services if service_id(one.country, one.name) not in ids)
        gone = tuple(one for one in self.services if service_id(one.country, one.name) in ids)
        return Directory(kept, self.hidden, self.months, gone)

    def to_json(self) -> list[dict[str, object]]:
        return [service_to_json(service) for service in self.services]

    @staticmethod
    def from_json(rows: Iterable[Mapping[str, object]], *, months: int = MONTHS_CHECK_COUNTS) -> Directory:
        """The directory that `to_json` wrote. Raises KeyError or ValueError for anything else."""
        return Directory(tuple(service_from_json(row) for row in rows), months=months)


@lru_cache(maxsize=1)
def built_in_directory() -> Directory:
    """The directory that comes with Kuule."""
    text = resources.files("kuule.helplines").joinpath("directory.csv").read_text("utf-8")
    services, _ = read_rows(text, "directory.csv", default_trust=SourceTrust.LEAD)
    return Directory(services)


def read_support_file(path: Path) -> Directory:
    """A study's support.csv. Raises StudyError with every row that is wrong (STUDY_201 to STUDY_205), or STUDY_013."""
    services, hidden = read_rows(read_regular_file(path), path.name, default_trust=SourceTrust.STUDY)
    return Directory(services, hidden)


def merge_directories(base: Directory, study: Directory) -> Directory:
    """`base` with the services of `study`. A row of `study` replaces (or hides) the one of the same country and
    name."""
    replaced = {_key(service) for service in study.services} | study.hidden
    kept = tuple(service for service in base.services if _key(service) not in replaced)
    return Directory(study.services + kept)


def _key(service: Service) -> tuple[str, str]:
    return service_key(service.country, service.name)
