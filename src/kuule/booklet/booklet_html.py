"""A document about a questionnaire as one HTML file: no script, nothing from elsewhere, to be read and printed."""

from __future__ import annotations

from functools import cache
from itertools import count
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from kuule.booklet.booklet_document import (
    ENGLISH,
    BookletDocument,
    BookletHeading,
    BookletQuestion,
    BookletRemark,
    BookletTable,
    BookletText,
)
from kuule.languages.cldr.tags import find_language
from kuule.languages.markup.markdown import inline_html
from kuule.static_site.page_drawing import common_style, page_environment, policy_hash, prose_html

_FOLDER = Path(__file__).parent / "templates"
_KINDS = {
    BookletHeading: "heading",
    BookletRemark: "remark",
    BookletText: "text",
    BookletQuestion: "question",
    BookletTable: "table",
}


def booklet_html(document: BookletDocument) -> str:
    """The page as HTML."""
    style = common_style() + (_FOLDER / "booklet.css").read_text("utf-8")
    headings = [one for one in document.blocks if isinstance(one, BookletHeading)]
    anchors = {id(one): f"part-{number}" for number, one in zip(count(1), headings, strict=False)}
    return (
        _drawing()
        .get_template("booklet.html")
        .render(
            document=document,
            style=Markup(style),  # noqa: S704 - two files of this package
            style_hash=policy_hash(style),
            blocks=[(_KINDS[type(block)], block) for block in document.blocks],
            contents=[(anchors[id(one)], one) for one in headings if one.level == 2],
            anchor=lambda heading: anchors[id(heading)],
        )
    )


@cache
def _drawing() -> Environment:
    environment = page_environment(_FOLDER)
    environment.filters["flowing"] = lambda text: Markup(prose_html(text))  # noqa: S704 - Markdown, which escapes
    environment.filters["line"] = lambda text: Markup(inline_html(text))  # noqa: S704 - as above
    environment.filters["foreign"] = _foreign
    return environment


def _foreign(tag: str) -> Markup:
    """The attributes of words that are not English, which is the language of the page."""
    return Markup() if tag == ENGLISH else Markup(' lang="{}" dir="{}"').format(tag, find_language(tag).direction)
