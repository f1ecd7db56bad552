"""A dot plot: groups differ in shape and not in colour alone, each number is beside its sign, and none is invented."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from kuule.publishing.charts.kinds.dot_plot import lay_out_dots, suits_dots
from kuule.publishing.charts.shapes import Box, Dot, Polygon, Shape
from tests.publishing.charts.plots import EVERYONE, beyond, plot, texts

GROUPS = {
    EVERYONE: {"A parent": 40, "A stranger": 20, "A friend": 10},
    "Women": {"A parent": 45, "A stranger": 15, "A friend": "few"},
    "Men": {"A parent": 30, "A stranger": 25, "A friend": 12},
    "Others": {"A parent": None, "A stranger": 22, "A friend": None},
    "Islanders": None,
}
WHO = plot(GROUPS)


def signs(shapes: Iterable[Shape]) -> set[str]:
    """Each sign by its shape and its paint."""
    made = (f"{type(s).__name__} {len(s.points) if isinstance(s, Polygon) else ''} {s.paint}" for s in shapes)
    return {each for each in made if "series" in each}


@pytest.mark.parametrize("width", [340, 720])
def test_every_label_and_number_is_text(width):
    layout = lay_out_dots(WHO, width)
    assert texts(layout.head.shapes) == [*GROUPS, "0%", "100%"]
    assert [texts(block.shapes) for block in layout.blocks] == [
        ["A parent", "40%", "45%", "30%", "not shown", "not shown"],
        ["A stranger", "20%", "15%", "25%", "22%", "not shown"],
        ["A friend", "10%", "fewer than 10", "12%", "not shown", "not shown"],
    ]


def test_groups_differ_in_shape_too():
    found = signs(lay_out_dots(WHO, 720).head.shapes)
    assert found == {
        "Box  series-everyone", "Dot  series-0", "Box  series-1", "Polygon 4 series-2", "Polygon 3 series-3"
    }  # fmt: skip
    strokes = [s for s in lay_out_dots(WHO, 720).head.shapes if isinstance(s, Box)]
    assert [(box.width, box.height) for box in strokes] == [(4, 18), (11, 11)]


def test_signs_are_where_their_shares_are():
    blocks = lay_out_dots(WHO, 340).blocks
    scale = 340 - 2 * 6.5
    dots = [[s for s in block.shapes if isinstance(s, Dot)] for block in blocks]
    assert [round((each[0].x - 6.5) / scale * 100) for each in dots[:2]] == [45, 15]


def test_what_is_not_shown_has_no_sign_on_the_line():
    blocks = lay_out_dots(WHO, 340).blocks
    assert [len([s for s in block.shapes if isinstance(s, Dot)]) for block in blocks] == [2, 2, 1]


@pytest.mark.parametrize("width", [320, 720])
def test_nothing_reaches_over_the_edge(width):
    one, two = {"a": 100, "b": 0, "c": "few"}, dict.fromkeys("abc", 100)
    whole = lay_out_dots(plot({EVERYONE: {"a": 0, "b": 100, "c": 100}, "One": one, "Two": two}), width).whole
    assert beyond(whole.shapes, width, whole.height) == []


def test_it_suits_a_few_groups_without_an_order():
    assert suits_dots(WHO)
    assert not suits_dots(plot({EVERYONE: GROUPS[EVERYONE]}))
    assert not suits_dots(plot(GROUPS, ordered=True))
    assert not suits_dots(plot({each: {"Yes": 1, "No": 2} for each in (EVERYONE, "One", "Two")}))
    assert not suits_dots(plot({f"Group {n}": GROUPS[EVERYONE] for n in range(5)}))
