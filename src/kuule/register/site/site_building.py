"""Building a register's pages: every page in every language, and the feed beside them, as plain files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from kuule.core.files import write_atomically, write_together
from kuule.core.problems import Problem
from kuule.limitation.limit_rule import RuleBook
from kuule.register.calendars.calendar_feeds import write_calendars
from kuule.register.data_model.whole_register import Register
from kuule.register.deadlines.register_rules import rule_book
from kuule.register.open_data.register_export import RegisterFormat, export_files
from kuule.register.reading.register_folder import SETTINGS_FILE, RegisterFolder
from kuule.register.reading.yaml_documents import RegisterError
from kuule.register.site.actions_page import actions_page
from kuule.register.site.atom_feed import atom_feed
from kuule.register.site.built_pages import BuiltPages, move_into_place, own_files, site_draft
from kuule.register.site.country_page import country_page
from kuule.register.site.other_pages import (
    changes_page,
    cite_page,
    due_page,
    help_page,
    how_page,
    standards_page,
)
from kuule.register.site.overview_page import overview_page
from kuule.register.site.page_addresses import (
    CALENDARS_FOLDER,
    DATA_FOLDER,
    FEED_FILE,
    FOLDERS,
    check_names,
    page_file,
)
from kuule.register.site.page_texts import PageTexts
from kuule.register.site.provision_page import provision_page
from kuule.register.site.register_changes import Change, register_changes
from kuule.register.site.site_language import SiteLanguage, SitePage, site_language
from kuule.register.site.site_templates import draw_page
from kuule.register.site.until_pages import until_addresses, until_pages
from kuule.register.texts.page_words import page_words
from kuule.register.texts.register_texts import SOURCE_LANGUAGE, read_register_texts

_DATA_FORMATS = (RegisterFormat.FRICTIONLESS, RegisterFormat.JSON, RegisterFormat.JSONLD)
"""The tables are in the package."""


def build_site(folder: RegisterFolder, to: Path, *, today: date) -> BuiltPages:
    """Write the pages, data and calendars of a register into the folder `to`, which is made where it is missing. What
    an earlier build made is replaced, or removed where it is not made any more; nothing else there is touched.

    Raises RegisterError REGISTER_030 (two pages would have one name), REGISTER_031 (a language without words for
    pages), REGISTER_032 (the folder is not one of a site), REGISTER_033 (a file of somebody else is in the way),
    StudyError as `read_po` does (a translation cannot be read).
    """
    check_names(folder.register)
    own_files(to)
    with site_draft(to) as draft:
        written = _write_site(folder, draft, today)
        return move_into_place(draft, to, (path.relative_to(draft).as_posix() for path in written))


def _write_site(folder: RegisterFolder, to: Path, today: date) -> tuple[Path, ...]:
    languages = page_languages(folder)
    tags = tuple(one.tag for one in languages)
    book = rule_book(folder.register, today)
    data = _data_files(folder.register, today)
    written = []
    for texts in languages:
        site = site_language(folder.register, today, texts)
        changes = register_changes(site)
        place = to / FOLDERS.folder(texts.tag)
        place.mkdir(parents=True, exist_ok=True)
        for page in _pages(site, changes, book, data):
            path = place / page_file(page.name)
            write_atomically(path, draw_page(site, page, tags).encode())
            written.append(path)
        feed = place / FEED_FILE
        write_atomically(feed, atom_feed(site, changes))
        written.append(feed)
    written += [*_write_data(data, to / DATA_FOLDER), *write_calendars(folder.register, to / CALENDARS_FOLDER)]
    return tuple(written)


def _data_files(register: Register, today: date) -> Mapping[str, bytes]:
    """The register as data, by name of file: what the page on citing links to."""
    return {name: content for form in _DATA_FORMATS for name, content in export_files(register, form, today).items()}


def _write_data(files: Mapping[str, bytes], folder: Path) -> Iterator[Path]:
    folder.mkdir(exist_ok=True)
    write_together({folder / name: content for name, content in files.items()})
    yield from (folder / name for name in files)


def page_languages(folder: RegisterFolder) -> tuple[PageTexts, ...]:
    """The texts of each language that a register names, English first. Raises RegisterError REGISTER_031."""
    register = folder.register
    found, problems = [], []
    for tag in dict.fromkeys((SOURCE_LANGUAGE, *register.settings.languages)):
        words = page_words(tag)
        if words is None:
            problems.append(_no_words(tag))
        else:
            found.append(PageTexts(tag, words, read_register_texts(folder.path, register, tag)))
    if problems:
        raise RegisterError(*problems)
    return tuple(found)


def _no_words(tag: str) -> Problem:
    cause = f"Kuule has no words for pages in the language {tag}"
    remedy = "take it out of languages, or translate them: src/kuule/languages/catalogues/register"
    return Problem("REGISTER_031", f"{SETTINGS_FILE}, languages", cause, remedy, file=SETTINGS_FILE)


def _pages(site: SiteLanguage, changes: tuple[Change, ...], book: RuleBook, data: Iterable[str]) -> Iterator[SitePage]:
    register = site.register
    tables = until_addresses(site, book)
    yield overview_page(site)
    for country in dict.fromkeys((*register.settings.countries, *site.also_seen)):
        yield country_page(site, country, until=tables.get(country, ""))
    for provision in site.provisions:
        yield provision_page(site, provision)
    yield standards_page(site)
    yield changes_page(site, changes)
    yield due_page(site)
    yield actions_page(site)
    yield from until_pages(site, book)
    yield how_page(site)
    yield cite_page(site, data)
    yield help_page(site)
