"""The help page as data: numbers to press first, then services of the country that the respondent chose, grouped by
what they are for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kuule.collector.served.served_editions import ServedEdition, ServedLanguage
from kuule.helplines.coverage import KINDS_FOR_THE_YOUNG
from kuule.helplines.directory import Directory, Service, ServiceKind
from kuule.helplines.service import ServiceAudience
from kuule.helplines.short_numbers import (
    CHILD_IN_EUROPE,
    EMERGENCY_IN_THE_EU,
    NumberMeaning,
    ShortNumber,
    countries_with_emergency_number,
    group_digits,
    shown_numbers,
)
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

__all__ = ["KINDS_FOR_THE_YOUNG", "HelpGroup", "HelpView", "NumberLine", "help_for_edition"]


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
    drafts: bool,
    today: date,
    kinds: Sequence[ServiceKind] = (),
) -> HelpView:
    """Help in `country` for the audience of an edition, as `help_for_audience` gives it."""
    directory, audience = served.edition.support, served.edition.study.audience
    return help_for_audience(
        directory, audience, language.language.tag, country, drafts=drafts, today=today, kinds=kinds
    )


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
        numbers=_numbers(chosen, here, wanted, drafts=drafts),
        here=_grouped(here, wanted),
        anywhere=_grouped(directory.international_services(drafts=drafts, today=today), wanted),
    )


def _numbers(
    country: str, here: Sequence[Service], kinds: Sequence[ServiceKind], *, drafts: bool
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
    return tuple(_line(one) for one in shown_numbers(country, here, meanings, drafts=drafts))


def _line(one: ShortNumber) -> NumberLine:
    says_enough = one.meaning is NumberMeaning.CHILD or ServiceAudience.ANYONE in one.audience
    return NumberLine(one.grouped, one.link, f"number_{one.meaning}", () if says_enough else one.audience)


def _grouped(services: Iterable[Service], kinds: Sequence[ServiceKind]) -> tuple[HelpGroup, ...]:
    """Those first that name adults who were hurt as children."""
    found = sorted(services, key=lambda service: ServiceAudience.HARMED_AS_CHILDREN not in service.audience)
    groups = [(kind, tuple(service for service in found if service.kind == kind)) for kind in kinds]
    return tuple(HelpGroup(f"kind_{kind}", members) for kind, members in groups if members)
