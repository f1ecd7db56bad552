"""Charts for the typesetter: in parts that fit a page, each with its key, and nothing lost between them."""

from __future__ import annotations

import json

from kuule.publishing.charts.chart_kinds import lay_out_figure
from kuule.publishing.charts.chart_typst import chart_parts, drawing_data
from tests.publishing.charts.plots import EVERYONE, plot, texts

MANY = {f"Answer {number}": number for number in range(40)}
FIGURE = plot({EVERYONE: MANY, "One": MANY, "Two": MANY})


def test_parts_fit_their_pages_and_have_all_rows_once():
    layout = lay_out_figure(FIGURE, 860)
    parts = list(chart_parts(layout, 500, 700))
    assert [part.height <= most for part, most in zip(parts, (500, *[700] * 9), strict=False)] == [True] * len(parts)
    said = [text for part in parts for text in texts(part.shapes)]
    assert [said.count(answer) for answer in MANY] == [1] * len(MANY)
    assert said.count("Two") == len(parts) > 2


def test_chart_that_fits_is_one_part():
    layout = lay_out_figure(plot({EVERYONE: {"Yes": 1}}), 860)
    assert list(chart_parts(layout, 500, 700)) == [layout.whole]


def test_row_that_fits_no_page_is_a_part_of_its_own():
    layout = lay_out_figure(plot({EVERYONE: {"Yes": 1, "No": 2}}), 860)
    assert len(list(chart_parts(layout, 5, 5))) == 2


def test_drawing_is_plain_data_with_every_text():
    drawing = lay_out_figure(FIGURE, 860).whole
    data = json.loads(json.dumps(drawing_data(drawing, 860)))
    assert [each["text"] for each in data["shapes"] if each["kind"] == "text"] == texts(drawing.shapes)
    assert {each["kind"] for each in data["shapes"]} == {"box", "dot", "text"}
