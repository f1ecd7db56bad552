"""The help page as data: services of the country that the respondent chose, grouped by whom they help."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kuule.collector.served.served_editions import ServedEdition, ServedLanguage
from kuule.helplines.coverage import KINDS_FOR_THE_YOUNG
from kuule.helplines.directory import Directory, Service, ServiceKind
from kuule.languages.cldr.territories import territory_names
from kuule.study.settings.audience_services import SERVICES_BY_AUDIENCE
from kuule.study.settings.study_toml import Audience

_ORDER = (
    ServiceKind.SURVIVOR,
    ServiceKind.VICTIM,
    ServiceKind.CRISIS,
    ServiceKind.CHILD,
    ServiceKind.PERPETRATOR_PREVENTION,
)
_ORDER_FOR_OFFENDERS = (ServiceKind.PERPETRATOR_PREVENTION, ServiceKind.CRISIS, ServiceKind.CHILD)

__all__ = ["KINDS_FOR_THE_YOUNG", "HelpGroup", "HelpView", "help_for_edition"]


@dataclass(frozen=True, slots=True)
class HelpGroup:
    """Services of one kind. `heading` is the name of an interface text."""

    heading: str
    services: tuple[Service, ...]


@dataclass(frozen=True, slots=True)
class HelpView:
    """`countries`: (code, name) to choose from. `country`: the chosen code or "". `here`: the services there.
    `anywhere`: those that help everywhere."""

    countries: tuple[tuple[str, str], ...]
    country: str
    country_name: str
    here: tuple[HelpGroup, ...]
    anywhere: tuple[HelpGroup, ...]


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
    known = directory.countries(drafts=drafts, today=today)
    names = {code: name for code, name in territory_names(tag).items() if code in known}
    chosen = country.upper() if country.upper() in names else ""
    return HelpView(
        countries=tuple(names.items()),
        country=chosen,
        country_name=names.get(chosen, ""),
        here=_grouped(directory.for_country(chosen, drafts=drafts, today=today), wanted) if chosen else (),
        anywhere=_grouped(directory.international_services(drafts=drafts, today=today), wanted),
    )


def _grouped(services: Iterable[Service], kinds: Sequence[ServiceKind]) -> tuple[HelpGroup, ...]:
    found = tuple(services)
    groups = [(kind, tuple(service for service in found if service.kind == kind)) for kind in kinds]
    return tuple(HelpGroup(f"kind_{kind}", members) for kind, members in groups if members)
