"""What changed: the law, as sources date it, standards, and what the register itself read and decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from markupsafe import Markup

from kuule.register.data_model.country_values import LegalStatus, LegalValue
from kuule.register.data_model.provisions import Provision
from kuule.register.data_model.strict_model import first_day
from kuule.register.site.site_language import SiteLanguage


class ChangeKind(StrEnum):
    """What an entry of the history tells of."""

    LAW = "law"
    REGISTER = "register"
    STANDARDS = "standards"


@dataclass(frozen=True, slots=True)
class Change:
    """`on` is a day, a month or a year, as exactly as it is known; `key` names the change for ever.

    `address` is a page of the site with its anchor, `summary` English, `reported`: a change of the law that was not
    read in the law.
    """

    kind: ChangeKind
    on: str
    key: str
    words: Markup
    address: str
    summary: str
    reported: bool = False


def register_changes(site: SiteLanguage) -> tuple[Change, ...]:
    """Every change, the newest first."""
    found = [*_of_values(site), *_of_decisions(site), *_of_standards(site), *_of_actions(site)]
    return tuple(sorted(found, key=lambda one: (one.on, one.key), reverse=True))


def by_day(changes: tuple[Change, ...], kind: ChangeKind) -> tuple[tuple[str, tuple[Change, ...]], ...]:
    """The changes of one kind by day, the newest first."""
    wanted = [one for one in changes if one.kind is kind]
    return tuple((day, tuple(of_day)[::-1]) for day, of_day in groupby(wanted, key=lambda one: one.on))


def _of_values(site: SiteLanguage) -> Iterator[Change]:
    for country, provision, value in site.values():
        yield _change(site, ChangeKind.REGISTER, "event_read", value.read_on.isoformat(), country, provision, value)
        if value.checked_on is not None:
            on = value.checked_on.isoformat()
            yield _change(site, ChangeKind.REGISTER, "event_checked", on, country, provision, value)
        if provision.ranking or not _tells_of_the_law(site, country, provision, value):
            continue
        if value.in_force_from is not None and first_day(value.in_force_from) <= site.today:
            yield _change(site, ChangeKind.LAW, "event_in_force", value.in_force_from, country, provision, value)
        if value.changed_on is not None:
            yield _change(site, ChangeKind.LAW, "event_changed", value.changed_on, country, provision, value)


def _tells_of_the_law(site: SiteLanguage, country: str, provision: Provision, value: LegalValue) -> bool:
    """A bill changes nothing, and what a decision set aside is not said of the law."""
    if value.status is LegalStatus.REPEALED:
        return True
    return value in site.cells[country, provision.id].standing


def _change(
    site: SiteLanguage, kind: ChangeKind, word: str, on: str, country: str, provision: Provision, value: LegalValue
) -> Change:
    return Change(
        kind,
        on,
        f"{country}/{provision.id}/{value.id}/{word}/{on}",
        site.texts.say(word, country=site.texts.country(country), title=site.texts.title_of(provision)),
        f"{country}.html#{provision.id}--{value.id}",
        value.says,
        reported=kind is ChangeKind.LAW and not value.source.is_law,
    )


def _of_decisions(site: SiteLanguage) -> Iterator[Change]:
    for (country, name), read in site.register.values.items():
        provision = site.register.provisions.get(name)
        for decision in read.decisions if provision else ():
            on = decision.on.isoformat()
            title = site.texts.title_of(provision) if provision else name
            words = site.texts.say("event_decided", country=site.texts.country(country), title=title)
            key = f"{country}/{name}/decision/{on}/{'+'.join((*decision.keeps, *decision.rejects))}"
            yield Change(ChangeKind.REGISTER, on, key, words, f"{country}.html#{name}", decision.why)


def _of_standards(site: SiteLanguage) -> Iterator[Change]:
    for standard in site.register.standards.values():
        for stage in standard.stages:
            if stage.date is None:
                continue
            status = site.texts.one_of("stage", stage.status)
            words = site.texts.say("event_stage", title=site.texts.standard_short(standard), status=status)
            key = f"standard/{standard.id}/{stage.status}/{stage.date}/{stage.source.address}"
            yield Change(ChangeKind.STANDARDS, stage.date, key, words, f"standards.html#{standard.id}", stage.says)


def _of_actions(site: SiteLanguage) -> Iterator[Change]:
    for action in site.register.actions.values():
        on = action.changed_on.isoformat()
        words = site.texts.say("event_action", title=site.texts.data(action.title))
        key = f"action/{action.id}/{action.sequence}"
        yield Change(ChangeKind.REGISTER, on, key, words, f"actions.html#{action.id}", action.says)
