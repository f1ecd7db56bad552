"""Drawing the pages of a release from its templates, with a style sheet within each page."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment

from kuule.publishing.release_site.release_language import ReleaseLanguage, SitePageView
from kuule.publishing.release_site.site_plan import RELEASE_FEED
from kuule.publishing.view.report_identity import ReportIdentity
from kuule.static_site.page_drawing import common_style, language_attributes, page_environment, policy_hash
from kuule.static_site.used_style import used_style

_FOLDER = Path(__file__).parent / "templates"
_WIDTH_CLASS = re.compile(r'class="bar w(\d+)')


def draw_site_page(site: ReleaseLanguage, page: SitePageView) -> str:
    """A page as HTML."""
    file = f"{page.name}.html"
    body = (
        _environment()
        .get_template(page.template)
        .render(
            site=site,
            view=site.view,
            words=site.words,
            say=site.say,
            ours=language_attributes(site.words.tag if site.words.tag != site.tag else ""),
            release=site.release.description,
            name=page.name,
            title=page.title,
            help_anchor=page.help_anchor,
            languages=[site.folders.link(site.tag, one, file) for one in site.tags],
            fixed_pages=site.plan.fixed_pages,
            feed=RELEASE_FEED,
            **page.content,
        )
    )
    body = _with_link_to_help(body, site)
    style = used_style(site_style(), body) + _own_colours(site.view.identity) + _widths(body)
    return body.replace(_HASH, policy_hash(style), 1).replace(_STYLE, style, 1)


def _with_link_to_help(body: str, site: ReleaseLanguage) -> str:
    """The page with a link to help wherever the author's text names that page, in italics."""
    name = site.say.say("page_help")
    return body.replace(f"<em>{name}</em>", f'<em><a href="help.html">{name}</a></em>')


_HASH, _STYLE = "@policy@", "/*style*/"
"""What the template of all pages has in place of the style sheet, which depends on the bars that a page has."""


def _widths(body: str) -> str:
    """A rule for each width that a bar of the page has: no element has a style of its own."""
    widths = sorted({int(found) for found in _WIDTH_CLASS.findall(body)})
    return "".join(f".w{width}{{--share:{width}}}" for width in widths)


def _own_colours(identity: ReportIdentity) -> str:
    """The colour of the study in place of Kuule's, for links and bars."""
    if not identity.colour:
        return ""
    light, dark = (f":root{{--deep:{one};--tint:transparent}}" for one in (identity.colour, identity.colour_dark))
    return f"{light}@media screen and (prefers-color-scheme: dark){{{dark}}}"


@cache
def site_style() -> str:
    """The style sheet of every page of a release, without what depends on the page."""
    return common_style() + (_FOLDER / "release.css").read_text("utf-8")


@cache
def _environment() -> Environment:
    return page_environment(_FOLDER)
