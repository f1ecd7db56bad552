"""Finds countries and languages without a helpline that a person has checked, where some of those who may answer would
find nobody to turn to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kuule.helplines.service import INTERNATIONAL, Service, ServiceKind

KINDS_FOR_THE_YOUNG = (ServiceKind.CHILD, ServiceKind.CRISIS)
"""The services that a person is shown who is too young for a survey."""

_NO_TONGUE = "no service that a person has checked lately helps in any of them"


@dataclass(frozen=True, slots=True)
class CoverageGap:
    """A group of people without a helpline. `place` names it ("country FI", "language sv"); `cause` says it in a
    sentence, and `shared_cause` for several languages at once, of which `language` is one."""

    place: str
    cause: str
    language: str = ""
    shared_cause: str = ""


def coverage_gaps(
    services: Iterable[Service], *, countries: Sequence[str], languages: Sequence[str], minimum_age: int
) -> tuple[CoverageGap, ...]:
    """Who would find nobody among `services`, which are those that may be shown to the public.

    One service that helps in any country (ZZ) is enough for everybody. Without one, each of `countries` needs a service
    of its own, each of `languages` a service that speaks it, and `countries` must not be empty, because a page on the
    web is open to the whole world. People under `minimum_age` need a line for children or for a crisis.
    """
    found = tuple(services)
    everywhere = {service.country for service in found}
    missing: list[CoverageGap] = []
    if INTERNATIONAL not in everywhere:
        missing += [*_places(everywhere, countries), *_tongues(found, languages)]
    if minimum_age and not _covered(
        {service.country for service in found if service.kind in KINDS_FOR_THE_YOUNG}, countries
    ):
        cause = f"whoever says that they are under {minimum_age} finds no checked line for children or for a crisis"
        missing.append(CoverageGap("people too young", cause))
    return tuple(missing)


def _places(covered: Collection[str], countries: Sequence[str]) -> Iterator[CoverageGap]:
    if not countries:
        own = "1 country has one" if len(covered) == 1 else f"{len(covered)} countries have one"
        cause = f"no service that helps in any country has been checked by a person lately ({own})"
        yield CoverageGap("everywhere", cause)
    for country in countries:
        if country not in covered:
            yield CoverageGap(f"country {country}", f"no service in {country} has been checked by a person lately")


def _tongues(services: Iterable[Service], languages: Sequence[str]) -> Iterator[CoverageGap]:
    spoken = {tag.partition("-")[0] for service in services for tag in service.languages}
    for tag in languages:
        if tag.partition("-")[0] not in spoken:
            cause = f"no service that a person has checked lately helps in {tag}"
            yield CoverageGap(f"language {tag}", cause, tag, _NO_TONGUE)


def _covered(where: Collection[str], countries: Sequence[str]) -> bool:
    return INTERNATIONAL in where or (bool(countries) and all(country in where for country in countries))
