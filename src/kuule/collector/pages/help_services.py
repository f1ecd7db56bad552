"""The help page as data: numbers to press first, then services of the country that the respondent chose, grouped by
what they are for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kuule.collector.served.served_editions import ServedEdition, ServedLanguage
from kuule.helplines.contact_options import ContactChannel, ContactOption
from kuule.helplines.coverage import KINDS_FOR_THE_YOUNG
from kuule.helplines.directory import Directory, Service, ServiceKind
from kuule.helplines.opening_hours import OpenHours, read_opening_hours
from kuule.helplines.service import BOTH_GENDERS, GenderServed, ServiceAudience
from kuule.helplines.short_numbers import (
    CHILD_IN_EUROPE,
    EMERGENCY_IN_THE_EU,
    NumberMeaning,
    ShortNumber,
    countries_with_emergency_number,
    group_digits,
    shown_numbers,
)
from kuule.languages.cldr.locale_formats import format_clock, join_names, weekday_name
from kuule.languages.cldr.territories import territory_names
from kuule.study.settings.audience_services import SERVICES_BY_AUDIENCE
from kuule.study.settings.study_toml import Audience

_ORDER = (
    ServiceKind.SURVIVOR,
    ServiceKind.VICTIM,
    ServiceKind.VIOLENCE,
    ServiceKind.CRISIS,
    ServiceKind.CHILD,
    ServiceKind.PERPETRATOR_PREVENTION,
)
_ORDER_FOR_OFFENDERS = (ServiceKind.PERPETRATOR_PREVENTION, ServiceKind.CRISIS, ServiceKind.CHILD)

_MEANINGS = {
    ServiceKind.VICTIM: NumberMeaning.VICTIM,
    ServiceKind.VIOLENCE: NumberMeaning.VIOLENCE,
    ServiceKind.CRISIS: NumberMeaning.CRISIS,
    ServiceKind.CHILD: NumberMeaning.CHILD,
}

__all__ = ["KINDS_FOR_THE_YOUNG", "HelpGroup", "HelpView", "NumberLine", "help_for_edition", "self_help_services"]


@dataclass(frozen=True, slots=True)
class HelpGroup:
    """Services of one kind. `heading` is the name of an interface text."""

    heading: str
    services: tuple[Service, ...]


@dataclass(frozen=True, slots=True)
class NumberLine:
    """A number to press. `text` is the name of the interface text that says what it is for; `audience` has words only
    where it is not for everybody; `where` names the text that says where it works, before a country is chosen."""

    number: str
    link: str
    text: str
    audience: tuple[ServiceAudience, ...] = ()
    where: str = ""


class ListTrust(StrEnum):
    """How many of the services of a page a person has checked."""

    EMPTY = ""
    NONE = "none"
    SOME = "some"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class HelpView:
    """`countries`: (code, name) to choose from. `country`: the chosen code or "". `numbers`: what can be pressed at
    once. `here`: the services there. `anywhere`: those that help everywhere."""

    countries: tuple[tuple[str, str], ...]
    country: str
    country_name: str
    numbers: tuple[NumberLine, ...]
    here: tuple[HelpGroup, ...]
    anywhere: tuple[HelpGroup, ...]
    tag: str = "en"

    def hours_of(self, service: Service) -> str:
        """The opening hours of a service in the language of the page; "" where they can only be shown as they are
        written."""
        return " · ".join(_in_words(one, self.tag) for one in read_opening_hours(service.hours))

    @property
    def has_emergency_number(self) -> bool:
        return any(one.number == EMERGENCY_IN_THE_EU for one in self.numbers)

    @property
    def trust(self) -> ListTrust:
        checks = [service.checked for group in (*self.here, *self.anywhere) for service in group.services]
        if not checks:
            return ListTrust.EMPTY
        return ListTrust.ALL if all(checks) else ListTrust.SOME if any(checks) else ListTrust.NONE

    @property
    def oldest_check(self) -> date | None:
        groups = (*self.here, *self.anywhere)
        return min((one.checked_on for group in groups for one in group.services if one.checked_on), default=None)


def help_for_edition(
    served: ServedEdition,
    language: ServedLanguage,
    country: str,
    *,
    hidden: Collection[int],
    drafts: bool,
    today: date,
    kinds: Sequence[ServiceKind] = (),
) -> HelpView:
    """Help in `country` for the audience of an edition, as `help_for_audience` gives it, without the services that
    were ordered to be `hidden` (their ids)."""
    directory, audience = served.edition.support.leave_out(hidden), served.edition.study.audience
    return help_for_audience(
        directory, audience, language.language.tag, country, drafts=drafts, today=today, kinds=kinds
    )


def self_help_services(
    served: ServedEdition, language: ServedLanguage, today: date, *, hidden: Collection[int]
) -> tuple[Service, ...]:
    """What those whom a study of offenders asks can turn to in any country, for the first and the last page: services
    in the language of the page first. Only what a person has checked and nobody ordered to be hidden, and nothing for
    other audiences."""
    if served.edition.study.audience is not Audience.OFFENDERS:
        return ()
    support, tag = served.edition.support.leave_out(hidden), language.language.tag
    directory = support.of_kinds([ServiceKind.PERPETRATOR_PREVENTION])
    found = directory.international_services(drafts=False, today=today)
    return tuple(sorted(found, key=lambda service: tag not in service.languages))


def help_for_audience(
    services: Directory,
    audience: Audience,
    tag: str,
    country: str,
    *,
    drafts: bool,
    today: date,
    kinds: Sequence[ServiceKind] = (),
) -> HelpView:
    """Help in `country` (a code in any case, or ""). A country without any service counts as none chosen.

    `tag`: the language in which countries are named. `kinds`: the kinds of services that are shown, where not those for
    the audience.
    """
    ordered = _ORDER_FOR_OFFENDERS if audience is Audience.OFFENDERS else _ORDER
    wanted = tuple(kinds) or tuple(kind for kind in ordered if kind in SERVICES_BY_AUDIENCE[audience])
    directory = services.of_kinds(wanted)
    known = directory.countries(drafts=drafts, today=today) | countries_with_emergency_number()
    names = {code: name for code, name in territory_names(tag).items() if code in known}
    chosen = country.upper() if country.upper() in names else ""
    here = directory.for_country(chosen, drafts=drafts, today=today) if chosen else ()
    return HelpView(
        countries=tuple(names.items()),
        country=chosen,
        country_name=names.get(chosen, ""),
        numbers=_numbers(chosen, here, wanted, drafts=drafts, left_out=directory.left_out),
        here=_grouped(here, wanted),
        anywhere=_grouped(directory.international_services(drafts=drafts, today=today), wanted),
        tag=tag,
    )


def _in_words(hours: OpenHours, tag: str) -> str:
    days = ["–".join(weekday_name(day, tag) for day in dict.fromkeys((first, last))) for first, last in hours.days]
    times = ["–".join(format_clock(time, tag) for time in span) for span in hours.times]
    return f"{join_names(days, tag)} {join_names(times, tag)}".lstrip()


def _numbers(
    country: str, here: Sequence[Service], kinds: Sequence[ServiceKind], *, drafts: bool, left_out: Sequence[Service]
) -> tuple[NumberLine, ...]:
    """The numbers of a country; before one is chosen, those of which something true can be said without it. Whoever is
    young meets the line for children first."""
    young = tuple(kinds) == KINDS_FOR_THE_YOUNG
    if not country:
        child = NumberLine(
            group_digits(CHILD_IN_EUROPE), f"tel:{CHILD_IN_EUROPE}", "number_child", (), "number_child_many"
        )
        anyone = NumberLine(
            EMERGENCY_IN_THE_EU, f"tel:{EMERGENCY_IN_THE_EU}", "number_emergency", (), "number_emergency_many"
        )
        return (child, anyone) if young else (anyone,)
    meanings = [_MEANINGS[kind] for kind in kinds if kind in _MEANINGS]
    meanings.insert(1 if young else 0, NumberMeaning.EMERGENCY)
    gone = [service for service in left_out if service.country == country]
    lines = [_line(one) for one in shown_numbers(country, here, meanings, drafts=drafts, left_out=gone)]
    known = {line.link for line in lines}
    own = [line for service in _first_for_survivors(here, kinds) if (line := _line_of(service)).link not in known]
    return (*lines[:1], *own, *lines[1:]) if lines and lines[0].text == "number_emergency" else (*own, *lines)


def _first_for_survivors(here: Sequence[Service], kinds: Sequence[ServiceKind]) -> tuple[Service, ...]:
    """The services for survivors whose numbers can be pressed at the top: the first that takes everybody, else the
    first for women and the first for men, else the first of all."""
    if ServiceKind.SURVIVOR not in kinds:
        return ()
    found = [service for service in _ordered(here) if service.kind is ServiceKind.SURVIVOR and _can_be_called(service)]
    takes = {service.gender: service for service in reversed(found)}
    if GenderServed.ANY in takes:
        return (takes[GenderServed.ANY],)
    return tuple(takes[gender] for gender in BOTH_GENDERS if gender in takes) or tuple(found[:1])


def _can_be_called(service: Service) -> bool:
    """Whether its first number can be pressed, and it sends nobody away who was hurt long ago."""
    away = {ServiceAudience.HURT_AS_ADULTS, ServiceAudience.SOON_AFTER}
    return bool(_calls(service)) and not away & set(service.audience)


def _calls(service: Service) -> list[ContactOption]:
    return [way for way in service.ways if way.link and way.way is ContactChannel.CALL]


def _line_of(service: Service) -> NumberLine:
    way = _calls(service)[0]
    audience = () if ServiceAudience.ANYONE in service.audience else service.audience_in_order
    return NumberLine(way.number, way.link, f"kind_{service.kind}", audience)


def _line(one: ShortNumber) -> NumberLine:
    says_enough = one.meaning is NumberMeaning.CHILD or ServiceAudience.ANYONE in one.audience
    return NumberLine(one.grouped, one.link, f"number_{one.meaning}", () if says_enough else one.audience)


def _grouped(services: Iterable[Service], kinds: Sequence[ServiceKind]) -> tuple[HelpGroup, ...]:
    found = _ordered(services)
    groups = [(kind, tuple(service for service in found if service.kind == kind)) for kind in kinds]
    return tuple(HelpGroup(f"kind_{kind}", members) for kind, members in groups if members)


def _ordered(services: Iterable[Service]) -> list[Service]:
    """Those first that name adults who were hurt as children."""
    return sorted(services, key=lambda service: ServiceAudience.HARMED_AS_CHILDREN not in service.audience)
