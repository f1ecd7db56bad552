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
from kuule.languages.cldr.tags import find_language
from kuule.publishing.charts.chart_kinds import lay_out_figure
from kuule.publishing.charts.figure_picture import FigurePicture
from kuule.publishing.charts.shapes import Box, Dot, Drawing, Polygon, Shape, TextLine, watermark_heights
from kuule.publishing.charts.text_lines import FONT_SIZE
from kuule.publishing.view.plotted_figure import PlottedFigure

PLOT_WIDTHS = (720, 312)
"""The widths of a chart on a page: that of a screen, and that of a phone."""
_COPIES_NOT = "<style>.watermark{-webkit-user-select:none;user-select:none}</style>"
"""Whoever copies the words of a picture does not copy the mark across it. Pages have the same rule."""
SVG_FONTS = "system-ui,'Segoe UI',Roboto,'Helvetica Neue','Noto Sans','Noto Sans Arabic',sans-serif"


def plot_svg(figure: PlottedFigure, *, width: int, rtl: bool, watermark: str) -> str:
    """The chart of a figure, to put into a page, with its numbers in words for those who do not see it. A `watermark`
    is written across it. `width` is in pixels at full size."""
    drawing = lay_out_figure(figure, width).whole
    return drawing_svg(drawing, width, rtl=rtl, text=figure.spoken, watermark=watermark)


def drawing_svg(drawing: Drawing, width: int, *, rtl: bool, text: str, watermark: str = "") -> str:
    """One SVG to put into a page, with a text alternative."""
    painter = _Painter(width, rtl, {name: f"var(--{name},{colour})" for name, colour in REPORT_CHART.items()})
    inside = painter.paint_all(drawing, watermark)
    return f'{_root(drawing, width, rtl=rtl)} role="img" aria-label="{escape(text)}">{inside}</svg>'


def figure_svg(picture: FigurePicture) -> str:
    """A picture as a file of its own, with its own colours, its title and its text alternative."""
    rtl = find_language(picture.tag).rtl
    inside = _Painter(picture.width, rtl, picture.paints).paint_all(picture.drawing, picture.watermark)
    title, text = escape(picture.title, quote=False), escape(picture.alternative, quote=False)
    return (
        f'{_root(picture.drawing, picture.width, rtl=rtl)} xml:lang="{picture.tag}" role="img" '
        f'aria-labelledby="title" aria-describedby="text">'
        f'<title id="title">{title}</title><desc id="text">{text}</desc>{_COPIES_NOT if picture.watermark else ""}'
        f"{inside}</svg>\n"
    )


def _root(drawing: Drawing, width: int, *, rtl: bool) -> str:
    height, direction = _coord(drawing.height), "rtl" if rtl else "ltr"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'direction="{direction}" font-family="{SVG_FONTS}" font-size="{FONT_SIZE}"'
    )


class _Painter:
    """Paints shapes of one drawing in some colours. Neighbours of one colour share an element, which names it once."""

    def __init__(self, width: float, rtl: bool, paints: Mapping[str, str]) -> None:
        self.width, self.rtl, self.paints = width, rtl, paints

    def paint_all(self, drawing: Drawing, watermark: str) -> str:
        """All that is inside the SVG."""
        marks = watermark_heights(drawing.height) if watermark else ()
        return "".join([*self._shapes(drawing.shapes), *(self._mark(y, watermark) for y in marks)])

    def _shapes(self, shapes: Iterable[Shape]) -> Iterator[str]:
        for (paint, text), group in groupby(shapes, key=lambda shape: (shape.paint, isinstance(shape, TextLine))):
            found = list(group)
            if text:
                lines = "".join(self._text(shape) for shape in found if isinstance(shape, TextLine))
                yield f'<g fill="{self.paints[paint]}">{lines}</g>'
                continue
            outline = "".join(map(self._outline, found))
            yield f'<path fill="{self.paints[paint]}" d="{outline}"/>'

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

    def _mark(self, y: float, watermark: str) -> str:
        return (
            f'<text class="watermark" transform="translate({_coord(self.width / 2)},{_coord(y)}) rotate(-10)" '
            f'text-anchor="middle" dy=".35em" font-size="{_coord(self.width / 9)}" font-weight="700" opacity="0.13" '
            f'fill="{self.paints["practice"]}">{escape(watermark, quote=False)}</text>'
        )


def _coord(number: float) -> str:
    """A number with one decimal, or with none if that is zero."""
    return f"{number:.1f}".removesuffix(".0")
