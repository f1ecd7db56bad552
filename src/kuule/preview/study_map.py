"""The map beside a preview: every page in its order, who sees it, and how many problems are on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kuule.booklet.booklet_document import Sentence
from kuule.booklet.booklet_source import BookletSource, plain_words
from kuule.booklet.questionnaire_booklet import page_routes, page_title, pages_of
from kuule.core.problems import Severity
from kuule.forms.compile.items import Item
from kuule.preview.page_changes import WELCOME
from kuule.preview.preview_session import PreviewState
from kuule.preview.previewed_study import PreviewedStudy

_LONGEST_TITLE = 90


@dataclass(frozen=True, slots=True)
class MappedPage:
    """A page of the map. `numbers` are those of its questions, as routes name them ("3–4"), "" for a page without one.
    `route` says when it is seen, and is empty for a page that everybody sees."""

    key: str
    numbers: str
    title: str
    route: Sentence = ()
    errors: int = 0
    warnings: int = 0
    changed: bool = False


@dataclass(frozen=True, slots=True)
class MappedSection:
    """A section with its pages; `title` is "" for pages outside any."""

    title: str
    pages: tuple[MappedPage, ...]


def study_map(study: PreviewedStudy, tag: str, state: PreviewState) -> tuple[MappedSection, ...]:
    """The map of a study in a language."""
    return tuple(_sections(study, tag, state))


def _sections(study: PreviewedStudy, tag: str, state: PreviewState) -> Iterator[MappedSection]:
    source = study.booklet_source(tag)
    routes, texts = page_routes(source), study.edition.texts(tag)
    here = [one for one in state.problems if one.problem.language in ("", tag)]
    errors, warnings = (
        Counter(one.page for one in here if one.problem.severity is severity)
        for severity in (Severity.ERROR, Severity.WARNING)
    )
    settings = study.folder.settings
    first = texts.get("study:welcome/name") or texts.get("study:discreet_title") or settings.discreet_title
    yield MappedSection("", (MappedPage(WELCOME, "", first, changed=WELCOME in state.pages),))
    for section, pages in pages_of(source):
        found = []
        for key, items in pages:
            title = plain_words(page_title(source, items))
            short = title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1]}…"
            route = routes.get(key, ())
            counts = errors[key], warnings[key]
            found.append(MappedPage(key, _numbers(source, items), short, route, *counts, changed=key in state.pages))
        yield MappedSection(source.plain_text(f"form:{section}:label") if section else "", tuple(found))


def _numbers(source: BookletSource, items: Sequence[Item]) -> str:
    found = [source.numbers[item.path] for item in items if item.path in source.numbers]
    return "" if not found else str(found[0]) if len(found) == 1 else f"{found[0]}–{found[-1]}"
