"""The part of a style sheet that a page uses: every page has its style within it, and pays for each rule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BLANK = re.compile(r"\s+")
_CLASS = re.compile(r"\.([A-Za-z][\w-]*)")
_CLASSES = re.compile(r'\sclass="([^"]*)"')
_COMMA = re.compile(r",(?![^(]*\))")

StyleRule = tuple[str, str]
"""What is before the braces, without blanks at its ends, and what is between them."""


def used_style(style: str, page: str) -> str:
    """The rules of a style sheet without those for classes that no element of the page has, and without comments and
    lines."""
    classes = frozenset(name for found in _CLASSES.findall(page) for name in found.split())
    return _without_unused(style, classes)


@lru_cache(maxsize=512)
def _without_unused(style: str, classes: frozenset[str]) -> str:
    return "".join(_written(head, content, classes) for head, content in _rules(style))


@lru_cache(maxsize=32)
def _rules(style: str) -> tuple[StyleRule, ...]:
    return tuple(_split(_BLANK.sub(" ", _COMMENT.sub("", style))))


def _split(style: str) -> Iterator[StyleRule]:
    """The rules of a text in their order; the rules within an at-rule are one content."""
    depth = start = opened = 0
    for place, sign in enumerate(style):
        if sign == "{":
            depth, opened = depth + 1, place if not depth else opened
        elif sign == "}":
            depth -= 1
            if not depth:
                yield style[start:opened].strip(), style[opened + 1 : place].strip()
                start = place + 1


def _written(head: str, content: str, classes: frozenset[str]) -> str:
    if head.startswith("@media"):
        inside = "".join(_written(*rule, classes) for rule in _split(content))
        return f"{head}{{{inside}}}" if inside else ""
    kept = [one.strip() for one in _COMMA.split(head) if classes.issuperset(_CLASS.findall(one))]
    return f"{','.join(kept)}{{{content}}}" if kept else ""
