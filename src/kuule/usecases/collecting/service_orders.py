"""Hiding a service that helps from all pages of a survey, and showing it again: an order in the store, which all its
collectors obey within seconds. Editions stay as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kuule.collector.pages.help_services import KINDS_FOR_THE_YOUNG, HelpView, NumberLine, help_for_audience
from kuule.core.problems import KuuleError, Problem
from kuule.helplines.directory import Directory, Service, ServiceKind
from kuule.helplines.near_services import suggest_services
from kuule.helplines.service import INTERNATIONAL, service_id
from kuule.languages.gettext.shipped_words import SOURCE_LANGUAGE
from kuule.store.database import configure, prepare_store
from kuule.store.rows.hidden_services import read_hidden_services, set_service_hidden
from kuule.store.rows.store_audience import check_store_audience
from kuule.study.edition.study_edition import Edition, read_edition
from kuule.study.settings.help_left import HelpLeft, LostService, help_left_without
from kuule.study.settings.study_toml import Study


@dataclass(frozen=True, slots=True)
class HiddenList:
    """The services of an edition that are hidden, and how many more are that the edition does not have."""

    services: tuple[Service, ...]
    others: int


@dataclass(frozen=True, slots=True)
class HelpWithout:
    """What pages show now that a service is hidden, of what a person has checked. `left`: who finds nobody.
    `same_numbers`: numbers of the service that stand on pages all the same. `is_last`: no service of its country is
    left; `is_listed`: its country can still be chosen."""

    left: HelpLeft
    same_numbers: tuple[str, ...]
    is_last: bool
    is_listed: bool


@dataclass(frozen=True, slots=True)
class ServicesInField:
    """The services of an edition and its store, which is configured: made by `find_services`. Each method raises
    StoreError: then nothing was changed."""

    edition: Edition
    today: date

    @property
    def study(self) -> Study:
        """The study."""
        return self.edition.study

    def find(self, country: str, name: str) -> Service:
        """The service of this country and name. Raises KuuleError SERVE_031 if the edition has none."""
        wanted = service_id(country, name)
        found = next((one for one in self.edition.support.services if _id(one) == wanted), None)
        if found is not None:
            return found
        known = [(one.country, one.name) for one in self.edition.support.services]
        cause = f"it has no service {name!r} in {country}"
        otherwise = "give country and name as the page of help and `kuule support list` show them"
        remedy = suggest_services(country, name, known, otherwise)
        raise KuuleError(Problem("SERVE_031", f"edition {self.edition.short}", cause, remedy))

    def is_hidden(self, country: str, name: str) -> bool:
        """Whether a service is hidden, be it in this edition or not."""
        return service_id(country, name) in read_hidden_services()

    def is_shown(self, service: Service) -> bool:
        """Whether pages show it where nobody hides it, and a collector does not show what nobody has checked."""
        months = self.study.help.checked_within_months
        return service.may_be_shown(drafts=False, today=self.today, months=months)

    def list_hidden(self) -> HiddenList:
        """What is hidden now."""
        ids = read_hidden_services()
        services = tuple(one for one in self.edition.support.services if _id(one) in ids)
        return HiddenList(services, len(ids - set(map(_id, services))))

    def hide(self, service: Service) -> bool:
        """Hide a service. Returns whether that changed anything."""
        return set_service_hidden(_id(service), hidden=True)

    def show_again(self, country: str, name: str) -> bool:
        """Show a service again, be it in this edition or not. Returns whether that changed anything."""
        return set_service_hidden(service_id(country, name), hidden=False)

    def help_without(self, service: Service) -> HelpWithout:
        """What is left, with all that is hidden now."""
        support = self.edition.support.leave_out(read_hidden_services())
        lost = LostService(service.country, service.kind, service.phone, service.languages)
        left = help_left_without(lost, self.study, support, today=self.today)
        support = replace(support, months=self.study.help.checked_within_months)
        links = {way.link: way.number for way in service.ways if way.link}
        shown = {line.link for line in self._numbers(support, service.country)}
        here = support.for_country(service.country, drafts=False, today=self.today)
        listed = self._view(support, service.country).country == service.country
        return HelpWithout(
            left,
            tuple(number for link, number in links.items() if link in shown),
            is_last=not here,
            is_listed=listed or service.country == INTERNATIONAL,
        )

    def _numbers(self, support: Directory, country: str) -> Iterator[NumberLine]:
        """The numbers to press, before a country is chosen and after, also for those who are too young."""
        for chosen in ("", country):
            yield from self._view(support, chosen).numbers
            yield from self._view(support, chosen, KINDS_FOR_THE_YOUNG).numbers

    def _view(self, support: Directory, country: str, kinds: Sequence[ServiceKind] = ()) -> HelpView:
        audience, tag = self.study.audience, SOURCE_LANGUAGE
        return help_for_audience(support, audience, tag, country, drafts=False, today=self.today, kinds=kinds)


def find_services(edition: Path, database: str, today: date) -> ServicesInField:
    """The services of an edition, and its store. Raises StudyError, StoreError (STORE_028: it is of another
    audience)."""
    read = read_edition(edition)
    configure(database)
    prepare_store()  # a store of an earlier version has no place for an order
    check_store_audience(read.study.audience)
    return ServicesInField(read, today)


def _id(service: Service) -> int:
    return service_id(service.country, service.name)
