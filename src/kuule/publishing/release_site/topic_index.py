"""All topics on one page, with every question and every answer from A to Z: a search that needs no script, since any
browser finds a word in a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kuule.languages.cldr.collation import sort_key
from kuule.publishing.release_site.release_language import ReleaseLanguage, SitePageView
from kuule.publishing.release_site.topic_pages import topic_links
from kuule.tables.request import TableRequest


@dataclass(frozen=True, slots=True)
class IndexedWord:
    """A question, or an answer, and the figures that have it: each with its address and its question."""

    text: str
    figures: tuple[tuple[str, str], ...]


def topic_index_page(site: ReleaseLanguage) -> SitePageView:
    """The page `topics`."""
    title = site.say.say_plain("topics_page")
    content = {"topics": topic_links(site), "letters": tuple(_by_letter(site))}
    return SitePageView("topics", "topics.html", title, content)


def _by_letter(site: ReleaseLanguage) -> Iterator[tuple[str, tuple[IndexedWord, ...]]]:
    """The words under their first letters, in the alphabetical order of the language."""
    tag = site.tag
    found: dict[str, dict[str, str]] = {}
    for text, address, question in _words(site):
        found.setdefault(text, {})[address] = question
    order = sorted(found, key=lambda one: sort_key(one, tag))
    by_letter: dict[str, list[IndexedWord]] = {}
    for text in order:
        by_letter.setdefault(_first_letter(text), []).append(IndexedWord(text, tuple(found[text].items())))
    yield from ((letter, tuple(words)) for letter, words in by_letter.items())


def _first_letter(text: str) -> str:
    return next((one for one in text if one.isalnum()), "–").upper()


def _words(site: ReleaseLanguage) -> Iterator[tuple[str, str, str]]:
    """Each question and answer, with the address and the question of its figure."""
    numbered = {site.plan.figures[figure.number]: figure for figure in site.view.figures}
    for topic in topic_links(site):
        for one in topic.figures:
            figure, address = numbered[one.anchor], f"{topic.name}.html#{one.anchor}"
            question = f"{figure.heading} – {figure.by}" if figure.by else figure.heading
            yield figure.heading, address, question
            request = TableRequest.parse(figure.request)
            answers = site.wording.items[request.item].answers
            yield from ((answers.get(code, code), address, question) for code in site.tables[request].rows)
