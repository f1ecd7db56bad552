"""Charts: what is drawn is what is shown, in either direction, with nothing that runs or loads."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from kuule.publishing.render.layout import NARROW_WIDTH, WIDE_WIDTH, lay_out_chart
from kuule.publishing.render.report_looks import NEWEST_LOOK
from kuule.publishing.render.svg_charts import svg_chart
from kuule.publishing.view.chart_data import ChartAnswer, ChartBar

SVG = "{http://www.w3.org/2000/svg}"
ANSWERS = (ChartAnswer("Yes", (ChartBar(60, "60 %"),)), ChartAnswer("No", (ChartBar(None, "not shown"),)))


def texts(svg: str) -> list[str]:
    return [node.text or "" for node in ET.fromstring(svg).iter(f"{SVG}text")]


def painted(
    answers: tuple[ChartAnswer, ...] = ANSWERS, *, rtl: bool = False, watermark: str = "", width: int = WIDE_WIDTH
) -> str:
    return svg_chart(answers, width=width, rtl=rtl, text='What "they" <said>', watermark=watermark)


def test_chart_has_every_label_and_value_as_text():
    assert sorted(texts(painted())) == ["60 %", "No", "Yes", "not shown"]


def test_chart_has_one_text_alternative_and_no_other_role():
    root = ET.fromstring(painted())
    assert (root.get("role"), root.get("aria-label")) == ("img", 'What "they" <said>')
    assert [node for node in root.iter() if node is not root and (node.get("role") or node.get("aria-label"))] == []


def test_chart_holds_nothing_that_runs_or_loads_or_is_styled_inline():
    svg = painted(watermark="PRACTICE")
    assert {node.tag.removeprefix(SVG) for node in ET.fromstring(svg).iter()} <= {"svg", "g", "path", "text"}
    assert [word for word in ("style=", "href", "url(", "<script", "onload") if word in svg] == []


@pytest.mark.parametrize(("marked", "count"), [("", 0), ("PRACTICE", 1)])
def test_chart_is_marked_only_where_asked(marked, count):
    assert texts(painted(watermark=marked)).count("PRACTICE") == count


def test_chart_that_is_long_is_marked_again_and_again():
    many = tuple(ChartAnswer(f"Answer {number}", (ChartBar(number, f"{number} %"),)) for number in range(20))
    height = lay_out_chart(many, NARROW_WIDTH).height
    assert texts(painted(many, watermark="PRACTICE", width=NARROW_WIDTH)).count("PRACTICE") == round(height / 210)


def test_chart_from_right_to_left_is_mirrored():
    one = (ChartAnswer("نعم", (ChartBar(60, "60 %"),)),)
    root = ET.fromstring(painted(one, rtl=True, width=NARROW_WIDTH))
    label = next(node for node in root.iter(f"{SVG}text") if node.text == "نعم")
    bar = next(node for node in root.iter(f"{SVG}path") if NEWEST_LOOK.paints["series-0"] in str(node.get("fill")))
    assert root.get("direction") == "rtl"
    assert label.get("x") == str(NARROW_WIDTH)
    track = NARROW_WIDTH - 84
    assert f"M{NARROW_WIDTH - track * 0.6:.1f},22h{track * 0.6:.1f}v18" in str(bar.get("d"))


def test_bars_share_a_scale_that_begins_at_zero():
    drawing = lay_out_chart((ChartAnswer("a", (ChartBar(50, ""),)), ChartAnswer("b", (ChartBar(25, ""),))), WIDE_WIDTH)
    first, second = (box.width for box in drawing.boxes if box.paint == "series-0")
    track = next(box.width for box in drawing.boxes if box.paint == "track")
    assert (first / track, second / track) == (0.5, 0.25)


def test_a_value_that_is_not_shown_has_no_bar():
    assert [
        box.paint for box in lay_out_chart((ChartAnswer("a", (ChartBar(None, "not shown"),)),), WIDE_WIDTH).boxes
    ] == ["track"]
