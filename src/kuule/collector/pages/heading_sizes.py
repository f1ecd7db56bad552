"""Headings whose longest word would not fit the narrowest phone in letters of twice the size say how long it is: the
style sheet makes them as much smaller as that needs. Without script nothing else can know."""

from __future__ import annotations

import re
from html import unescape

from kuule.languages.hyphenation.soft_hyphens import SOFT_HYPHEN

_STEPS = (12, 14, 17, 20, 25)
"""Letters for which the style sheet has a class. A heading of shorter words has none."""
_FITS = 10
_HEADING = re.compile(r"<(h[1-4]|legend)((?: id=\"[^\"]*\")?)>(.*?)</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_BREAK = re.compile(rf"[\s{SOFT_HYPHEN}/·-]+")


def bounded_headings(html: str) -> str:
    """The page with a class at each heading that has a long unbreakable word."""
    return _HEADING.sub(_bounded, html)


def longest_part(html: str) -> int:
    """Characters of the longest part of a text that no line can break; soft hyphens are places to break."""
    return max(map(len, _BREAK.split(unescape(_TAG.sub("", html)))))


def heading_class(inside: str) -> str:
    """The attribute of a heading with this HTML in it, with a space before it; "" if its words are short."""
    length = longest_part(inside)
    if length <= _FITS:
        return ""
    step = next((step for step in _STEPS if length <= step), _STEPS[-1])
    return f' class="long-{step}"'


def _bounded(found: re.Match[str]) -> str:
    element, attributes, inside = found.groups()
    return f"<{element}{attributes}{heading_class(inside)}>{inside}</{element}>"
