"""All topics on one page, with every question and every answer from A to Z: a search that needs no script, since any
browser finds a word in a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from kuule.languages.cldr.collation import sort_key
from kuule.publishing.release_site.release_language import ReleaseLanguage, SitePageView
from kuule.publishing.release_site.topic_pages import topic_links
from kuule.tables.request import TableRequest


@dataclass(frozen=True, slots=True)
class IndexedWord:
    """A question, or an answer, and the addresses of the figures that have it."""

    text: str
    addresses: tuple[str, ...]


def topic_index_page(site: ReleaseLanguage) -> SitePageView:
    """The page `topics`."""
    title = site.say.say_plain("topics_page")
    content = {"topics": topic_links(site), "letters": tuple(_by_letter(site))}
    return SitePageView("topics", "topics.html", title, content)


def _by_letter(site: ReleaseLanguage) -> Iterator[tuple[str, tuple[IndexedWord, ...]]]:
    """The words under their first letters, in the alphabetical order of the language."""
    tag = site.tag
    found: dict[str, dict[str, None]] = {}
    for text, address in _words(site):
        found.setdefault(text, {})[address] = None
    words = [IndexedWord(text, tuple(found[text])) for text in sorted(found, key=lambda one: sort_key(one, tag))]
    for letter, of_letter in groupby(words, key=lambda one: _first_letter(one.text)):
        yield letter, tuple(of_letter)


def _first_letter(text: str) -> str:
    return next((one for one in text if one.isalnum()), "–").upper()


def _words(site: ReleaseLanguage) -> Iterator[tuple[str, str]]:
    numbered = {site.plan.figures[figure.number]: figure for figure in site.view.figures}
    for topic in topic_links(site):
        for anchor, _ in topic.figures:
            figure, address = numbered[anchor], f"{topic.name}.html#{anchor}"
            yield figure.heading, address
            request = TableRequest.parse(figure.request)
            answers = site.wording.items[request.item].answers
            yield from ((answers.get(code, code), address) for code in site.tables[request].rows)
