"""The report's own words in every language they are in: whole, marked as whose they are, and held to every check."""

from __future__ import annotations

import re

import pytest

from kuule.languages.checks.text_checks import catalogue_problems
from kuule.languages.gettext.catalogue import po_bytes, read_po, read_pot
from kuule.languages.workflow.entries import max_translation_length
from kuule.languages.workflow.states import State, TextOrigin
from kuule.publishing.report_catalogue import CATALOGUE_FOLDER, CATALOGUE_TEMPLATE, words_for
from tests.sampling import matrix

SOURCES = read_pot(CATALOGUE_TEMPLATE)
DRAFTED = sorted(path.stem for path in CATALOGUE_FOLDER.glob("*.po"))
_ROOM = re.compile(r"At most (\d+) characters")


@pytest.mark.parametrize("tag", matrix(DRAFTED, 5))
def test_words_are_whole_and_say_who_made_them(tag: str) -> None:
    catalogue = read_po(CATALOGUE_FOLDER / f"{tag}.po", SOURCES)
    entries = catalogue.entries.values()
    assert [entry.key for entry in entries if not entry.text or entry.stale] == []
    assert catalogue.obsolete == ()
    assert (catalogue.state, catalogue.origin) == (State.DRAFT_ONE, TextOrigin.MACHINE)
    assert (words_for(tag).tag, words_for(tag).state) == (tag, State.DRAFT_ONE)


@pytest.mark.parametrize("tag", matrix(DRAFTED, 5))
def test_words_pass_every_check_that_a_studys_texts_pass(tag: str) -> None:
    """A hostile translator of them could lead every report's readers somewhere."""
    catalogue = read_po(CATALOGUE_FOLDER / f"{tag}.po", SOURCES)
    assert [str(problem) for problem in catalogue_problems(catalogue, f"{tag}.po")] == []


@pytest.mark.parametrize("tag", matrix(DRAFTED, 5))
def test_words_survive_reading_and_writing(tag: str) -> None:
    path = CATALOGUE_FOLDER / f"{tag}.po"
    assert po_bytes(read_po(path, SOURCES)).decode() == path.read_text("utf-8")


@pytest.mark.parametrize("tag", matrix(["en", *DRAFTED], 5))
def test_words_are_within_their_length(tag: str) -> None:
    texts = words_for(tag).texts
    room = {
        one.key: int(found[1]) if (found := _ROOM.search(one.note)) else max_translation_length(one.text)
        for one in SOURCES
    }
    assert [key for key, text in texts.items() if len(text) > room[key] and tag != "en"] == []


@pytest.mark.parametrize("tag", matrix(["en", *DRAFTED], 5))
def test_words_are_no_markup(tag: str) -> None:
    """They are set as they are, into pages and into charts."""
    assert [key for key, text in words_for(tag).texts.items() if re.search(r"[<>\n]|\*\*|`", text)] == []


def test_every_word_tells_its_translator_where_it_stands() -> None:
    assert [source.key for source in SOURCES if not re.search(r"\w.*[.”]$", source.note)] == []


def test_no_word_promises_that_nobody_can_find_out() -> None:
    """Noise makes it hard (docs/explanation/disclosure.md says how hard), and no more."""
    assert [one.key for one in SOURCES if re.search(r"\b(nobody|no one) can\b", one.text)] == []
