"""Lines of text fit their width, whatever their script, and lose no letter."""

from __future__ import annotations

from kuule.publishing.charts.text_lines import text_width, wrap_text
from kuule.publishing.render.layout import NARROW_WIDTH


def test_wrapped_keeps_every_character_and_fits():
    text = "Someone close to the family, for example " + "x" * 90
    lines = wrap_text(text, NARROW_WIDTH)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert max(map(len, lines)) <= 43


def test_wrapped_parts_no_letter_from_its_marks_and_no_sign_from_what_it_is_joined_to():
    for text in ("ก็" * 60, "x" + "ที่" * 60, "👩\u200d👧" * 40):
        lines = wrap_text(text, NARROW_WIDTH)
        assert "".join(lines) == text
        assert [line[0] for line in lines if line[0] in "็ี่\u200d" or line[-1] == "\u200d"] == []


def test_wrapped_takes_a_word_of_any_length():
    lines = wrap_text("ж" * 200_000, NARROW_WIDTH)
    assert (sum(map(len, lines)), max(map(len, lines))) == (200_000, 43)


def test_wrapped_counts_wide_characters_twice():
    assert max(map(len, wrap_text("家族の一員" * 12, NARROW_WIDTH))) <= 22


def test_small_letters_need_less_room():
    assert text_width("told", 13) < text_width("told", 14)
    assert len(wrap_text("told " * 40, NARROW_WIDTH, 10)) < len(wrap_text("told " * 40, NARROW_WIDTH))
