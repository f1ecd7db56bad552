"""What a brief shows of a register: the law of one country, standards, neighbours, and what would close the gap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from kuule.languages.cldr.locale_formats import join_names
from kuule.publishing.brief.brief_words import BriefSaid, BriefWords
from kuule.publishing.brief.register_entries import BriefEntry, value_entry
from kuule.register.comparison.answer_tests import StandardOutcome
from kuule.register.comparison.cells import RegisterCellState
from kuule.register.data_model.country_values import LegalValue
from kuule.register.data_model.provisions import Provision
from kuule.register.site.country_cells import CellView
from kuule.register.site.geography import land_borders
from kuule.register.site.site_language import SiteLanguage

_MOST_READINGS = 3
"""How many readings of a provision a brief shows; the register has all of them."""


@dataclass(frozen=True, slots=True)
class BriefReading:
    """One reading: who says it, what they say, where that is, and its number among the sources."""

    voice: BriefSaid
    says: BriefSaid
    where: BriefSaid
    entry: BriefEntry
    is_law: bool


@dataclass(frozen=True, slots=True)
class BriefLaw:
    """What is known of a country's law on one provision. `warnings` come first: what nobody knows."""

    title: BriefSaid
    warnings: tuple[BriefSaid, ...]
    readings: tuple[BriefReading, ...]
    more: BriefSaid | None


@dataclass(frozen=True, slots=True)
class BriefStandardRow:
    """A standard: which of its texts, what it asks for, and whether that is met. `outcome_id` is one of
    StandardOutcome."""

    standard: str
    name: BriefSaid
    article: BriefSaid | None
    demands: BriefSaid
    outcome: BriefSaid
    outcome_id: str


@dataclass(frozen=True, slots=True)
class BriefCountryRow:
    """A country in a table of neighbours, with a cell for each provision."""

    country: BriefSaid
    cells: tuple[tuple[BriefSaid, ...], ...]
    is_this: bool


def brief_provisions(site: SiteLanguage, name: str) -> tuple[Provision, ...]:
    """The provisions that a name means: the one of that id, or all whose ids begin with it, such as `limitation` for
    `limitation-criminal` and `limitation-civil`. Rankings, which are no law, are never among them."""
    found = [one for one in site.register.provisions.values() if not one.ranking]
    exact = [one for one in found if one.id == name]
    begin = [one for one in found if one.id.startswith(f"{name}-")]
    return tuple(exact or sorted(begin, key=lambda one: -_known(site, one)))


def _known(site: SiteLanguage, provision: Provision) -> int:
    """Of how many countries something is known: what is known best comes first."""
    return sum(not view.is_open for (_, one), view in site.views.items() if one == provision.id)


def law_of_country(
    site: SiteLanguage, words: BriefWords, country: str, provisions: Iterable[Provision]
) -> tuple[BriefLaw, ...]:
    """What is known of the law, provision by provision."""
    return tuple(_law(site, words, site.views[country, one.id]) for one in provisions)


@dataclass(frozen=True, slots=True)
class BriefStandardGroup:
    """The standards that one provision is held against."""

    title: BriefSaid
    rows: tuple[BriefStandardRow, ...]


def standard_groups(
    site: SiteLanguage, country: str, provisions: Iterable[Provision]
) -> tuple[BriefStandardGroup, ...]:
    """Every standard that one of the provisions is held against, by provision."""
    return tuple(
        BriefStandardGroup(_data(site, site.texts.title_of(one)), tuple(_standard_rows(site, country, one)))
        for one in provisions
        if one.standards
    )


def _standard_rows(site: SiteLanguage, country: str, provision: Provision) -> Iterator[BriefStandardRow]:
    for held, one in zip(provision.standards, site.results(site.cells[country, provision.id]), strict=True):
        article = BriefSaid(held.article, "en") if held.article else None
        outcome = words_in_language(site, site.texts.one_of("outcome", one.outcome))
        yield BriefStandardRow(
            one.standard, _data(site, one.name), article, _data(site, one.demands), outcome, one.outcome
        )


def neighbour_rows(
    site: SiteLanguage, words: BriefWords, country: str, provisions: Sequence[Provision]
) -> tuple[BriefCountryRow, ...]:
    """The country and, below it, those that it has a border with by land, as far as the register has them."""
    beside = land_borders().get(country, ())
    order = [country, *(one for one in (*site.countries, *site.also_seen) if one in beside)]
    rows = []
    for code in order:
        views = [site.views.get((code, one.id)) for one in provisions]
        if any(views):
            name = words.say("country_here", country=site.texts.country(code))
            shown = name if code == country else BriefSaid(site.texts.country(code), site.texts.tag)
            rows.append(BriefCountryRow(shown, tuple(_cell(site, view) for view in views), code == country))
    return tuple(rows)


def gap_items(
    site: SiteLanguage, words: BriefWords, country: str, provisions: Iterable[Provision]
) -> tuple[tuple[BriefSaid, ...], ...]:
    """What would close the gap, each as texts in a row. What is not known is no gap, and is said apart."""
    items: list[tuple[BriefSaid, ...]] = []
    missed: list[BriefStandardRow] = []
    others: dict[str, list[str]] = {"unknown": [], "not-tested": []}
    unread: list[str] = []
    for provision in provisions:
        view = site.views[country, provision.id]
        if not _is_read_in_law(site, view):
            unread.append(site.texts.title_of(provision))
        for one in _standard_rows(site, country, provision):
            if one.outcome_id in others:
                others[one.outcome_id].append(one.name.text)
            elif one.outcome_id != StandardOutcome.MET:
                missed.append(one)
    if unread:
        items.append((words.say("gap_read", provisions="; ".join(unread)),))
    items += [_closing(words, one) for one in missed]
    for kind, key in (("unknown", "gap_unknown"), ("not-tested", "gap_people")):
        if names := list(dict.fromkeys(others[kind])):
            items.append((words.say(key, standards=join_names(names, site.texts.tag)),))
    if not missed and not items:
        items.append((words.say("gap_none"),))
    return tuple(items)


def _closing(words: BriefWords, one: BriefStandardRow) -> tuple[BriefSaid, ...]:
    key = "gap_partly" if one.outcome_id == StandardOutcome.PARTLY else "gap_close"
    name = f"{one.name.text} ({one.article.text})" if one.article else one.name.text
    return (words.say(key, standard=name), one.demands)


def words_in_language(site: SiteLanguage, html: Markup) -> BriefSaid:
    """Words of the register's pages as plain text, with their language."""
    foreign = 'lang="en"' in html and site.texts.tag != "en"
    return BriefSaid(html.striptags(), "en" if foreign else site.texts.tag)


def _law(site: SiteLanguage, words: BriefWords, view: CellView) -> BriefLaw:
    cell, provision = view.cell, view.cell.provision
    title = _data(site, site.texts.title_of(provision))
    if not cell.standing:
        return BriefLaw(title, (words.say("nobody_read"),), (), None)
    ordered = sorted(cell.standing, key=lambda one: (not one.source.is_law, one.confidence))
    readings = tuple(_reading(site, words, view, one) for one in ordered[:_MOST_READINGS])
    left = len(cell.standing) + len(cell.others) - len(readings)
    more = words.say("more_readings", number=site.texts.number(left)) if left else None
    return BriefLaw(title, tuple(_warnings(site, words, view)), readings, more)


def _warnings(site: SiteLanguage, words: BriefWords, view: CellView) -> Iterator[BriefSaid]:
    cell = view.cell
    if not _is_read_in_law(site, view):
        yield words.say("not_in_law")
    if cell.state is RegisterCellState.CONTRADICTED:
        yield words.say("differ")
        if cell.dispute:
            yield BriefSaid(cell.dispute, "en")
    if not cell.is_confirmed:
        yield words.say("unconfirmed")


def _is_read_in_law(site: SiteLanguage, view: CellView) -> bool:
    cell = view.cell
    return any(value_entry(site, cell.country, cell.provision, one).is_law for one in cell.standing)


def _reading(site: SiteLanguage, words: BriefWords, view: CellView, value: LegalValue) -> BriefReading:
    entry = value_entry(site, view.cell.country, view.cell.provision, value)
    source = value.source
    dated = words.say("dated", day=site.texts.day(source.dated)).text if source.dated else source.dated_note or ""
    where = ", ".join(one for one in (source.title, source.article, dated) if one)
    voice = words_in_language(site, site.texts.say(entry.voice))
    return BriefReading(voice, BriefSaid(value.says, "en"), BriefSaid(where, site.texts.tag), entry, entry.is_law)


def _cell(site: SiteLanguage, view: CellView | None) -> tuple[BriefSaid, ...]:
    if view is None or view.is_open:
        return (words_in_language(site, site.texts.say("open")),)
    marks = [words_in_language(site, site.texts.say(f"mark_{one}")) for one in view.marks]
    return (words_in_language(site, view.words), *marks)


def _data(site: SiteLanguage, text: str) -> BriefSaid:
    """A text of the register, which is in English until it is translated."""
    return BriefSaid(str(text), getattr(text, "tag", site.texts.tag))
