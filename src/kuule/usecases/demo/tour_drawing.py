"""Drawing the pages of the tour: the tour itself, and the tutorial where the documentation is on this machine."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

import kuule
from kuule.languages.cldr.collation import sort_key
from kuule.languages.cldr.tags import Language, find_language
from kuule.languages.gettext.shipped_words import SOURCE_LANGUAGE
from kuule.languages.workflow.states import State
from kuule.static_site.page_drawing import common_style, page_environment, policy_hash
from kuule.static_site.page_links import is_web_address
from kuule.usecases.demo.tour_words import tour_languages, tour_words

_FOLDER = Path(__file__).parent / "templates"
_TUTORIAL = Path("docs/tutorial/your-own-survey.md")


@dataclass(frozen=True, slots=True)
class TourPage:
    """A page of the tour: its language, one of `tour_languages`, and where it was asked for, so that it can be asked
    for again."""

    tag: str
    path: str


def draw_page(template: str, page: TourPage, **given: object) -> str:
    """A page with the words and the one style sheet of the tour."""
    style, words = _style(), tour_words(page.tag)
    shown = {
        "language": find_language(page.tag),
        "languages": _languages(page.tag),
        "path": page.path,
        "say": words.say,
        "say_plain": words.say_plain,
        "is_draft": not words.state.reaches(State.REVIEWED),
        "is_partly_english": words.is_partly_english,
        "is_english": page.tag == SOURCE_LANGUAGE,
        "style_hash": policy_hash(style),
    }
    drawn = _drawing().get_template(template)
    return drawn.render(**shown, style=Markup(style), **given)  # noqa: S704 - two files of this project


@cache
def _languages(tag: str) -> tuple[Language, ...]:
    """All languages by their own names, in the order of a reader of the language `tag`."""
    found = [find_language(one) for one in tour_languages()]
    return tuple(sorted(found, key=lambda one: sort_key(one.autonym.casefold(), tag)))


def tutorial_file() -> Path | None:
    """The tutorial beside the source. An installed package has no documentation."""
    found = Path(kuule.__file__).resolve().parents[2] / _TUTORIAL
    return found if found.is_file() else None


def tutorial_page(tag: str, path: str) -> str | None:
    """The tutorial, which is in English, as HTML with the way back in the language `tag`; None where it is not on this
    machine. Its links into the documentation are plain words."""
    found = tutorial_file()
    if found is None:
        return None
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(found.read_text("utf-8"))
    for token in tokens:
        token.children = None if token.children is None else _without_links_inside(token.children)
    text = markdown.renderer.render(tokens, markdown.options, {})
    return draw_page("tutorial.html", TourPage(tag, path), tutorial=Markup(text))  # noqa: S704 - a file of this project, raw HTML escaped


def _without_links_inside(tokens: list[Token]) -> list[Token]:
    """The line without links to other files, which are not served."""
    kept, opened = [], list[bool]()
    for token in tokens:
        if token.type == "link_open":
            opened.append(is_web_address(str(token.attrGet("href"))))
        if token.type not in {"link_open", "link_close"} or opened[-1]:
            kept.append(token)
        if token.type == "link_close":
            opened.pop()
    return kept


@cache
def _style() -> str:
    return common_style() + (_FOLDER / "tour.css").read_text("utf-8")


@cache
def _drawing() -> Environment:
    return page_environment(_FOLDER)
