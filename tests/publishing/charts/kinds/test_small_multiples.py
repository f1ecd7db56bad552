"""Small multiples: one scale in all panels, every number as text, a place for each group that is withheld."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from kuule.publishing.charts.kinds.small_multiples import lay_out_multiples, suits_multiples
from kuule.publishing.charts.shapes import Dot, Shape, TextLine
from tests.publishing.charts.plots import EVERYONE, beyond, boxes, plot, texts

AGES = plot(
    {
        EVERYONE: {"Yes": 50, "No": 40, "Partly": 10},
        "Young": {"Yes": 60, "No": 20, "Partly": "few"},
        "Middle": None,
        "Old": {"Yes": 30, "No": 60, "Partly": None},
    },
    ordered=True,
)


def numbers(shapes: Iterable[Shape]) -> list[TextLine]:
    return [shape for shape in shapes if isinstance(shape, TextLine) and shape.text.endswith("%")]


LANDS = {f"Land {n}": {"Yes": 10 + (n * 7) % 30, "No": 60} for n in range(12)}


@pytest.mark.parametrize("width", [340, 720])
def test_every_label_and_number_is_text(width):
    said = texts(lay_out_multiples(AGES, width).whole.shapes)
    for text in (*AGES.answers, "50%", "40%", "10%", "60%", "20%", "30%", "fewer than 10", "not shown"):
        assert text in said
    assert (said.count("not shown"), said.count("fewer than 10")) == (4, 1)


def test_bars_have_one_scale_in_all_panels():
    whole = lay_out_multiples(AGES, 720).whole
    [yes, no, partly] = [box for box in boxes(whole.shapes, "series-everyone") if box.height == 14]
    assert [round(box.width / yes.width * 50) for box in (yes, no, partly)] == [50, 40, 10]
    assert len({round(track.width, 3) for track in boxes(whole.shapes, "track")}) == 1


def test_a_withheld_number_has_neither_bar_nor_track():
    whole = lay_out_multiples(AGES, 720).whole
    shown = sum(value.share is not None for group in AGES.groups for value in group.values)
    assert len(boxes(whole.shapes, "track")) == shown == 7


def test_groups_that_have_an_order_have_its_colours():
    whole = lay_out_multiples(AGES, 720).whole
    assert [len(boxes(whole.shapes, f"ordered-{AGES.groups[n].step}")) for n in (1, 2, 3)] == [2, 0, 2]


def test_answers_that_are_a_scale_are_the_rows_of_a_panel_for_each_group():
    scale = plot({EVERYONE: {"Never": 50, "Once": 30}, "North": {"Never": 20, "Once": 70}}, scale=True)
    said = texts(lay_out_multiples(scale, 720).whole.shapes)
    assert said == [EVERYONE, "North", "50%", "30%", "20%", "70%", "Never", "Once"]


def test_line_of_everyone_does_not_run_through_what_is_withheld():
    figure = plot({EVERYONE: {"Yes": 50}, "North": {"Yes": None}, "South": {"Yes": 30}, "West": {"Yes": "few"}})
    shapes = lay_out_multiples(figure, 720).whole.shapes
    [south] = [text.y for text in numbers(shapes) if text.text == "30%"]
    [line] = [box for box in boxes(shapes, "series-everyone") if box.width == 1.5]
    assert line.y < south < line.y + line.height


def test_many_groups_are_dots_in_the_order_of_the_first_answer():
    many = plot({EVERYONE: {"Yes": 20, "No": 60}, **LANDS, "Hidden": {"Yes": "few", "No": 70}})
    whole = lay_out_multiples(many, 720).whole
    order = [text for text in texts(whole.shapes) if text.startswith((EVERYONE, "Land", "Hidden"))]
    sizes = {group.label: group.values[0].share for group in many.groups}
    assert order[0] == EVERYONE
    assert order[-1] == "Hidden"
    assert [sizes[name] for name in order[1:-1]] == sorted((sizes[n] for n in LANDS), reverse=True)
    assert len([shape for shape in whole.shapes if isinstance(shape, Dot)]) == 27


def test_line_of_everyone_crosses_no_number():
    whole = lay_out_multiples(AGES, 720).whole
    lines = [box for box in boxes(whole.shapes, "series-everyone") if box.width == 1.5]
    assert lines
    for line in lines:
        near = [s for s in numbers(whole.shapes) if line.y < s.y < line.y + line.height]
        assert [s for s in near if s.x < line.x < s.x + 20] == []


@pytest.mark.parametrize("width", [320, 340, 720, 860])
@pytest.mark.parametrize("share", [0, 7, 100])
def test_nothing_reaches_over_the_edge(width, share):
    answers = {f"An answer of many words {n}": share for n in range(7)}
    figure = plot({EVERYONE: answers, "A group with a very long name indeed, of a region": answers, "Few": None})
    whole = lay_out_multiples(figure, width).whole
    assert beyond(whole.shapes, width, whole.height) == []
    assert max(number.x + len(number.text) * 7 for number in numbers(whole.shapes)) <= width


def test_they_suit_groups():
    assert suits_multiples(AGES)
    assert not suits_multiples(plot({EVERYONE: {"Yes": 1}}))


def test_many_rows_are_blocks_that_fit_a_page_with_the_titles_again():
    answers = {"Yes": 20, "No": 60}
    many = plot({f"Land {n}": answers for n in range(75)}, ordered=True)
    blocks = lay_out_multiples(many, 860).blocks
    assert [texts(block.shapes)[:2] for block in blocks] == [["Yes", "No"]] * 2
    assert max(block.height for block in blocks) <= 1000
    said = [text for block in blocks for text in texts(block.shapes)]
    assert [said.count(group.label) for group in many.groups] == [1] * 75
    assert said.count("20%") == 75


@pytest.mark.parametrize("width", [312, 720])
def test_no_word_of_a_title_or_a_label_is_broken(width):
    """Panels are fewer beside each other where their titles need it, and labels have room for their longest word."""
    answers = dict.fromkeys(("Verantwortung der Erwachsenen", "Gerichtsentscheid", "Nein"), 20)
    figure = plot({EVERYONE: answers, "Keski-Eurooppa ja Kaakkois-Eurooppa": answers, "Mittelosteuropa": answers})
    words = {word for text in texts(lay_out_multiples(figure, width).whole.shapes) for word in text.split()}
    labels = [*answers, *(group.label for group in figure.groups)]
    assert [word for label in labels for word in label.split() if word not in words] == []
