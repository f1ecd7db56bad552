"""What the pages of a network say is as plain as everything else, and each word is said somewhere."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from kuule.languages import catalogues
from kuule.languages.checks.check_context import CheckContext
from kuule.languages.checks.text_checks import catalogue_problems
from kuule.languages.gettext.catalogue import po_bytes, read_po, read_pot
from kuule.languages.workflow.entries import untranslated_entry
from kuule.languages.workflow.states import State
from kuule.network.partner_pages.network_texts import NETWORK_TEMPLATE, network_words
from kuule.static_site.catalogue_words import read_catalogue_words
from tests.languages.test_voice import not_said
from tests.sampling import matrix
from tests.web.reading_age import reading_age

PAGES = Path(__file__).parents[2] / "src/kuule/network/partner_pages"


def test_words_are_plain_and_kind() -> None:
    texts = {one.key: one.text for one in read_pot(NETWORK_TEMPLATE)}
    assert {key: found for key, text in texts.items() if (found := not_said(text))} == {}
    assert reading_age(" ".join(text for text in texts.values() if text.endswith("."))) <= 10


def test_every_word_is_said_on_a_page() -> None:
    said = "".join(file.read_text("utf-8") for file in [*PAGES.glob("templates/*.html"), *PAGES.glob("*.py")])
    named = set(re.findall(r'"([a-z_]+)"', said))
    groups = ("page_", "agreed_", "history_")
    words = {one.key.removeprefix("pages:") for one in read_pot(NETWORK_TEMPLATE)}
    kept = {"cancelled", "tentative"}  # states of an action, said by their own names
    assert {word for word in words - named - kept if not word.startswith(groups)} == set()


@pytest.mark.parametrize("tag", matrix(sorted(one.stem for one in catalogues.NETWORK.glob("*.po")), 5))
def test_drafts_of_a_language_are_whole_and_without_a_fault(tag: str) -> None:
    sources = read_pot(NETWORK_TEMPLATE)
    catalogue = read_po(catalogues.NETWORK / f"{tag}.po", sources)
    assert [str(one) for one in catalogue_problems(catalogue, f"{tag}.po", CheckContext(tag))] == []
    words = network_words(tag)
    assert words is not None
    assert (words.is_partly_english, words.state) == (False, State.DRAFT_ONE)


def test_word_that_is_not_translated_is_english_and_the_page_says_so(tmp_path: Path) -> None:
    sources = read_pot(NETWORK_TEMPLATE)
    whole = read_po(catalogues.NETWORK / "fi.po", sources)
    entries = {**whole.entries, "pages:page_events": untranslated_entry(sources[5])}
    assert sources[5].key == "pages:page_events"
    (tmp_path / "fi.po").write_bytes(po_bytes(replace(whole, entries=entries)))
    words = read_catalogue_words(NETWORK_TEMPLATE, tmp_path / "fi.po", "fi", "pages:")
    assert words is not None
    said = (words.is_partly_english, words.say("page_events"), words.say("page_index"))
    assert said == (True, '<span lang="en" dir="ltr">Dates</span>', "Keitä olemme")


def test_language_without_words_has_no_pages() -> None:
    english, none = network_words("en"), network_words("xh")
    assert (english is not None, none) == (True, None)
