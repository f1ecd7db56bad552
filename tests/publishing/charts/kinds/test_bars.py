"""Bars of one group: one scale from zero, every number as text, and a gap where there is none."""

from __future__ import annotations

import pytest

from kuule.publishing.charts.kinds.bars import lay_out_bars, suits_bars
from tests.publishing.charts.plots import EVERYONE, beyond, boxes, plot, texts

TOLD = plot({EVERYONE: {"Yes": 60, "No": 30, "Partly": "few", "Never": None}})


@pytest.mark.parametrize("width", [340, 720])
def test_every_label_and_number_is_text(width):
    said = texts(lay_out_bars(TOLD, width).whole.shapes)
    assert said == ["Yes", "60%", "No", "30%", "Partly", "fewer than 10", "Never", "not shown"]


@pytest.mark.parametrize("width", [340, 720])
def test_bars_have_one_scale_from_zero(width):
    whole = lay_out_bars(TOLD, width).whole
    bars, tracks = boxes(whole.shapes, "series-0"), boxes(whole.shapes, "track")
    assert [round(bar.width / track.width, 3) for bar, track in zip(bars, tracks, strict=True)] == [0.6, 0.3]
    assert {bar.x for bar in bars} == {track.x for track in tracks} == {bars[0].x}


def test_what_is_not_shown_has_neither_bar_nor_track():
    blocks = lay_out_bars(TOLD, 720).blocks
    assert [len(boxes(block.shapes, "series-0")) for block in blocks] == [1, 1, 0, 0]
    assert [len(boxes(block.shapes, "track")) for block in blocks] == [1, 1, 0, 0]


@pytest.mark.parametrize("width", [320, 340, 720, 860])
def test_nothing_reaches_over_the_edge(width):
    whole = lay_out_bars(plot({EVERYONE: {"A very long answer " * 12: 100, "No": "few"}}), width).whole
    assert beyond(whole.shapes, width, whole.height) == []


def test_labels_are_beside_their_bars_where_there_is_room_and_above_them_on_a_phone():
    wide, narrow = (boxes(lay_out_bars(TOLD, width).whole.shapes, "series-0")[0] for width in (720, 340))
    assert (wide.x > 0, wide.y) == (True, 0)
    assert (narrow.x, narrow.y > 0) == (0, True)


def test_bars_suit_one_group_only():
    assert suits_bars(TOLD)
    assert not suits_bars(plot({EVERYONE: {"Yes": 1}, "Young": {"Yes": 2}}))
