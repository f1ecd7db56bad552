"""A paper as one HTML file: no script, nothing from elsewhere, to be read on a screen and printed."""

from __future__ import annotations

import re
from functools import cache
from itertools import count
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from kuule.ethics.ethics_answers import ETHICS_FILE
from kuule.ethics.paper import EthicsPaper, PaperBlock
from kuule.languages.markup.markdown import inline_html
from kuule.static_site.page_drawing import common_style, page_environment, policy_hash, prose_html

_FOLDER = Path(__file__).parent / "templates"
_HEADING_TAG = re.compile(r"<(/?)h[1-6]>")


def paper_html(paper: EthicsPaper) -> str:
    """The page as HTML."""
    style = common_style() + (_FOLDER / "paper.css").read_text("utf-8")
    headings = {id(one): f"part-{number}" for one, number in zip(_headings(paper), count(1), strict=False)}
    return (
        _drawing()
        .get_template("paper.html")
        .render(
            paper=paper,
            style=Markup(style),  # noqa: S704 - two files of this package
            style_hash=policy_hash(style),
            contents=[(headings[id(one)], one.text) for one in _headings(paper) if one.level == 2],
            anchor=lambda block: headings[id(block)],
            first=_first_blanks(paper),
            answers_file=ETHICS_FILE,
        )
    )


def _headings(paper: EthicsPaper) -> list[PaperBlock]:
    return [one for one in paper.blocks if one.kind == "heading"]


def _first_blanks(paper: EthicsPaper) -> frozenset[int]:
    """The places of the blanks that the list at the end leads to: each question's first."""
    places: dict[int, int] = {}
    for place, block in enumerate(paper.blocks):
        if block.kind == "blank":
            places.setdefault(block.number, place)
    return frozenset(places.values())


@cache
def _drawing() -> Environment:
    environment = page_environment(_FOLDER)
    environment.filters["flowing"] = lambda text: Markup(prose_html(text))  # noqa: S704 - Markdown, which escapes
    environment.filters["line"] = lambda text: Markup(inline_html(text))  # noqa: S704 - as above
    environment.filters["said"] = _said
    return environment


def _said(text: str) -> Markup:
    """An answer of the organisation. A heading in it is bold, as on paper: it is none of the paper's."""
    html = _HEADING_TAG.sub(lambda found: "</strong></p>" if found[1] else "<p><strong>", prose_html(text))
    return Markup(html)  # noqa: S704 - Markdown, which escapes
