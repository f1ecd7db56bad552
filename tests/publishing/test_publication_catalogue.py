"""Kuule's words on the pages and in the files of a release: each is used, each tells its translator where it stands,
and a language that nobody has begun has them in English, marked so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from kuule.helplines.short_numbers import NumberMeaning
from kuule.languages.gettext.catalogue import read_pot
from kuule.languages.markup.fallback_text import ForeignText
from kuule.languages.workflow.states import State
from kuule.publishing import downloads, release_site
from kuule.publishing.downloads.csvw_tables import CSV_COLUMNS
from kuule.publishing.downloads.labelled_tables import SITE_PREFIX, FileNumberState
from kuule.publishing.publication_catalogue import PUBLICATION_TEMPLATE, publication_words
from kuule.publishing.release_site.site_plan import FIXED_SITE_PAGES
from kuule.releases.publication_release import ApprovalState
from kuule.tables.missing import Missing

SOURCES = [one for one in read_pot(PUBLICATION_TEMPLATE) if one.key.startswith(SITE_PREFIX)]
NAMES = {one.key.removeprefix(SITE_PREFIX) for one in SOURCES}
PACKAGES = [Path(one.__file__).parent for one in (downloads, release_site)]
_ROOM = re.compile(r"At most (\d+) characters")
GROUPS: Mapping[str, Iterable[str]] = {
    "approval": [*ApprovalState, "practice"],
    "change": ["first", "follows", "amends"],
    "column": [*CSV_COLUMNS, "measure"],
    "missing": Missing,
    "number": [one for one in NumberMeaning if one is not NumberMeaning.MISSING_CHILDREN],
    "page": FIXED_SITE_PAGES,
    "state": FileNumberState,
    "countries": ["page", "lead", "compare"],
    "languages": ["page", "lead", "compare", "menu"],
}
"""Groups of words of which each member has one."""


@pytest.mark.parametrize("group", GROUPS)
def test_every_member_of_a_group_has_a_word_and_nothing_else_is_in_it(group: str) -> None:
    assert {name for name in NAMES if name.startswith(f"{group}_")} == {f"{group}_{one}" for one in GROUPS[group]}


def test_every_word_is_used_and_every_word_that_is_used_is_there() -> None:
    texts = [path.read_text("utf-8") for one in PACKAGES for path in (*one.rglob("*.py"), *one.rglob("*.html"))]
    code = "\n".join(texts)
    grouped = tuple(f"{group}_" for group in GROUPS)
    unused = [name for name in NAMES if not re.search(rf"""["']{name}["']""", code) and not name.startswith(grouped)]
    assert unused == []
    said = set(re.findall(r'\bsay\.say(?:_plain)?\("(\w+)"', code)) | set(re.findall(r'_say\(notes, "(\w+)"', code))
    assert {name for name in said - NAMES if not name.endswith("_")} == set()


def test_every_word_tells_its_translator_where_it_stands_and_how_long_it_may_be() -> None:
    assert [source.key for source in SOURCES if not re.search(r"\w.*[.”]$", source.note)] == []
    room = {one.key: int(found[1]) for one in SOURCES if (found := _ROOM.search(one.note))}
    assert [one.key for one in SOURCES if len(one.text) > room.get(one.key, 0)] == []


def test_words_are_no_markup() -> None:
    assert [one.key for one in SOURCES if re.search(r"[<>\n]|\*\*|`", one.text)] == []


def test_language_that_nobody_has_begun_has_english_words_that_say_so() -> None:
    words = publication_words("xx", SITE_PREFIX)
    assert words.state is State.UNTRANSLATED
    assert words.say("page_help") == '<span lang="en" dir="ltr">Find help</span>'
    assert isinstance(words.texts["site:page_help"], ForeignText)
    assert publication_words("en", SITE_PREFIX).say("page_help") == "Find help"
