"""Drawing pages: Jinja2 with escaping always on, one style sheet within each page, and a policy that allows that
alone."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kuule.languages.cldr.tags import find_language
from kuule.register.comparison.points import CellPoints
from kuule.register.site.page_addresses import FEED_FILE, FIXED_PAGES, other_language, page_file, shown_host
from kuule.register.site.page_texts import PageTexts, remove_reordering
from kuule.register.site.site_language import SiteLanguage, SitePage

_FOLDER = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The same page in a language."""

    tag: str
    autonym: str
    direction: str
    address: str


def draw_page(site: SiteLanguage, page: SitePage, tags: Sequence[str]) -> str:
    """A page as HTML; `tags` are the languages that the site has."""
    style = _common_style() + page.style
    return (
        _environment()
        .get_template(page.template)
        .render(
            t=site.texts,
            settings=site.register.settings,
            today=site.today,
            name=page.name,
            title=page.title,
            help_anchor=page.help_anchor,
            languages=[_link(site.texts.tag, one, page) for one in tags],
            fixed_pages=FIXED_PAGES,
            feed=FEED_FILE,
            style=style,
            style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
            **page.content,
        )
    )


def is_web_address(address: str) -> bool:
    """Whether an address may be a link: nothing but the web."""
    return re.match(r"https?://", address) is not None


def _link(own: str, tag: str, page: SitePage) -> LanguageLink:
    spoken = find_language(tag)
    file = page_file(page.name if page.exists_in(tag) else page.instead)
    return LanguageLink(tag, spoken.autonym, spoken.direction, other_language(own, tag, file))


def _sum(points: CellPoints, texts: PageTexts) -> str:
    """The sum of points as it is done: 2 × 4 + 1 × 2."""
    parts = [(points.met, points.worth.met)]
    if points.worth.partly or points.partly:
        parts.append((points.partly, points.worth.partly))
    return " + ".join(f"{texts.number(count)} × {texts.number(worth)}" for count, worth in parts)


@cache
def _common_style() -> str:
    return (_FOLDER / "register.css").read_text("utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "clean": remove_reordering,
        "plain": str,
        "host": shown_host,
        "sum_of": _sum,
    }
    environment.tests["is_web"] = is_web_address
    return environment
