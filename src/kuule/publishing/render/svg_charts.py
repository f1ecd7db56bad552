"""A drawing as SVG, made without a browser and without network access. It has no scripts and is always the same to the
byte.

Colours are custom properties of the page (light, dark, print), each with a fallback, so a picture taken out of the
report keeps its colours. Text stays text, in the fonts of the reader, who has fonts for their own script.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from kuule.publishing.charts.text_lines import FONT_SIZE
from kuule.publishing.render.layout import ChartBox, ChartDrawing, ChartLine, lay_out_chart
from kuule.publishing.render.report_looks import NEWEST_LOOK, ReportLook
from kuule.publishing.view.chart_data import ChartAnswer


def svg_chart(
    answers: Sequence[ChartAnswer], *, width: int, rtl: bool, text: str, watermark: str, look: ReportLook = NEWEST_LOOK
) -> str:
    """One SVG to put into a page. `text` is for those who do not see it; a `watermark` is written across it.

    Shares are in whole per cent; `width` is in pixels at full size.
    """
    drawing = lay_out_chart(look.paint_answers(answers), width)
    height, direction = _coord(drawing.height), "rtl" if rtl else "ltr"
    inside = "".join(_inside(drawing, look.paints, rtl=rtl, watermark=watermark))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'direction="{direction}" font-family="{look.fonts}" font-size="{FONT_SIZE}" '
        f'role="img" aria-label="{escape(text)}">'
        f"{inside}</svg>"
    )


def _inside(drawing: ChartDrawing, paints: Mapping[str, str], *, rtl: bool, watermark: str) -> Iterator[str]:
    for box in drawing.boxes:
        yield _box(box, drawing.width, paints, rtl=rtl)
    for line in drawing.lines:
        yield _line(line, drawing.width, paints, rtl=rtl)
    for y in drawing.watermark_heights if watermark else ():
        yield (
            f'<text transform="translate({_coord(drawing.width / 2)},{_coord(y)}) rotate(-10)" text-anchor="middle" '
            f'dy=".35em" font-size="{_coord(drawing.width / 9)}" font-weight="700" opacity="0.13" '
            f'fill="{_paint("practice", paints)}">{escape(watermark)}</text>'
        )


def _box(box: ChartBox, width: int, paints: Mapping[str, str], *, rtl: bool) -> str:
    left = width - box.x - box.width if rtl else box.x
    right = f"h{_coord(box.width)}v{_coord(box.height)}h-{_coord(box.width)}Z"
    return f'<path d="M{_coord(left)},{_coord(box.y)}{right}" fill="{_paint(box.paint, paints)}"/>'


def _line(line: ChartLine, width: int, paints: Mapping[str, str], *, rtl: bool) -> str:
    # The anchor follows the direction of the SVG: "start" is the right edge if it reads from right to left.
    x = width - line.x if rtl else line.x
    weight = ' font-weight="600"' if line.bold else ""
    place = f'x="{_coord(x)}" y="{_coord(line.y)}" dy=".35em"'
    return f'<text {place} fill="{_paint(line.paint, paints)}"{weight}>{escape(line.text)}</text>'


def _paint(name: str, paints: Mapping[str, str]) -> str:
    return f"var(--{name}, {paints[name]})"


def _coord(number: float) -> str:
    """A number with one decimal, or with none if that is zero."""
    return f"{number:.1f}".removesuffix(".0")
