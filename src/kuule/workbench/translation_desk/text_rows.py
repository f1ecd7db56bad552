"""The texts of a language in the order of the survey, filtered and searched, with their states."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from kuule.core.problems import Problem, Severity
from kuule.languages.gettext.shipped_words import is_own_word
from kuule.languages.terminology.word_matching import fold_text
from kuule.languages.workflow.entries import Entry
from kuule.languages.workflow.states import State, TextOrigin
from kuule.study.folder.report_text import is_report_key
from kuule.workbench.translation_desk.language_member import LanguageMember
from kuule.workbench.translation_desk.text_locations import TextLocation

TEXTS_PER_PAGE = 50
"""Roughly this many texts on one page of the list; a page of the survey is not split."""
LONGEST_SEARCH = 200
_IN_KEYS = re.compile(r"\w[:/_]\w|^[:/]")


@dataclass(frozen=True, slots=True)
class TextRow:
    """One text as one member may see it. `text` is "" if there is none, or if another's is hidden (`blind`)."""

    entry: Entry
    place: TextLocation
    text: str
    blind: bool
    waits: bool
    findings: tuple[Problem, ...] = ()

    @property
    def key(self) -> str:
        return self.entry.key

    @property
    def state(self) -> str:
        """The state in one word."""
        return "stale" if self.entry.stale and self.entry.text else str(self.entry.effective_state)

    @property
    def machine(self) -> bool:
        return bool(self.entry.text) and self.entry.origin is TextOrigin.MACHINE

    @property
    def of_report(self) -> bool:
        """Whether only the report, and no survey, needs it."""
        return is_report_key(self.key)

    @property
    def of_kuule(self) -> bool:
        """Whether it is one of Kuule's own words."""
        return is_own_word(self.key)

    @property
    def refused(self) -> bool:
        """Whether a check refuses it."""
        return any(one.severity is Severity.ERROR for one in self.findings)


@dataclass(frozen=True, slots=True)
class ListFilter:
    """What the list shows: the name of a filter, and words to search for."""

    show: str = "all"
    find: str = ""

    @property
    def query(self) -> str:
        """The query part of an address; "" if everything is shown."""
        given = {"show": self.show if self.show != "all" else "", "find": self.find}
        return urlencode({name: value for name, value in given.items() if value})


FILTERS: Mapping[str, Callable[[TextRow], bool]] = {
    "all": lambda row: True,
    "mine": lambda row: row.waits,
    "untranslated": lambda row: not row.entry.text,
    "stale": lambda row: row.state == "stale",
    "unreviewed": lambda row: not row.entry.effective_state.reaches(State.REVIEWED),
    "machine": lambda row: row.machine,
    "findings": lambda row: bool(row.findings),
    "survey": lambda row: not row.of_report and not row.of_kuule,
    "words": lambda row: row.of_kuule,
    "report": lambda row: row.of_report,
    "comments": lambda row: bool(row.entry.note.strip()) and not row.blind,
}


@dataclass(frozen=True, slots=True)
class ListSection:
    """Rows of one section that appear together on a page of the list."""

    title: str
    rows: tuple[TextRow, ...]


@dataclass(frozen=True, slots=True)
class SectionJump:
    """A section of the survey: the page of the list that it begins on, and how many of its texts are reviewed."""

    title: str
    page: int
    reviewed: int
    texts: int


def text_rows_for(
    entries: Mapping[str, Entry],
    places: Mapping[str, TextLocation],
    findings: Mapping[str, tuple[Problem, ...]],
    language_member: LanguageMember,
) -> list[TextRow]:
    """All texts of a language in the order of the survey, as a member sees them. What the checks say about a hidden
    translation is hidden too."""
    rows = []
    for key, place in places.items():
        if key in entries:
            entry = entries[key]
            blind = language_member.is_blind(entry)
            found = () if blind else findings.get(key, ())
            rows.append(
                TextRow(
                    entry, place, language_member.visible_text(entry), blind, language_member.is_awaited(entry), found
                )
            )
    return rows


def filter_rows(rows: Sequence[TextRow], wanted: ListFilter) -> list[TextRow]:
    """The rows that match a filter and contain every search word: in the source, in the translation if it is visible
    or, for a word that looks like part of a key (`age_band:hint`), in the key."""
    let = FILTERS.get(wanted.show, FILTERS["all"])
    words = fold_text(wanted.find).split()
    return [row for row in rows if let(row) and (not words or _has(row, words))]


def _has(row: TextRow, words: Sequence[str]) -> bool:
    """Only a word with a character of keys in it is searched for in the key; any other would be found in `page_…`."""
    text, key = fold_text(f"{row.entry.source}\n{row.text}"), fold_text(row.key)
    return all(word in text or (_IN_KEYS.search(word) and word in key) for word in words)


def split_into_pages(rows: Sequence[TextRow]) -> list[list[TextRow]]:
    """The pages of the list. Texts of one page of the survey stay together unless there are too many."""
    pages: list[list[TextRow]] = [[]]
    for _, some in groupby(rows, key=lambda row: (row.place.section, row.place.page_key)):
        together = list(some)
        if pages[-1] and len(pages[-1]) + len(together) > TEXTS_PER_PAGE:
            pages.append([])
        for row in together:
            if len(pages[-1]) >= 2 * TEXTS_PER_PAGE:
                pages.append([])
            pages[-1].append(row)
    return pages


def group_by_section(rows: Sequence[TextRow]) -> tuple[ListSection, ...]:
    """The rows of one page of the list, by section."""
    return tuple(ListSection(title, tuple(some)) for title, some in groupby(rows, key=lambda row: row.place.section))


def section_jumps(pages: Sequence[Sequence[TextRow]]) -> tuple[SectionJump, ...]:
    """Every section that has a text among these, in order."""
    begins: dict[str, int] = {}
    texts: Counter[str] = Counter()
    reviewed: Counter[str] = Counter()
    for number, rows in enumerate(pages, start=1):
        for row in rows:
            begins.setdefault(row.place.section, number)
            texts[row.place.section] += 1
            reviewed[row.place.section] += row.entry.effective_state.reaches(State.REVIEWED)
    return tuple(SectionJump(title, page, reviewed[title], texts[title]) for title, page in begins.items())


def neighbours(
    rows: Sequence[TextRow], places: Mapping[str, TextLocation], key: str
) -> tuple[TextRow | None, TextRow | None]:
    """The texts before and after this one in the list, even if this one is not in the list (any more)."""
    order = {one: number for number, one in enumerate(places)}
    here = order.get(key, -1)
    before = [row for row in rows if order[row.key] < here]
    after = [row for row in rows if order[row.key] > here]
    return (before[-1] if before else None, after[0] if after else None)


def count_states(rows: Sequence[TextRow]) -> Iterator[tuple[str, int]]:
    """How many texts are in each state, the furthest first, with stale ones counted separately."""
    states = Counter(row.state for row in rows)
    for state in reversed(State):
        if states[state]:
            yield str(state), states[state]
    if states["stale"]:
        yield "stale", states["stale"]
