"""A page as the site answered it, to be shown to a browser again: same bytes, same headers."""

from __future__ import annotations

from dataclasses import dataclass

import lxml.html

from tests.collector.browser import Shown

TAGS = ("en", "sv", "ar")


@dataclass(frozen=True, slots=True)
class Exhibit:
    """`name` says what page in what state, `tag` in which language."""

    name: str
    tag: str
    shown: Shown

    @property
    def label(self) -> str:
        return f"{self.name} [{self.tag}]"

    @property
    def page(self) -> lxml.html.HtmlElement:
        return self.shown.page
