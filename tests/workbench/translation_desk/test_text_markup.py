"""A text is never markup on the desk, what nobody sees in it is seen, and what is typed comes in as it was meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuule.workbench.translation_desk.text_markup import clean_typed_text, join_lines, mark_up_changes, mark_up_text
from tests.translation.partner import TEXTS


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Ja & nej", "Ja &amp; nej"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("[press](javascript:alert(1))", "[press](javascript:alert(1))"),
        ('${a"onclick=x}', '<code class="keep" dir="ltr" translate="no">${a&#34;onclick=x}</code>'),
        ("a\u202eb", 'a<span class="unseen-mark" dir="ltr" translate="no">RLO</span>b'),
        ("a\x07b", 'a<span class="unseen-mark" dir="ltr" translate="no">U+0007</span>b'),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_text_is_shown_as_words(text, html):
    assert mark_up_text(text) == html


OURS = ("del", "ins", "code", "span")


def without_ours(html):
    for tag in OURS:
        html = html.replace(f"<{tag} ", "").replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    return html


@given(TEXTS)
def test_nothing_of_a_text_becomes_markup(text):
    assert "<" not in without_ours(str(mark_up_text(text)))


@given(TEXTS, TEXTS)
def test_nothing_of_two_texts_becomes_markup_in_what_changed(old, new):
    assert "<" not in without_ours(str(mark_up_changes(old, new)))


def test_what_changed_is_told_word_by_word():
    assert mark_up_changes("How old are you?", "How old were you then?") == (
        "How old <del>are</del><ins>were</ins> <del>you?</del><ins>you then?</ins>"
    )


@pytest.mark.parametrize(
    ("came", "source", "text"),
    [
        ("Ja\r\noch nej\r\n", "Yes", "Ja\noch nej"),
        ("  Ja", " Yes", "  Ja"),
        ("Ja\x00\x1f\ud800", "Yes", "Ja"),
        ("\u202eJa", "Yes", "\u202eJa"),
    ],
)
def test_what_is_typed_comes_in_as_it_was_meant(came, source, text):
    assert clean_typed_text(came, source) == text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_comment_is_one_line_for_every_program(comment):
    line = join_lines(comment)
    assert line.splitlines() in ([], [line])
    assert not set(line) & set(map(chr, [*range(32), *range(127, 160), 0x2028, 0x2029, 0xFEFF]))
