"""Finds coverage gaps: countries and languages in which respondents would find no service that a person has checked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kuule.helplines.service import (
    BOTH_GENDERS,
    INTERNATIONAL,
    GenderServed,
    Service,
    ServiceAudience,
    ServiceKind,
)

KINDS_FOR_THE_YOUNG = (ServiceKind.CHILD, ServiceKind.CRISIS)
"""The services to show to people who are too young for a survey."""

_ONLY_RECENT = frozenset({ServiceAudience.HURT_AS_ADULTS, ServiceAudience.SOON_AFTER})
_NO_TONGUE = "no service that a person has checked lately helps in any of them"


@dataclass(frozen=True, slots=True)
class CoverageGap:
    """A group of people without a helpline. `place` names it ("country FI", "language sv"); `cause` says it in a
    sentence, and `shared_cause` for several languages at once, of which `language` is one."""

    place: str
    cause: str
    language: str = ""
    shared_cause: str = ""


@dataclass(frozen=True, slots=True)
class HelpWaiver:
    """Why a study asks in a country although no service of one kind was found there, for everybody or for one gender.
    `by` is a role."""

    country: str
    kind: ServiceKind
    gender: GenderServed
    reason: str
    by: str
    on: date

    def waives(self, country: str, kind: ServiceKind, gender: GenderServed) -> bool:
        return (self.country, self.kind) == (country, kind) and self.gender in (GenderServed.ANY, gender)


@dataclass(frozen=True, slots=True)
class HelpDemand:
    """The checked services that a study needs: of each of these kinds, for women and for men, in each of these
    countries, except for what is waived; and one that speaks each of the languages."""

    countries: Sequence[str]
    kinds: Sequence[ServiceKind]
    languages: Sequence[str] = ()
    waivers: Sequence[HelpWaiver] = ()

    def waiver_for(self, country: str, kind: ServiceKind, gender: GenderServed) -> HelpWaiver | None:
        """The study's waiver for such a service, if it has one."""
        return next((waiver for waiver in self.waivers if waiver.waives(country, kind, gender)), None)


def counts_as(service: Service, kind: ServiceKind) -> bool:
    """Whether a service counts for a kind. A service only for people who were hurt recently does not count for adults
    who were hurt as children."""
    if kind is ServiceKind.SURVIVOR and _ONLY_RECENT & set(service.audience):
        return False
    return service.kind is kind


def genders_covered(services: Iterable[Service], country: str, kind: ServiceKind) -> frozenset[GenderServed]:
    """The genders that the services of this country and kind take."""
    found = [one.genders_served for one in services if one.country == country and counts_as(one, kind)]
    return frozenset().union(*found)


def coverage_gaps(services: Iterable[Service], demand: HelpDemand) -> tuple[CoverageGap, ...]:
    """Who would find no service among `services`, which are those that may be shown to the public.

    An international service (ZZ) does not count for any country, because a directory answers no telephone. A study that
    names no countries cannot be judged, which is a gap too.
    """
    found = tuple(services)
    if not demand.countries:
        cause = "[help] countries names no country, so that nobody can tell whether there is help where people are"
        return (CoverageGap("everywhere", cause), *_tongues(found, demand.languages))
    missing = (missing_kinds(found, demand, country) for country in demand.countries)
    gaps = [_country_gap(country, kinds) for country, kinds in zip(demand.countries, missing, strict=True) if kinds]
    return (*gaps, *_tongues(found, demand.languages))


def missing_kinds(
    services: Iterable[Service], demand: HelpDemand, country: str
) -> Mapping[ServiceKind, tuple[GenderServed, ...]]:
    """The kinds that are demanded in a country but neither exist there nor are waived, each with the genders that lack
    it."""
    found = tuple(services)
    missing = {}
    for kind in demand.kinds:
        covered = genders_covered(found, country, kind)
        lacking = tuple(
            gender
            for gender in BOTH_GENDERS
            if gender not in covered and demand.waiver_for(country, kind, gender) is None
        )
        if lacking:
            missing[kind] = lacking
    return missing


def _country_gap(country: str, missing: Mapping[ServiceKind, tuple[GenderServed, ...]]) -> CoverageGap:
    said = [str(kind) if genders == BOTH_GENDERS else f"{kind} for {genders[0]}" for kind, genders in missing.items()]
    cause = f"in {country} no service of the kind {', '.join(said)} has been checked by a person lately"
    return CoverageGap(f"country {country}", cause)


def any_country_gaps(
    services: Iterable[Service], *, countries: Sequence[str], languages: Sequence[str], minimum_age: int
) -> tuple[CoverageGap, ...]:
    """The same for an edition that was frozen before a study had to cover each country. It has to meet only what was
    demanded then.

    One international service (ZZ) is enough for everybody. Without one, each of `countries` needs a service, each of
    `languages` a service that speaks it, and `countries` must not be empty, because a page on the web is open to the
    whole world. People under `minimum_age` need a line for children or for a crisis.
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


def _tongues(services: Collection[Service], languages: Sequence[str]) -> Iterator[CoverageGap]:
    """For a language, a service in any country is enough if it speaks that language."""
    if any(service.country == INTERNATIONAL for service in services):
        return
    spoken = {tag.partition("-")[0] for service in services for tag in service.languages}
    for tag in languages:
        if tag.partition("-")[0] not in spoken:
            cause = f"no service that a person has checked lately helps in {tag}"
            yield CoverageGap(f"language {tag}", cause, tag, _NO_TONGUE)


def _covered(where: Collection[str], countries: Sequence[str]) -> bool:
    return INTERNATIONAL in where or (bool(countries) and all(country in where for country in countries))
