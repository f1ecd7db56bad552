"""Search in every script, as people type."""

from __future__ import annotations

import pytest

from kuule.qualitative.project_model.answer_text import AnswerText
from kuule.qualitative.retrieval.text_search import TextIndex, search_form

TEXTS = {
    "fi": "Äitini TIESI, mutta ei puhunut.",
    "cs": "Řekl jsem to šéfovi.",
    "ar": "أَخْبَرْتُ صديقتي",
    "ru": "Я никому не сказала",
    "th": "ฉันบอกเพื่อนที่โรงเรียน",
    "hi": "मैंने किसी को नहीं बताया",
    "ko": "아무에게도 말하지 않았다",
    "zh": "我没有告诉任何人",
    "wide": "ＨＥＬＰ　ｍｅ",
    "soft": "zu\u00adsam\u200bmen",
    "tr": "DIŞARI çıktım",
}


@pytest.fixture(scope="module")
def index() -> TextIndex:
    index = TextIndex()
    for tag, words in TEXTS.items():
        index.put(AnswerText(tag, "wish", tag, words))
    return index


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("aitini tiesi", "fi"),
        ("šéfovi", "cs"),
        ("sefovi", "cs"),
        ("اخبرت", "ar"),
        ("НИКОМУ", "ru"),
        ("โรงเรียน", "th"),
        ("नहीं", "hi"),
        ("말하지", "ko"),
        ("告诉", "zh"),
        ("help me", "wide"),
        ("zusammen", "soft"),
        ("cıktım", "tr"),
        ('"ei puhunut"', "fi"),
    ],
)
def test_words_are_found_as_people_type_them(index: TextIndex, query: str, found: str) -> None:
    assert index.search(query) == {found}


def test_every_word_has_to_be_there_and_in_quotes_in_this_order(index: TextIndex) -> None:
    assert index.search("puhunut ei") == {"fi"}
    assert index.search('"puhunut ei"') == frozenset()
    assert index.search("ei nobody") == frozenset()
    assert index.search("  ") == TEXTS.keys()


def test_hostile_text_is_compared_like_any_other() -> None:
    assert search_form("h\u0300\u0301\u0302elp" * 3) == "help" * 3
    assert search_form("\u202eevil\u202c") == "evil"


def test_what_is_not_kept_is_not_found_any_more(index: TextIndex) -> None:
    other = TextIndex()
    assert other.keep(["a", "b"]) == {"a", "b"}
    other.put(AnswerText("a", "wish", "en", "original"), "a translation")
    assert (other.search("translation"), other.keep(["b"]), other.search("original")) == ({"a"}, {"b"}, frozenset())
