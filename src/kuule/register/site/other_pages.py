"""The pages beside countries and provisions: standards, changes, what is due, methods, citation, help."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kuule.helplines.help_numbers import help_numbers
from kuule.languages.cldr.locale_formats import join_names
from kuule.languages.cldr.numbers import format_percentage
from kuule.register.agreement.divergence import double_codings
from kuule.register.data_model.provisions import Provision
from kuule.register.data_model.sources import Confidence
from kuule.register.data_model.standards import Stage, Standard
from kuule.register.data_model.whole_register import RegisterSettings
from kuule.register.site.country_page import DOUBLE_CODING_WORDS
from kuule.register.site.page_addresses import DATA_FOLDER, FOLDERS
from kuule.register.site.provision_page import dated_stages
from kuule.register.site.register_changes import Change, ChangeKind, by_day
from kuule.register.site.site_language import SiteLanguage, SitePage
from kuule.register.texts.register_texts import demand_keys
from kuule.static_site.bibtex import bibtex_entry, bibtex_text

_DueDay = tuple[date, tuple[tuple[str, tuple[Provision, ...]], ...]]


@dataclass(frozen=True, slots=True)
class StandardView:
    """A standard, its history, and the questions held against it, each with what is demanded."""

    standard: Standard
    stages: tuple[Stage, ...]
    used: tuple[tuple[Provision, str], ...]


def standards_page(site: SiteLanguage) -> SitePage:
    """The page `standards`."""
    views = []
    for standard in site.register.standards.values():
        used = tuple(
            (provision, site.texts.text(key))
            for provision in site.provisions
            for key, held in zip(demand_keys(provision), provision.standards, strict=True)
            if held.standard == standard.id
        )
        views.append(StandardView(standard, dated_stages(standard.stages), used))
    return _page(site, "standards", "standards_page", standards=tuple(views))


def changes_page(site: SiteLanguage, changes: tuple[Change, ...]) -> SitePage:
    """The page `changes`."""
    headings = {
        "changes_law": ChangeKind.LAW,
        "changes_standards": ChangeKind.STANDARDS,
        "changes_register": ChangeKind.REGISTER,
    }
    lists = tuple((heading, by_day(changes, kind)) for heading, kind in headings.items())
    return _page(site, "changes", "changes_page", lists=lists)


def due_page(site: SiteLanguage) -> SitePage:
    """The page `due`: readings by the day on which somebody looks again, and what was never read."""
    by_date: dict[date, dict[str, list[Provision]]] = defaultdict(lambda: defaultdict(list))
    for country, provision, value in site.values():
        if value in site.cells[country, provision.id].standing:
            found = by_date[value.next_review][country]
            if provision not in found:
                found.append(provision)
    order = (*site.countries, *site.also_seen)
    days: list[_DueDay] = [
        (day, tuple((code, tuple(of_day[code])) for code in order if code in of_day))
        for day, of_day in sorted(by_date.items())
    ]
    unread = {one.id: sum(site.views[code, one.id].is_open for code in site.countries) for one in site.provisions}
    return _page(
        site,
        "due",
        "due_page",
        due=tuple(one for one in days if one[0] <= site.today),
        later=tuple(one for one in days if one[0] > site.today),
        open=tuple((one, unread[one.id]) for one in site.provisions if unread[one.id]),
    )


def how_page(site: SiteLanguage) -> SitePage:
    """The page `how`."""
    states = double_codings(site.register)
    counts = Counter(value.confidence for _, _, value in site.values())
    largest = site.register.settings.largest_divergence
    return _page(
        site,
        "how",
        "how_page",
        share=format_percentage(round(largest * 100), site.texts.tag),
        double_codings=tuple((one, DOUBLE_CODING_WORDS[states[one.id]]) for one in site.provisions),
        confidences=tuple((str(letter), counts[letter]) for letter in Confidence),
    )


def cite_page(site: SiteLanguage, data_files: Iterable[str]) -> SitePage:
    """The page `cite`, with links to the files with the data, which are named."""
    addresses = {name: FOLDERS.at_root(site.texts.tag, f"{DATA_FOLDER}/{name}") for name in data_files}
    return _page(site, "cite", "cite_page", bibtex=register_bibtex(site.register.settings), data_files=addresses)


def register_bibtex(settings: RegisterSettings) -> str:
    """The register as an entry of BibTeX. There is no DOI in it, since the register has none."""
    fields = {
        "author": f"{{{bibtex_text(settings.publisher)}}}",
        "title": f"{{{bibtex_text(settings.title)}}}",
        "year": f"{settings.as_of.year}",
        "month": f"{settings.as_of.month}",
        "note": f"State of {settings.as_of.isoformat()}. Licence: {bibtex_text(settings.licence)}",
        **({"url": settings.address} if settings.address else {}),
    }
    return bibtex_entry(f"{settings.id}-{settings.as_of.year}", fields)


def help_page(site: SiteLanguage) -> SitePage:
    """The page `help`: numbers of each country that may be shown to the public today."""
    order = (*site.countries, *site.also_seen)
    found = {code: help_numbers(code, site.today) for code in order}
    unknown = [site.texts.country(code) for code in order if not found[code]]
    return _page(
        site,
        "help",
        "help_page",
        countries=tuple((code, numbers) for code, numbers in found.items() if numbers),
        unknown=join_names(unknown, site.texts.tag) if unknown else "",
    )


def _page(site: SiteLanguage, name: str, heading: str, **content: object) -> SitePage:
    return SitePage(name, f"{name}.html", site.texts.say_plain(heading), content)
