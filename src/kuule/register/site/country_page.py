"""The page of a country: each value with its source and its age, and what nobody has read."""

from __future__ import annotations

from dataclasses import dataclass

from kuule.helplines.help_numbers import help_numbers
from kuule.register.agreement.divergence import DoubleCoding
from kuule.register.check_rules.contradictions import rejected_ids
from kuule.register.comparison.cells import RegisterCell
from kuule.register.comparison.points import CellPoints, cell_points
from kuule.register.data_model.country_values import LegalStatus, LegalValue
from kuule.register.data_model.provisions import Provision
from kuule.register.data_model.sources import SourceKind
from kuule.register.data_model.strict_model import first_day
from kuule.register.site.answer_words import Row, answer_rows
from kuule.register.site.country_cells import CellView
from kuule.register.site.geography import land_borders
from kuule.register.site.site_language import NamedResult, SiteLanguage, SitePage

DOUBLE_CODING_WORDS = {
    DoubleCoding.SETTLED: "settled",
    DoubleCoding.DIVERGES: "unsettled_diverges",
    DoubleCoding.TOO_FEW: "unsettled_too_few",
    DoubleCoding.NO_SHARED_UNIT: "unsettled_never",
    DoubleCoding.NEVER: "unsettled_never",
}
"""What is said of a provision, by what its double coding found."""


@dataclass(frozen=True, slots=True)
class ValueView:
    """A value; `voice` and `status` are names of words: who says it, and whether it is law."""

    value: LegalValue
    voice: str
    status: str
    answer: tuple[Row, ...]
    is_law: bool
    is_due: bool


@dataclass(frozen=True, slots=True)
class ProvisionSection:
    """All that a country's page says of a provision."""

    provision: Provision
    view: CellView
    standing: tuple[ValueView, ...]
    others: tuple[ValueView, ...]
    results: tuple[NamedResult, ...]
    points: CellPoints | None
    neighbours: tuple[CellView, ...]
    double_coding: str


def country_page(site: SiteLanguage, country: str, *, until: str = "") -> SitePage:
    """The page of a country. `until` is the address of its table of deadlines."""
    sections = tuple(
        _section(site, site.views[country, one.id])
        for one in site.provisions
        if (country, one.id) in site.register.values and (country, one.id) in site.views
    )
    compared = country in site.register.settings.countries
    unread = [one for one in site.provisions if compared and site.views[country, one.id].is_open]
    return SitePage(
        country,
        "country.html",
        site.texts.country(country),
        {
            "country": country,
            "compared": compared,
            "sections": sections,
            "open": unread,
            "numbers": help_numbers(country, site.today),
            "until": until,
        },
        help_anchor=country if help_numbers(country, site.today) else "",
    )


def voice_of(cell: RegisterCell, value: LegalValue, site: SiteLanguage) -> str:
    """The words before what a value says. "The law says" only where the statute in force was read, and nothing sets
    the reading aside."""
    if value.source.kind is not SourceKind.STATUTE or cell.provision.ranking:
        return f"according_{value.source.kind.replace('-', '_')}"
    if value.id in _rejected(site, cell):
        return "law_rejected"
    if value.status is LegalStatus.IN_FORCE:
        return "law_not_yet" if _begins_later(value, site) else "law_says"
    return _STATUTE_VOICES[value.status]


_STATUTE_VOICES = {
    LegalStatus.REPEALED: "law_said",
    LegalStatus.PROPOSED: "law_proposed",
    LegalStatus.UNCLEAR: "law_unclear",
}


def _section(site: SiteLanguage, view: CellView) -> ProvisionSection:
    cell = view.cell
    return ProvisionSection(
        cell.provision,
        view,
        tuple(_value(site, cell, value) for value in cell.standing),
        tuple(_value(site, cell, value) for value in cell.others),
        site.results(cell),
        cell_points(site.register, cell),
        _neighbours(site, cell),
        DOUBLE_CODING_WORDS[cell.double_coding],
    )


def _value(site: SiteLanguage, cell: RegisterCell, value: LegalValue) -> ValueView:
    rows = answer_rows(site.texts, cell.provision, value.answer) if value.answer is not None else ()
    voice = voice_of(cell, value, site)
    later = value.status is LegalStatus.IN_FORCE and _begins_later(value, site)
    status = "not_yet" if later else str(value.status)
    return ValueView(value, voice, status, rows, voice == "law_says", value.is_due(site.today))


def _begins_later(value: LegalValue, site: SiteLanguage) -> bool:
    return value.in_force_from is not None and first_day(value.in_force_from) > site.today


def _rejected(site: SiteLanguage, cell: RegisterCell) -> frozenset[str]:
    return rejected_ids(site.register.values[cell.country, cell.provision.id])


def _neighbours(site: SiteLanguage, cell: RegisterCell) -> tuple[CellView, ...]:
    beside = land_borders().get(cell.country, ())
    order = (*site.countries, *site.also_seen)
    keys = [(code, cell.provision.id) for code in order if code in beside]
    return tuple(site.views[key] for key in keys if key in site.views)
