"""A drawing as SVG, made without a browser and without network access. It has no scripts and is always the same to the
byte.

Colours are custom properties of the page (light, dark, print), each with a fallback, so a picture taken out of the
page keeps its colours. Text stays text, in the fonts of the reader, who has fonts for their own script.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from itertools import groupby

from kuule.core.palette import REPORT_CHART
from kuule.publishing.charts.chart_kinds import lay_out_figure
from kuule.publishing.charts.shapes import Box, Dot, Drawing, Polygon, Shape, TextLine, watermark_heights
from kuule.publishing.charts.text_lines import FONT_SIZE
from kuule.publishing.view.plotted_figure import PlottedFigure

SVG_FONTS = "system-ui,'Segoe UI',Roboto,'Helvetica Neue','Noto Sans','Noto Sans Arabic',sans-serif"


def plot_svg(figure: PlottedFigure, *, width: int, rtl: bool, watermark: str) -> str:
    """The chart of a figure, to put into a page, with its numbers in words for those who do not see it. A `watermark`
    is written across it. `width` is in pixels at full size."""
    drawing = lay_out_figure(figure, width).whole
    return drawing_svg(drawing, width, rtl=rtl, text=figure.spoken, watermark=watermark)


def drawing_svg(
    drawing: Drawing,
    width: int,
    *,
    rtl: bool,
    text: str,
    watermark: str = "",
    paints: Mapping[str, str] = REPORT_CHART,
    own: bool = False,
) -> str:
    """One SVG with a text alternative. With `own`, it is a file of its own: it names the text again as its title and
    has the colours of `paints`, whatever stands around it."""
    height, direction = _coord(drawing.height), "rtl" if rtl else "ltr"
    painter = _Painter(width, rtl, paints, own)
    inside = "".join(painter.shapes(drawing.shapes)) + "".join(_marks(drawing.height, width, watermark, painter))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'direction="{direction}" font-family="{SVG_FONTS}" font-size="{FONT_SIZE}" '
        f'role="img" aria-label="{escape(text)}">{inside}</svg>'
    )


class _Painter:
    """Paints shapes of one drawing. Neighbours of one colour share a group, which names the colour once."""

    def __init__(self, width: float, rtl: bool, paints: Mapping[str, str], own: bool) -> None:
        self.width, self.rtl, self.paints, self.own = width, rtl, paints, own

    def colour(self, name: str) -> str:
        return self.paints[name] if self.own else f"var(--{name},{self.paints[name]})"

    def shapes(self, shapes: Iterable[Shape]) -> Iterator[str]:
        for (paint, text), group in groupby(shapes, key=lambda shape: (shape.paint, isinstance(shape, TextLine))):
            found = list(group)
            if text:
                lines = "".join(self._text(shape) for shape in found if isinstance(shape, TextLine))
                yield f'<g fill="{self.colour(paint)}">{lines}</g>'
                continue
            outline = "".join(map(self._outline, found))
            yield f'<path fill="{self.colour(paint)}" d="{outline}"/>'

    def _x(self, x: float) -> float:
        return self.width - x if self.rtl else x

    def _outline(self, shape: Shape) -> str:
        if isinstance(shape, Box):
            left = self._x(shape.x + shape.width) if self.rtl else shape.x
            width, height = _coord(shape.width), _coord(shape.height)
            return f"M{_coord(left)},{_coord(shape.y)}h{width}v{height}h-{width}z"
        if isinstance(shape, Dot):
            radius, across = _coord(shape.radius), _coord(2 * shape.radius)
            half = f"a{radius},{radius} 0 1 0 "
            start = _coord(self._x(shape.x) - shape.radius)
            return f"M{start},{_coord(shape.y)}{half}{across},0{half}-{across},0z"
        if isinstance(shape, Polygon):
            return "M" + "L".join(f"{_coord(self._x(x))},{_coord(y)}" for x, y in shape.points) + "z"
        raise TypeError("a text has no outline")

    def _text(self, line: TextLine) -> str:
        # The anchor follows the direction of the SVG: "start" is the right edge if it reads from right to left.
        weight = ' font-weight="600"' if line.bold else ""
        size = "" if line.size == FONT_SIZE else f' font-size="{_coord(line.size)}"'
        anchor = ' text-anchor="middle"' if line.centred else ""
        place = f'x="{_coord(self._x(line.x))}" y="{_coord(line.y)}" dy=".35em"'
        return f"<text {place}{weight}{size}{anchor}>{escape(line.text, quote=False)}</text>"


def _marks(height: float, width: float, watermark: str, painter: _Painter) -> Iterator[str]:
    for y in watermark_heights(height) if watermark else ():
        yield (
            f'<text transform="translate({_coord(width / 2)},{_coord(y)}) rotate(-10)" text-anchor="middle" '
            f'dy=".35em" font-size="{_coord(width / 9)}" font-weight="700" opacity="0.13" '
            f'fill="{painter.colour("practice")}">{escape(watermark)}</text>'
        )


def _coord(number: float) -> str:
    """A number with one decimal, or with none if that is zero."""
    return f"{number:.1f}".removesuffix(".0")
