"""Soft hyphens in HTML: in words, and in nothing that is compared, followed, copied or said otherwise."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuule.languages.hyphenation.soft_hyphens import NO_SOFT_HYPHENS, SOFT_HYPHEN, SoftHyphens
from tests.sampling import examples

HYPHENS = SoftHyphens.from_words(["väki-valta-työstä", "beratungs-stelle", "stelle-strong"])


def shown(html: str) -> str:
    return HYPHENS.in_html(html).replace(SOFT_HYPHEN, "|")


def test_word_has_them_in_small_and_large_letters() -> None:
    assert shown("Väkivaltatyöstä, väkivaltatyöstä. VÄKIVALTATYÖSTÄ!") == (
        "Väki|valta|työstä, väki|valta|työstä. VÄKI|VALTA|TYÖSTÄ!"
    )


@pytest.mark.parametrize(
    "html",
    [
        "Väkivaltatyö",
        "väkivaltatyöstäkin",
        "https://beratungsstelle.de",
        "info@beratungsstelle.de www.beratungsstelle",
        "beratungsstelle.de",
        "beratungsstelle42",
        '<a href="https://x.example/beratungsstelle" title="Beratungsstelle">x</a>',
        "<code>beratungsstelle</code>",
        "<stelle-strong>",
        "&amp;&quot;",
    ],
)
def test_what_is_not_that_word_has_none(html: str) -> None:
    assert shown(html) == html


def test_text_of_a_link_and_behind_code_has_them() -> None:
    html = '<a href="/beratungsstelle">Beratungsstelle</a> <code>beratungsstelle</code> <b>Beratungsstelle</b>'
    assert shown(html) == html.replace(">Beratungsstelle", ">Beratungs|stelle")


@pytest.mark.parametrize("words", [["whole"], [""], ["-a"], ["a-"], ["a--b"], ["a b-c"], ["<b>-c"], ["a-1"]])
def test_what_is_no_parted_word_is_refused(words: list[str]) -> None:
    with pytest.raises(ValueError, match="is no word with hyphens"):
        SoftHyphens.from_words(words)


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(TypeError):
        SoftHyphens.from_words([1])


@given(st.text(alphabet=st.sampled_from("beratungsstelle Väkivaltatyöstä<>/&;.-\n\x00ßİ"), max_size=80))
@settings(max_examples=examples(300))
def test_nothing_but_soft_hyphens_is_ever_added(html: str) -> None:
    assert HYPHENS.in_html(html).replace(SOFT_HYPHEN, "") == html
    assert re.findall(r"<[^>]*>", HYPHENS.in_html(html)) == re.findall(r"<[^>]*>", html)
    assert NO_SOFT_HYPHENS.in_html(html) == html
