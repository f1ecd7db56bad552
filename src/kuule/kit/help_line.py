"""The one number of help on a piece: of the country, for everybody, and checked by a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kuule.core.problems import Problem
from kuule.helplines.contact_options import ContactChannel
from kuule.helplines.directory import Directory
from kuule.helplines.service import GenderServed, Service, ServiceAudience, ServiceKind, service_key
from kuule.kit.kit_partners import KitPartner
from kuule.kit.kit_problems import KitError
from kuule.study.settings.audience_services import SERVICES_BY_AUDIENCE
from kuule.study.settings.study_settings import Audience

_LIKELIEST = (ServiceKind.SURVIVOR, ServiceKind.VICTIM, ServiceKind.CRISIS, ServiceKind.VIOLENCE)
_LIKELIEST_FOR_OFFENDERS = (ServiceKind.PERPETRATOR_PREVENTION, ServiceKind.CRISIS)
_FOR_ALL = frozenset({ServiceAudience.ANYONE, ServiceAudience.ADULTS, ServiceAudience.HARMED_AS_CHILDREN})


@dataclass(frozen=True, slots=True)
class HelpLine:
    """A service by name, its number as it is dialled in its country, and whether a person has checked it."""

    name: str
    number: str
    checked: bool = True


def find_help_line(
    directory: Directory, partner: KitPartner, *, audience: Audience, drafts: bool, today: date
) -> HelpLine:
    """The service that a partner named or, of those of its country that a phone reaches, the likeliest: one that people
    of any gender and age can call, for survivors before others. With `drafts` one that nobody has checked will do.

    Raises KitError KIT_015 where there is none.
    """
    shown = directory.for_country(partner.country, drafts=drafts, today=today)
    kinds = _LIKELIEST_FOR_OFFENDERS if audience is Audience.OFFENDERS else _LIKELIEST
    allowed = SERVICES_BY_AUDIENCE[audience]
    found = [one for one in shown if one.kind in allowed and _number(one)]
    if partner.help:
        named = [one for one in found if service_key(*_key(one)) == service_key(partner.country, partner.help)]
        if not named:
            raise KitError(_no_such_service(partner))
        return HelpLine(named[0].name, _number(named[0]), named[0].checked)
    likely = [one for kind in kinds for one in sorted(found, key=_rank) if one.kind is kind and _is_for_all(one)]
    if not likely:
        raise KitError(_no_service(partner, found))
    return HelpLine(likely[0].name, _number(likely[0]), likely[0].checked)


def _key(service: Service) -> tuple[str, str]:
    return service.country, service.name


def _number(service: Service) -> str:
    """The first number that a phone can dial."""
    calls = (one.number for one in service.ways if one.way is ContactChannel.CALL and one.link)
    return next(calls, "")


def _is_for_all(service: Service) -> bool:
    """Whether a piece that anybody may read can name it, as far as its row says."""
    some_gender = service.gender in (GenderServed.WOMEN, GenderServed.MEN)
    some_people = bool(service.audience) and not _FOR_ALL & set(service.audience)
    return not some_gender and not some_people


def _rank(service: Service) -> tuple[bool, bool, str, bool]:
    """Those that a person checked first; then those that say that they take everybody."""
    says_so = bool(_FOR_ALL & set(service.audience)) and not service.audience_note
    return not service.checked, not says_so, str(service.trust), not service.open_always


def _no_such_service(partner: KitPartner) -> Problem:
    cause = f"no service in {partner.country} with a number is called {partner.help!r}"
    remedy = "write its name as `kuule support list` has it, or leave help out"
    return Problem("KIT_015", f"partners/{partner.code}.toml, help", cause, remedy)


def _no_service(partner: KitPartner, found: list[Service]) -> Problem:
    cause = f"no service in {partner.country} that everybody can call was checked by a person lately"
    if found:
        cause += f"; {found[0].name} is not for everybody"
    remedy = 'check one and add it to support.csv (docs/how-to/support.md), or name one: help = "…"'
    return Problem("KIT_015", f"partners/{partner.code}.toml", cause, remedy)
