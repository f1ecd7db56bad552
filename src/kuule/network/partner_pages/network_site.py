"""The pages of a network as plain files for any web server: the directory, the statements, the dates.

There is no script and nothing from elsewhere. Each language of the study for which there are words has a folder.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment

from kuule.core.files import write_atomically
from kuule.languages.cldr.tags import find_language
from kuule.network.partner_events import study_events
from kuule.network.partner_pages.network_texts import NetworkTexts, network_words
from kuule.network.partner_pages.page_views import (
    directory_cards,
    event_lists,
    published_statements,
    signed_texts,
    statement_history,
)
from kuule.network.study_network import StudyNetwork
from kuule.register.calendars.calendar_feeds import CalendarFeed, feed_bytes
from kuule.register.data_model.whole_register import Register
from kuule.register.site.built_pages import BuiltPages, move_into_place, own_files, site_draft
from kuule.static_site.page_drawing import common_style, page_environment, policy_hash
from kuule.static_site.page_links import LanguageFolders
from kuule.study.media.partner_logos import PartnerLogo

NETWORK_LIST_FILE = ".kuule-network-site.json"
EVENTS_CALENDAR = "events.ics"
_MENU = ("index", "statements", "events")
_FOLDERS = LanguageFolders("en")
_TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class NetworkPages:
    """What the pages are made of. `logos` are those that are taken, by partner; `register` is the one whose actions
    belong to the study, None without one."""

    network: StudyNetwork
    logos: Mapping[str, PartnerLogo]
    register: Register | None
    today: date


@dataclass(frozen=True, slots=True)
class _Page:
    name: str
    template: str
    title: str
    content: Mapping[str, object]


def build_network_site(pages: NetworkPages, to: Path) -> BuiltPages:
    """Write all pages into `to`, a new folder or that of an earlier build. Raises RegisterError REGISTER_032 where
    something else is there, REGISTER_033 where a file of somebody else has the name of a page."""
    own_files(to, NETWORK_LIST_FILE)
    with site_draft(to) as draft:
        names = []
        for name, content in _files(pages):
            path = draft / name
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, content)
            names.append(name)
        return move_into_place(draft, to, names, NETWORK_LIST_FILE)


def _files(pages: NetworkPages) -> Iterator[tuple[str, bytes]]:
    spoken = [words for tag in _tags(pages) if (words := network_words(tag)) is not None]
    tags = [words.tag for words in spoken]
    for words in spoken:
        texts = NetworkTexts(words, pages.network.study.source_language)
        for page in _pages(pages, texts):
            yield f"{_FOLDERS.folder(words.tag)}{page.name}.html", _drawn(pages, texts, page, tags).encode()
    for code, logo in pages.logos.items():
        yield _logo_file(code), logo.content
    if pages.register is not None and (actions := study_events(pages.register.actions.values(), _id(pages))):
        feed = CalendarFeed(EVENTS_CALENDAR, pages.network.study.title, actions)
        yield EVENTS_CALENDAR, feed_bytes(feed, pages.register)


def _tags(pages: NetworkPages) -> tuple[str, ...]:
    return tuple(dict.fromkeys(("en", *pages.network.study.languages)))


def _id(pages: NetworkPages) -> str:
    return pages.network.study.id


def _logo_file(code: str) -> str:
    return f"logos/{code}.png"


def _pages(pages: NetworkPages, texts: NetworkTexts) -> Iterator[_Page]:
    network, today = pages.network, pages.today
    logos = {code: _FOLDERS.at_root(texts.tag, _logo_file(code)) for code in pages.logos}
    cards = directory_cards(network, logos, today)
    yield _Page("index", "index.html", texts.say_plain("page_index"), {"cards": cards, "sizes": pages.logos})
    published = published_statements(network, today)
    yield _Page("statements", "statements.html", texts.say_plain("page_statements"), {"statements": published})
    for signed in published:
        content = {
            "signed": signed,
            "texts": signed_texts(signed, network),
            "history": tuple(statement_history(signed, network)),
        }
        yield _Page(f"statement-{signed.statement.id}", "statement.html", signed.statement.source.title, content)
    actions = {} if pages.register is None else pages.register.actions
    coming, past = event_lists(actions, network, today)
    calendar = _FOLDERS.at_root(texts.tag, EVENTS_CALENDAR) if coming or past else ""
    settings = None if pages.register is None else pages.register.settings
    content = {"coming": coming, "past": past, "calendar": calendar, "register": settings}
    yield _Page("events", "events.html", texts.say_plain("page_events"), content)


def _drawn(pages: NetworkPages, texts: NetworkTexts, page: _Page, tags: list[str]) -> str:
    style = _style()
    return (
        _environment()
        .get_template(page.template)
        .render(
            t=texts,
            study=pages.network.study,
            partners=pages.network.partners,
            today=pages.today,
            name=page.name,
            title=page.title,
            menu=_MENU,
            languages=[_FOLDERS.link(texts.tag, tag, f"{page.name}.html") for tag in tags],
            without=[find_language(tag) for tag in _tags(pages) if tag not in tags] if texts.tag == "en" else [],
            style=style,
            style_hash=policy_hash(style),
            **page.content,
        )
    )


@cache
def _style() -> str:
    return common_style() + (_TEMPLATES / "network.css").read_text("utf-8")


@cache
def _environment() -> Environment:
    return page_environment(_TEMPLATES)
