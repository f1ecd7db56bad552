"""How a page is built, apart from its words: what makes it the same page in another language.

Rules that look at elements, roles, names, colours and order say the same of two pages that are built alike; so they are
asked of every page in three languages, and of some pages in every other. What words do to a page (their length, their
script, their side) is measured on every page in every language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.html

from tests.access.exhibit import Exhibit

_WORDS = frozenset({"aria-label", "alt", "title"})
_OF_THE_LANGUAGE = frozenset({"lang", "dir", "hreflang", "translate"})
_LONG = re.compile(r"long-\d+")
"""How long the longest word of a heading is."""
_SORTED = ("option", "li", "details")
"""Lists of countries and of languages stand in the order of each language."""
_MANY = 20
Line = tuple[str, ...]


def skeleton(exhibit: Exhibit) -> tuple[Line, ...]:
    """One line for each element, in the page's order: its path, its attributes, and whether it has words of its own."""
    return tuple(_lines(exhibit.page.find("body"), "", exhibit.tag))


def _lines(element: lxml.html.HtmlElement, above: str, tag: str) -> Iterator[Line]:
    path = f"{above}/{element.tag}"
    words = "words" if _has_words(element) else ""
    attributes = (_attribute(element, name, value, tag) for name, value in sorted(element.attrib.items()))
    yield (path, words, *(one for one in attributes if one != "class="))
    inner = [tuple(_lines(child, path, tag)) for child in element if isinstance(child.tag, str) and _counts(child)]
    if _is_sorted_by_language(element):
        inner.sort()
    for lines in inner:
        yield from lines


def _has_words(element: lxml.html.HtmlElement) -> bool:
    texts = [element.text, *(child.tail for child in element)]
    return any(text and text.strip() for text in texts)


def _counts(element: lxml.html.HtmlElement) -> bool:
    """Who made a translation is said above it: a page in the study's own language has no such line. The line about time
    limits is there only in languages that have that page."""
    return not {"draft", "until"} & set((element.get("class") or "").split())


def _is_sorted_by_language(element: lxml.html.HtmlElement) -> bool:
    countries = len(element.findall("details")) > _MANY  # on the page of help of a survey that has ended
    return element.tag == "select" or countries or "more" in (element.get("class") or "").split()


def _attribute(element: lxml.html.HtmlElement, name: str, value: str, tag: str) -> str:
    if name in _OF_THE_LANGUAGE:
        return name
    if name in _WORDS:
        return f"{name}={bool(value.strip())}"
    if name == "class":
        value = _LONG.sub("", value)
    if name in ("href", "action"):
        return f"{name}={_address(value, tag)}"
    if element.tag == "option" or (element.tag == "input" and element.get("type") in ("hidden", "text")):
        return name  # what a person or the site put there
    return f"{name}={value.rstrip(' ')}"


def _address(value: str, tag: str) -> str:
    """Where it leads: on the page, on the site, or of which kind it is elsewhere."""
    if value.startswith("#"):
        return value
    if value.startswith("/"):
        parts = value.split("/")
        return "/".join("*" if at == 1 else part for at, part in enumerate(parts))
    return value.partition(":")[0]


def differing(one: tuple[Line, ...], other: tuple[Line, ...]) -> list[str]:
    """The first lines in which two pages are not built alike; nothing where they are."""
    if one == other:
        return []
    at = next((at for at, both in enumerate(zip(one, other, strict=False)) if both[0] != both[1]), -1)
    return [str(lines[at]) if at < len(lines) else "nothing more" for lines in (one, other)]
