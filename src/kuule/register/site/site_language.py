"""A register as the pages of one language see it, and what a page is before it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kuule.languages.cldr.collation import sort_key
from kuule.register.comparison.cells import RegisterCell, cells
from kuule.register.comparison.standards_met import StandardResult, standard_results
from kuule.register.data_model.country_values import LegalValue
from kuule.register.data_model.provisions import Provision
from kuule.register.data_model.standards import Standard
from kuule.register.data_model.whole_register import Register
from kuule.register.site.country_cells import CellView, cell_views
from kuule.register.site.page_texts import PageTexts
from kuule.register.texts.register_texts import demand_keys


def _in_every_language(_tag: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page: its name, which is that of its file, its template and what the template is given.

    `help_anchor` is the country whose numbers its link to help opens, `style` what its style sheet has beside the
    common one. A language in which it does not exist has the page `instead`.
    """

    name: str
    template: str
    title: str
    content: Mapping[str, Any] = field(default_factory=dict)
    help_anchor: str = ""
    style: str = ""
    exists_in: Callable[[str], bool] = _in_every_language
    instead: str = ""


@dataclass(frozen=True, slots=True)
class NamedResult:
    """The result of holding a country against a standard, in the language of a page."""

    standard: str
    name: str
    demands: str
    outcome: str
    why: str


@dataclass(frozen=True, slots=True)
class SiteLanguage:
    """All that pages of a language are made of."""

    register: Register
    today: date
    texts: PageTexts
    cells: Mapping[tuple[str, str], RegisterCell]
    views: Mapping[tuple[str, str], CellView]

    @property
    def countries(self) -> Sequence[str]:
        """The countries that are compared, in the alphabetical order of the language."""
        return self._by_name(self.register.settings.countries)

    @property
    def also_seen(self) -> Sequence[str]:
        """Countries outside the comparison of which something was read, in the same order."""
        seen = [one for one in self.register.settings.also_seen if self.register.of_country(one)]
        return self._by_name(seen)

    @property
    def provisions(self) -> tuple[Provision, ...]:
        """By topic, in the order of the topics, and by name within each."""
        return tuple(one for _, found in self.topics for one in found)

    @property
    def topics(self) -> tuple[tuple[Any, tuple[Provision, ...]], ...]:
        """The topics that have provisions, each with them. A provision without a known topic is in the last one."""
        topics = self.register.settings.topics
        known = {one.id for one in topics}
        of: dict[str, list[Provision]] = {one.id: [] for one in topics}
        for provision in sorted(self.register.provisions.values(), key=self._provision_key):
            of[provision.topic if provision.topic in known else topics[-1].id].append(provision)
        return tuple((topic, tuple(of[topic.id])) for topic in topics if of[topic.id])

    def standard_name(self, standard: str) -> str:
        """The short name of a standard; its id, where the register has none of that id."""
        known: Standard | None = self.register.standards.get(standard)
        return self.texts.standard_short(known) if known is not None else standard

    def results(self, cell: RegisterCell) -> tuple[NamedResult, ...]:
        """What came of holding a cell against its standards."""
        found: tuple[StandardResult, ...] = standard_results(self.register, cell)
        return tuple(
            NamedResult(
                one.held.standard,
                self.standard_name(one.held.standard),
                self.texts.text(key),
                str(one.outcome),
                one.why,
            )
            for key, one in zip(demand_keys(cell.provision), found, strict=True)
        )

    def values(self) -> tuple[tuple[str, Provision, LegalValue], ...]:
        """Every value, with its country and provision."""
        return tuple(
            (country, self.register.provisions[provision], value)
            for (country, provision), read in self.register.values.items()
            if provision in self.register.provisions
            for value in read.values
        )

    def _by_name(self, countries: Sequence[str]) -> Sequence[str]:
        tag = self.texts.tag
        return sorted(dict.fromkeys(countries), key=lambda one: sort_key(self.texts.country(one), tag))

    def _provision_key(self, provision: Provision) -> Any:
        return sort_key(self.texts.title_of(provision), self.texts.tag)


def site_language(register: Register, today: date, texts: PageTexts) -> SiteLanguage:
    """A register on one day, in one language."""
    known = cells(register, today)
    return SiteLanguage(register, today, texts, known, cell_views(texts, known))
