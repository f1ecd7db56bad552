"""Drawing the pages of a register from its templates, with a style sheet within each page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment

from kuule.register.comparison.points import CellPoints
from kuule.register.site.page_addresses import FEED_FILE, FIXED_PAGES, FOLDERS, page_file
from kuule.register.site.page_texts import PageTexts
from kuule.register.site.site_language import SiteLanguage, SitePage
from kuule.static_site.page_drawing import common_style, page_environment, policy_hash
from kuule.static_site.page_links import LanguageLink

_FOLDER = Path(__file__).parent / "templates"


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
            style_hash=policy_hash(style),
            **page.content,
        )
    )


def _link(own: str, tag: str, page: SitePage) -> LanguageLink:
    return FOLDERS.link(own, tag, page_file(page.name if page.exists_in(tag) else page.instead))


def _sum(points: CellPoints, texts: PageTexts) -> str:
    """The sum of points as it is done: 2 × 4 + 1 × 2."""
    parts = [(points.met, points.worth.met)]
    if points.worth.partly or points.partly:
        parts.append((points.partly, points.worth.partly))
    return " + ".join(f"{texts.number(count)} × {texts.number(worth)}" for count, worth in parts)


@cache
def _common_style() -> str:
    return common_style() + (_FOLDER / "register.css").read_text("utf-8")


@cache
def _environment() -> Environment:
    environment = page_environment(_FOLDER)
    environment.filters["sum_of"] = _sum
    return environment
