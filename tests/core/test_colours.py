"""Colours: WCAG's own numbers, and the nearest colour that can be read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuule.core.colours import AAA_TEXT, contrast_ratio, luminance, mix_colours, nearest_readable

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_contrast_is_that_of_wcag():
    """Black on white, white on white, and the grey of Understanding 1.4.3 that is just enough for AA on white."""
    assert [round(contrast_ratio(one, "#ffffff"), 2) for one in ("#000000", "#ffffff", "#767676")] == [21, 1, 4.54]


@given(COLOURS, COLOURS)
def test_contrast_is_the_same_either_way_and_from_1_to_21(one, other):
    assert contrast_ratio(one, other) == contrast_ratio(other, one)
    assert 1 <= contrast_ratio(one, other) <= 21


@given(COLOURS)
def test_nearest_readable_colour_can_be_read_and_is_the_colour_itself_where_that_can(colour):
    for grounds in (("#fffdf9", "#f3e9d8"), ("#202423", "#332d22")):
        found = nearest_readable(colour, grounds)
        assert min(contrast_ratio(found, ground) for ground in grounds) >= AAA_TEXT
        if min(contrast_ratio(colour, ground) for ground in grounds) >= AAA_TEXT:
            assert found == colour


def test_colours_are_mixed_channel_by_channel():
    assert mix_colours("#102030", "#ffffff", 0.5) == "#889098"
    assert (mix_colours("#102030", "#ffffff", 0), mix_colours("#102030", "#ffffff", 1)) == ("#102030", "#ffffff")


@pytest.mark.parametrize("colour", ["red", "#fff", "1f4f48", "#1f4f4g", "#1f4f48; }", ""])
def test_what_is_no_colour_is_refused(colour):
    with pytest.raises(ValueError, match=re.escape(repr(colour))):
        luminance(colour)
