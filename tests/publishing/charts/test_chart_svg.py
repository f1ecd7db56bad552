"""A drawing as SVG: what is drawn is what is shown, in either direction, with nothing that runs or loads."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from kuule.core.palette import REPORT_CHART
from kuule.publishing.charts.chart_kinds import lay_out_figure
from kuule.publishing.charts.chart_svg import drawing_svg, plot_svg
from kuule.publishing.charts.shapes import watermark_heights
from tests.publishing.charts.plots import EVERYONE, SVG, plot, svg_texts, texts

SCALE = {"Worse": 10, "The same": "few", "Better": 60}
FIGURES = {
    "bars": plot({EVERYONE: {"Yes": 60, "No, <never>": None}}),
    "dots": plot({EVERYONE: SCALE, "One": SCALE, "Two": SCALE, "Three": None}),
    "multiples": plot({EVERYONE: SCALE, "Young": SCALE, "Old": None}, ordered=True),
    "diverging": plot({EVERYONE: SCALE}, scale=True, asked="diverging"),
}


def painted(kind: str, *, width: int = 720, rtl: bool = False, watermark: str = "") -> str:
    return plot_svg(FIGURES[kind], width=width, rtl=rtl, watermark=watermark)


@pytest.mark.parametrize("kind", FIGURES)
def test_every_text_of_the_layout_is_text_in_the_picture(kind):
    assert sorted(svg_texts(painted(kind))) == sorted(texts(lay_out_figure(FIGURES[kind], 720).whole.shapes))


@pytest.mark.parametrize("kind", FIGURES)
def test_picture_has_one_text_alternative_and_no_other_role(kind):
    root = ET.fromstring(painted(kind))
    assert (root.get("role"), root.get("aria-label")) == ("img", "all of it in words")
    assert [node for node in root.iter() if node is not root and (node.get("role") or node.get("aria-label"))] == []


@pytest.mark.parametrize("kind", FIGURES)
def test_picture_holds_nothing_that_runs_or_loads_or_is_styled_inline(kind):
    svg = painted(kind, watermark="PRACTICE")
    assert {node.tag.removeprefix(SVG) for node in ET.fromstring(svg).iter()} <= {"svg", "g", "path", "text"}
    assert [word for word in ("style=", "href", "url(", "<script", "onload") if word in svg] == []


@pytest.mark.parametrize("kind", FIGURES)
def test_every_colour_is_one_of_the_palette_with_its_own_fallback(kind):
    used = re.findall(r'fill="(.*?)"', painted(kind, watermark="PRACTICE"))
    assert [f"var(--{name},{REPORT_CHART[name]})" for name in re.findall(r"--([a-z0-9-]+)", " ".join(used))] == used


@pytest.mark.parametrize("kind", FIGURES)
def test_picture_from_right_to_left_is_the_mirror(kind):
    left, right = painted(kind), painted(kind, rtl=True)
    assert svg_texts(left) == svg_texts(right)
    places = [[float(node.get("x", 0)) for node in ET.fromstring(svg).iter(f"{SVG}text")] for svg in (left, right)]
    assert [720 - x for x in places[0]] == pytest.approx(places[1], abs=0.2)
    assert ET.fromstring(right).get("direction") == "rtl"


def test_bar_from_right_to_left_begins_on_the_right():
    [svg] = [plot_svg(plot({EVERYONE: {"نعم": 50}}), width=340, rtl=True, watermark="")]
    bar = re.search(r'series-0.*?d="M([\d.]+),([\d.]+)h([\d.]+)', svg)
    assert bar is not None
    assert float(bar[1]) + float(bar[3]) == 340


@pytest.mark.parametrize(("marked", "count"), [("", 0), ("PRACTICE", 1)])
def test_picture_is_marked_only_where_asked(marked, count):
    assert svg_texts(painted("bars", watermark=marked)).count("PRACTICE") == count


def test_picture_that_is_long_is_marked_again_and_again():
    many = plot({EVERYONE: {f"Answer {number}": number for number in range(30)}})
    drawing = lay_out_figure(many, 340).whole
    svg = drawing_svg(drawing, 340, rtl=False, text="", watermark="PRACTICE")
    assert svg_texts(svg).count("PRACTICE") == len(watermark_heights(drawing.height)) == round(drawing.height / 210)
