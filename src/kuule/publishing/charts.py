"""A drawing to SVG through Altair and vl-convert: no browser, no network, no script in what comes out.

Colours are custom properties of the page (light, dark, print) with a fallback each, so a picture taken out of the
report keeps its colours. Text is text, in the reader's own fonts, which have their script.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from html import escape

import altair as alt
import vl_convert

from kuule.publishing.layout import FONT, Answer, Box, Drawing, Line, draw

FONTS = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'Noto Sans Arabic', sans-serif"
PAINTS = {
    "text": "#1d2327",
    "value": "#1d2328",
    "quiet": "#5d666d",
    "track": "#e9edef",
    "practice": "#8a5a00",
    # Told apart in every kind of colour vision, and by lightness; everyone is grey.
    "series-0": "#1f6f8b",
    "series-1": "#c4661f",
    "series-2": "#5a4fa0",
    "series-3": "#7d8f1f",
    "series-4": "#a83d6e",
    "series-5": "#2f8f6b",
    "series-6": "#8a5a2b",
    "series-everyone": "#6b757c",
}
SERIES = 7
_VEGA_LITE = "6.1"
_NOT_NEEDED = re.compile(r' (?:role|aria-[a-z]+|class|font-family)="[^"]*"| text-anchor="start"| font-weight="400"')
_SIZE = f' font-size="{FONT}px"'
_FRACTION = re.compile(r"\d+\.\d{2,}")
_BLANK = re.compile(r'<path[^>]*(?:d=""|display="none")[^>]*/>|<path [^>]*d="M0,0h[0-9.]+v[0-9.]+h-[0-9.]+Z"/>(?=<g>)')
_OPENING = re.compile(r"<svg [^>]*>")


def chart(answers: Sequence[Answer], *, width: int, rtl: bool, text: str, watermark: str) -> str:
    """One SVG, to stand in a page. `text` is for those who do not see it; a `watermark` is written across it.

    Shares are whole per cent; `width` is in pixels at full size.
    """
    drawing = draw(answers, width)
    svg = vl_convert.vegalite_to_svg(_picture(drawing, rtl, watermark), vl_version=_VEGA_LITE, allowed_base_urls=[])
    return _for_a_page(svg, drawing, rtl, text)


def _picture(drawing: Drawing, rtl: bool, watermark: str) -> dict[str, object]:
    width = drawing.width
    lines = {bold: [_line(line, width, rtl) for line in drawing.lines if line.bold is bold] for bold in (False, True)}
    marks = [{"x": width / 2, "y": y, "text": watermark, "paint": PAINTS["practice"]} for y in drawing.marks]
    datasets = {
        "boxes": [_box(box, width, rtl) for box in drawing.boxes],
        "plain": lines[False],
        "bold": lines[True],
        "marks": marks if watermark else [],
    }
    return {**_empty_picture(), "width": width, "height": drawing.height, "datasets": datasets}


@cache
def _empty_picture() -> dict[str, object]:
    """The picture of every chart without its data and its size: made and checked by Altair once, not once a chart."""
    layers = [_chart("boxes").mark_rect().encode(**_place(), x2="x2:Q", y2="y2:Q", color=_paint())]
    for name in ("plain", "bold"):
        mark = _chart(name).mark_text(
            align="left", baseline="middle", fontSize=FONT, fontWeight=600 if name == "bold" else 400, limit=0
        )
        layers.append(mark.encode(**_place(), text="text:N", color=_paint()))
    size = alt.ExprRef("width / 9")
    mark = _chart("marks").mark_text(
        align="center", baseline="middle", fontSize=size, fontWeight=700, angle=350, opacity=0.13, limit=0
    )
    layers.append(mark.encode(**_place(), text="text:N", color=_paint()))
    whole = alt.layer(*layers).properties(padding=0, autosize=alt.AutoSizeParams(type="none"))
    plain: dict[str, object] = whole.configure(background="transparent").configure_view(stroke=None).to_dict()
    return plain


def _chart(name: str) -> alt.Chart:
    return alt.Chart(alt.NamedData(name=name))


def _place() -> dict[str, object]:
    x = alt.Scale(domain=[0, alt.ExprRef("width")], nice=False, zero=False)
    y = alt.Scale(domain=[alt.ExprRef("height"), 0], nice=False, zero=False)
    return {"x": alt.X("x:Q", scale=x, axis=None), "y": alt.Y("y:Q", scale=y, axis=None)}


def _paint() -> alt.Color:
    return alt.Color("paint:N", scale=None, legend=None)


def _box(box: Box, width: int, rtl: bool) -> dict[str, object]:
    left, right = box.x, box.x + box.width
    if rtl:
        left, right = width - right, width - left
    return {"x": left, "x2": right, "y": box.y, "y2": box.y + box.height, "paint": PAINTS[box.paint]}


def _line(line: Line, width: int, rtl: bool) -> dict[str, object]:
    # The anchor turns with the direction of the SVG: "start" is the right edge where it reads from the right.
    return {"x": width - line.x if rtl else line.x, "y": line.y, "text": line.text, "paint": PAINTS[line.paint]}


def _for_a_page(svg: str, drawing: Drawing, rtl: bool, text: str) -> str:
    """The SVG with one description in place of a role for every stroke, colours of the page, and its direction."""
    inside = _BLANK.sub("", _NOT_NEEDED.sub("", _OPENING.sub("", svg, count=1)))
    inside = inside.replace(_SIZE, "")
    inside = _FRACTION.sub(lambda found: f"{float(found[0]):.1f}", inside)
    for name, colour in PAINTS.items():
        inside = inside.replace(f'"{colour}"', f'"var(--{name}, {colour})"')
    height = round(drawing.height, 1)
    direction = "rtl" if rtl else "ltr"
    fonts = f'font-family="{FONTS}" font-size="{FONT}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawing.width} {height}" width="{drawing.width}" '
        f'height="{height}" direction="{direction}" {fonts} role="img" aria-label="{escape(text)}">{inside}'
    )
