"""Kuule's own words in an edition: what is frozen, and which of it a later Kuule still says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kuule.languages.gettext.shipped_words import shipped_catalogue, shipped_sources
from kuule.languages.workflow.entries import SourceText, text_hash
from kuule.languages.workflow.states import State, TextOrigin
from kuule.study.edition.frozen_words import (
    PROMISE_PREFIXES,
    FrozenWord,
    freeze_source_words,
    freeze_words,
    is_still_valid,
    table_from_words,
    words_from_table,
)
from kuule.study.edition.study_edition import read_edition_files
from kuule.study.freeze import freeze
from tests.study.small_study import make_edition, make_study, rehearsal_key, write_words


def word(text: str, english: str) -> FrozenWord:
    return FrozenWord(text, text_hash(english))


def test_edition_has_the_words_of_each_language_in_it(tmp_path: Path) -> None:
    edition = make_edition(tmp_path, words={"sv": State.REVIEWED})
    assert [*edition.words] == ["en", "sv", "ar"]
    assert edition.words["en"] == freeze_source_words()
    assert edition.words["en"].words["continue"] == word("Continue", "Continue")
    assert (edition.words["sv"].state, edition.words["sv"].origin) == (State.REVIEWED, TextOrigin.PERSON)
    assert edition.words["ar"] == freeze_words(shipped_catalogue("ar"))
    assert json.loads(read_edition_files(tmp_path / "edition")["words/sv.json"])["words"]["back"]["text"] == "Tillbaka"


def test_changed_button_is_another_edition(tmp_path: Path) -> None:
    study = make_study(tmp_path / "study", words={"sv": State.REVIEWED})
    before = freeze(study, rehearsal_key().public, tmp_path / "before", drafts=True)
    write_words(study, "sv", back="Bakåt")
    after = freeze(study, rehearsal_key().public, tmp_path / "after", drafts=True)
    assert (before.id != after.id, after.words["sv"].words["back"].text) == (True, "Bakåt")


def test_words_go_to_a_table_and_back() -> None:
    words = freeze_words(shipped_catalogue("sv"))
    assert words_from_table(json.loads(json.dumps(table_from_words(words)))) == words


@pytest.mark.parametrize("table", [{}, {"state": "reviewed", "origin": "person", "words": {"back": {"text": 1}}}, []])
def test_table_that_is_none_is_refused(table: object) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        words_from_table(table)  # type: ignore[arg-type]


def test_word_is_said_while_its_english_is_what_it_was() -> None:
    assert is_still_valid(
        word("Allt raderas.", "All is deleted."), SourceText("interface:promise_x", "All is deleted.")
    )
    assert is_still_valid(word("{n} kvar", "{n} left"), SourceText("interface:room", "{n} left"))


def test_button_stands_through_another_english_and_a_promise_does_not() -> None:
    assert is_still_valid(word("Vidare", "Continue"), SourceText("interface:continue", "Go on"))
    assert not is_still_valid(
        word("Allt raderas.", "All is deleted."), SourceText("interface:promise_x", "Most is deleted.")
    )
    assert not is_still_valid(word("Raderat.", "Deleted."), SourceText("interface:ended_text", "Not deleted."))


def test_word_with_other_places_to_fill_in_is_not_said() -> None:
    assert not is_still_valid(word("{n} kvar", "{n} left"), SourceText("interface:room", "{number} characters left"))


@pytest.mark.parametrize("broken", ["{oops} kvar", "{n kvar", "} kvar", "{n.secret} kvar"])
def test_word_that_no_page_can_fill_in_is_not_said(broken: str) -> None:
    assert not is_still_valid(word(broken, "{n} left"), SourceText("interface:room", "{n} left"))


CLAIMS = re.compile(
    r"\b(delet|kept|keep|seal|stor|nobody|no one|sent\b|send|trace|history|anonym|recogni|identif|taken? back|private)",
    re.IGNORECASE,
)
ONLY_NAMES = {"answer_needed", "send", "new_page"}
"""What claims nothing although it has such a word."""


def test_every_word_that_claims_something_is_of_the_promise() -> None:
    claims = {one.key.removeprefix("interface:"): one.text for one in shipped_sources() if CLAIMS.search(one.text)}
    loose = {name: text for name, text in claims.items() if not name.startswith(PROMISE_PREFIXES)}
    assert {name: text for name, text in loose.items() if name not in ONLY_NAMES} == {}
