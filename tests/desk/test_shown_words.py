"""Words on a page: nothing obeys, nothing is lost, and pieces cover every letter that is not a space."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kuule.desk.shown_words import PORTION, pieces_of, portion_of, shown_runs, visible_html
from kuule.qualitative.project_model.answer_text import TextSpan

words = st.text(max_size=80) | st.text("aé\u0301\u0e01\u0e34日\u202e\x00 <&\n", max_size=60)


@given(words)
def test_nothing_steers_and_nothing_is_markup(text):
    html = visible_html(text)
    assert re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", html) is None
    without = html.replace('<span class="sign">', "").replace("</span>", "")
    assert "<" not in without


@given(words)
def test_pieces_cover_all_but_spaces_and_never_begin_inside_a_letter(text):
    pieces = pieces_of(text)
    covered = {at for piece in pieces for at in range(piece.start, piece.end)}
    assert {at for at, letter in enumerate(text) if not letter.isspace()} <= covered | {
        at for at, letter in enumerate(text) if re.match(r"\s", letter)
    }
    assert all(one.end <= other.start for one, other in pairwise(pieces))


@given(words.filter(bool), st.data())
def test_runs_put_together_are_the_portion(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    mark = TextSpan(start, data.draw(st.integers(start + 1, len(text))))
    runs = shown_runs(text, portion_of(text, 1).span, [(mark, "a name")], pieces=pieces_of(text))
    plain = [run.html for run in runs if not run.marked], [run.html for run in runs if run.marked]
    if re.search("[\u0300-\u036f]{2}", text) is None and not any(map(_piles, [text])):
        assert "".join(run.html for run in runs) == visible_html(text)
    assert plain[1], "the mark shows"
    assert sum(run.label == "a name" for run in runs) == 1


def _piles(text: str) -> bool:
    return len(visible_html(text)) != len("".join(str(visible_html(letter)) for letter in text))


def test_scripts_without_spaces_have_small_pieces():
    assert len(pieces_of("日本語の文")) == 5
    assert len(pieces_of("หนึ่งสองสามสี่")) > 1
    assert len(pieces_of("x" * 2_000)) == 50


def test_a_pile_of_marks_is_cut_and_said():
    assert visible_html("e" + "\u0301" * 9) == 'e\u0301\u0301\u0301\u0301<span class="sign">and 5 more marks</span>'


def test_portions_have_all_of_a_text():
    text = "ab " * PORTION
    spans = [portion_of(text, place).span for place in range(1, portion_of(text, 1).places + 1)]
    assert "".join(text[one.start : one.end] for one in spans) == text
    assert portion_of("", 5).span == TextSpan(0, 1)
