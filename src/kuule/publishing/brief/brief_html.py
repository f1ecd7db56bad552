"""A brief as one HTML file: no script, nothing from elsewhere, two pages on paper."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from kuule.languages.cldr.numbers import format_number
from kuule.languages.cldr.tags import find_language
from kuule.languages.markup.markdown import block_html, inline_html
from kuule.publishing.brief.brief_view import CITED, CITED_END, BriefView
from kuule.publishing.brief.brief_words import BriefSaid

_FOLDER = Path(__file__).parent / "templates"
_CITATION = re.compile(f"{CITED}([0-9]+){CITED_END}")


def brief_html(view: BriefView) -> str:
    """The page as HTML."""
    style = (_FOLDER / "brief.css").read_text("utf-8") + _own_colour(view)
    return (
        _environment()
        .get_template("brief.html")
        .render(
            view=view,
            style=style,
            style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
            said=lambda one: _said(one, view),
            prose=lambda text: Markup(_linked(_flowing(text), view)),  # noqa: S704 - Markdown, which escapes
            inline=lambda text: Markup(_linked(inline_html(text), view)),  # noqa: S704 - as above
            number=lambda count: format_number(count, view.tag),
        )
    )


def _said(one: BriefSaid, view: BriefView) -> Markup:
    """A text, in an element that names its language where that is not the page's."""
    if one.tag == view.tag or not one.text:
        return escape(one.text)
    language = find_language(one.tag)
    return Markup('<span lang="{}" dir="{}">{}</span>').format(language.tag, language.direction, one.text)


def _flowing(text: str) -> str:
    """Paragraphs whose lines are wrapped as their author liked, and flow here."""
    return block_html(text, heading_shift=1).replace("<br />\n", "\n")


def _linked(html: str, view: BriefView) -> str:
    def link(found: re.Match[str]) -> str:
        number = format_number(int(found[1]), view.tag)
        return f'<a class="cited" href="#source-{found[1]}">[{number}]</a>'

    return _CITATION.sub(link, html)


def _own_colour(view: BriefView) -> str:
    if not view.identity.colour:
        return ""
    light, dark = (
        f"{{ --accent: {one}; --series-0: {one}; }}" for one in (view.identity.colour, view.identity.colour_dark)
    )
    return f":root {light}\n@media screen and (prefers-color-scheme: dark) {{ :root {dark} }}\n"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
