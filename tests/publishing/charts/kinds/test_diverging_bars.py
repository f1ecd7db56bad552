"""Diverging bars: what is shown has its length, and what is not shown has none that could be read as a number."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kuule.publishing.charts.kinds.diverging_bars import diverging_steps, lay_out_diverging, suits_diverging
from kuule.publishing.charts.shapes import Polygon, TextLine
from tests.publishing.charts.plots import EVERYONE, beyond, boxes, plot, texts

SCALE = ("Much worse", "Worse", "The same", "Better", "Much better")


def felt(*shares: int | str | None) -> dict[str, int | str | None]:
    return dict(zip(SCALE, shares, strict=True))


FELT = plot(
    {
        EVERYONE: felt(10, 20, 30, 25, 15),
        "Young": felt("few", 20, 30, 25, 15),
        "Middle": None,
        "Old": felt(5, 25, 40, 20, 10),
    },
    scale=True,
    asked="diverging",
)


def test_steps_are_as_far_from_the_middle_as_answers():
    assert [diverging_steps(n) for n in (3, 4, 5, 6, 7)] == [
        (0, 3, 6), (0, 2, 4, 6), (0, 2, 3, 4, 6), (0, 1, 2, 4, 5, 6), (0, 1, 2, 3, 4, 5, 6)
    ]  # fmt: skip


@pytest.mark.parametrize("width", [340, 720])
def test_every_label_and_number_is_text(width):
    layout = lay_out_diverging(FELT, width)
    assert texts(layout.head.shapes) == [*SCALE, "not shown"]
    assert [texts(block.shapes) for block in layout.blocks] == [
        [EVERYONE, "10%", "20%", "30%", "25%", "15%"],
        ["Young", "20%", "30%", "25%", "15%", "not shown: Much worse"],
        ["Middle", "not shown"],
        ["Old", "5%", "25%", "40%", "20%", "10%"],
    ]


def test_lengths_are_shares_on_one_scale_and_the_middle_is_on_both_sides_of_one_line():
    everyone, _, _, old = lay_out_diverging(FELT, 340).blocks
    seam = 2
    parts = [box for each in (everyone, old) for n in (0, 2, 3, 4, 6) for box in boxes(each.shapes, f"diverging-{n}")]
    lengths = [part.width + seam for part in parts]
    percent = lengths[0] / 10
    assert [round(length / percent) for length in lengths] == [10, 20, 30, 25, 15, 5, 25, 40, 20, 10]
    for block in (everyone, old):
        [middle], [line] = boxes(block.shapes, "diverging-3"), boxes(block.shapes, "text")
        assert middle.x + middle.width / 2 == pytest.approx(line.x + line.width / 2)
    assert boxes(everyone.shapes, "text")[0].x == boxes(old.shapes, "text")[0].x


def test_what_is_not_shown_has_stripes_of_one_width_whatever_it_is():
    def stripes(share: int | str | None) -> list[Polygon]:
        figure = plot({EVERYONE: felt(10, 20, 30, 25, 15), "Young": felt(share, 20, 30, 25, 15)}, scale=True)
        return [s for s in lay_out_diverging(figure, 340).blocks[1].shapes if isinstance(s, Polygon)]

    assert stripes("few") == stripes(None)
    assert len(stripes(None)) > 0
    assert stripes(10) == []


def test_numbers_of_narrow_parts_do_not_touch():
    narrow = plot({EVERYONE: felt(1, 2, 94, 2, 1)}, scale=True)
    numbers = [s for s in lay_out_diverging(narrow, 340).blocks[0].shapes if isinstance(s, TextLine)]
    assert [n.text for n in numbers] == ["1%", "2%", "94%", "2%", "1%"]
    assert all(b.x - a.x >= 15 for a, b in pairwise(numbers))


@pytest.mark.parametrize("width", [320, 340, 720, 860])
@pytest.mark.parametrize(
    "shares", [(100, 0, 0, 0, 0), (0, 0, 0, 0, 100), (None, "few", 30, None, "few"), (1, 1, 96, 1, 1)]
)
def test_nothing_reaches_over_the_edge(width, shares):
    figure = plot({EVERYONE: felt(10, 20, 30, 25, 15), "Young": felt(*shares)}, scale=True)
    whole = lay_out_diverging(figure, width).whole
    assert beyond(whole.shapes, width, whole.height) == []


def test_it_suits_scales_only():
    assert suits_diverging(FELT)
    assert not suits_diverging(plot({EVERYONE: felt(10, 20, 30, 25, 15)}))
    assert not suits_diverging(plot({EVERYONE: {"Yes": 1, "No": 2}}, scale=True))
    assert not suits_diverging(plot({EVERYONE: {str(n): n for n in range(8)}}, scale=True))
