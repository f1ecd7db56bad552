"""What the pages of a network say is as plain as everything else, and each word is said somewhere."""

from __future__ import annotations

import re
from pathlib import Path

from kuule.languages.gettext.catalogue import read_pot
from kuule.network.partner_pages.network_texts import NETWORK_TEMPLATE, network_words
from tests.languages.test_voice import not_said
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


def test_language_without_words_has_no_pages() -> None:
    english, none = network_words("en"), network_words("xh")
    assert (english is not None, none) == (True, None)
