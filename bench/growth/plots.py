"""The plots of docs/explanation/speed.md, as SVG: both axes are logarithmic, so that a straight line that rises by one
decade for each is a cost that grows as fast as what causes it.

Lines differ by colour and by the shape of their points. A picture has a ground of its own, light or dark as its reader
has it, because nobody knows what it stands on.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bench.growth.figures import Point
from bench.yardstick import short
from kuule.core.palette import DARK, LIGHT, REPORT_CHART_DARK
from kuule.publishing.charts.chart_svg import drawing_svg
from kuule.publishing.charts.shapes import Box, Dot, Drawing, Polygon, Shape, TextLine
from kuule.publishing.charts.text_lines import LINE_HEIGHT, SMALL_SIZE, text_width

WIDTH = 560
_HEIGHT = 240
_MARGIN, _RIGHT, _GAP = 16, 40, 8
_STROKE, _MARK = 2.2, 4.5
_NARROW = 1.3
"""Below so many decades, the axis has marks at 2 and 5 as well."""
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Plot:
    """Lines over the same sizes, with the same yardstick. `across` says what the sizes count, `up` what one unit is."""

    name: str
    title: str
    across: str
    up: str
    lines: Sequence[tuple[str, Sequence[Point]]]


class _Axis:
    """Places on a logarithmic axis between two pixels."""

    def __init__(self, least: float, most: float, start: float, end: float) -> None:
        self._least, self._decades = least, math.log10(most / least) or 1.0
        self._start, self._length = start, end - start

    def at(self, value: float) -> float:
        """The pixel of a value."""
        return self._start + math.log10(value / self._least) / self._decades * self._length


def plot_svg(plot: Plot) -> str:
    """A plot as a file. Its numbers are in the table below it, of which its text alternative says the ends."""
    drawing = _laid_out(plot)
    text = f"{plot.title}, {plot.up}, by {plot.across}; both axes are logarithmic, and the table below has the numbers"
    root, _, inside = drawing_svg(drawing, WIDTH, rtl=False, text=text).partition(">")
    paints = "".join(f"--{name}:{colour};" for name, colour in REPORT_CHART_DARK.items() if f"--{name}," in inside)
    dark = f"@media (prefers-color-scheme:dark){{svg{{--sheet:{DARK['sheet']};{paints}}}}}"
    ground = f'<rect width="100%" height="100%" rx="6" fill="var(--sheet,{LIGHT["sheet"]})"/>'
    return f"{root}><style>{dark}</style>{ground}{inside}\n"


def _laid_out(plot: Plot) -> Drawing:
    drawing = Drawing(height=_MARGIN)
    drawing.shapes.append(TextLine(_MARGIN, drawing.height + LINE_HEIGHT / 2, plot.title, bold=True))
    drawing.height += LINE_HEIGHT
    drawing.shapes.append(TextLine(_MARGIN, drawing.height + LINE_HEIGHT / 2, plot.up, "quiet", size=SMALL_SIZE))
    drawing.height += LINE_HEIGHT + _GAP
    for number, (name, _) in enumerate(plot.lines):
        middle = drawing.height + LINE_HEIGHT / 2
        drawing.shapes.append(_mark(number, _MARGIN + _MARK, middle))
        drawing.shapes.append(TextLine(_MARGIN + 3 * _MARK, middle, name, size=SMALL_SIZE))
        drawing.height += LINE_HEIGHT
    drawing.height += LINE_HEIGHT
    drawing.shapes += _field(plot, drawing.height)
    drawing.height += _HEIGHT + 2 * LINE_HEIGHT + 2 * _GAP
    middle = drawing.height - LINE_HEIGHT / 2
    drawing.shapes.append(TextLine(WIDTH / 2, middle, plot.across, "quiet", centred=True, size=SMALL_SIZE))
    drawing.height += _MARGIN
    return drawing


def _field(plot: Plot, top: float) -> Iterator[Shape]:
    """The grid with its numbers, then the lines, then their points."""
    points = [point for _, line in plot.lines for point in line]
    sizes = sorted({point.size for point in points})
    marks = axis_marks([point.multiple for point in points])
    words = [short(mark) for mark in marks]
    left = _MARGIN + max(text_width(word, SMALL_SIZE) for word in words) + _GAP
    bottom, right = top + _HEIGHT, WIDTH - _RIGHT
    across, up = _Axis(sizes[0], sizes[-1], left + _GAP, right), _Axis(marks[0], marks[-1], bottom, top)
    for mark, word in zip(marks, words, strict=True):
        yield Box(left, up.at(mark) - 0.5, right + _GAP - left, 1, "track")
        start = left - _GAP - text_width(word, SMALL_SIZE) * 0.9
        yield TextLine(start, up.at(mark), word, "quiet", size=SMALL_SIZE)
    for size in sizes:
        yield Box(across.at(size) - 0.5, bottom, 1, 5, "line")
        yield TextLine(across.at(size), bottom + LINE_HEIGHT, _size(size), "quiet", centred=True, size=SMALL_SIZE)
    yield Box(left, bottom - 0.5, right + _GAP - left, 1, "line")
    places = [[(across.at(point.size), up.at(point.multiple)) for point in line] for _, line in plot.lines]
    for number, line in enumerate(places):
        yield from (_stroke(*pair, f"series-{number}") for pair in pairwise(line))
    for number, line in enumerate(places):  # apart from their own strokes, with which they would be one path with holes
        yield from (_mark(number, x, y) for x, y in line)


def axis_marks(values: Iterable[float]) -> list[float]:
    """The numbers on an axis that holds all values: powers of ten, and where they would be few, twice and five times
    those."""
    values = [*values]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    steps = (1, 2, 5) if math.log10(max(values) / min(values)) < _NARROW else (1,)
    marks = [step * 10.0**decade for decade in range(low, high + 1) for step in steps]
    inside = [mark for mark in marks if min(values) < mark < max(values)]
    below = max(mark for mark in marks if mark <= min(values))
    above = min((mark for mark in marks if mark >= max(values)), default=marks[-1])
    return [below, *(mark for mark in inside if mark not in (below, above)), *([above] if above > below else [])]


def _size(size: int) -> str:
    return f"{size:,}" if size < _MILLION else f"{size / _MILLION:g} million"


def _stroke(start: tuple[float, float], end: tuple[float, float], paint: str) -> Polygon:
    (left, y1), (right, y2) = start, end
    length = math.hypot(right - left, y2 - y1)
    dx, dy = (y2 - y1) / length * _STROKE / 2, (left - right) / length * _STROKE / 2
    corners = ((left + dx, y1 + dy), (right + dx, y2 + dy), (right - dx, y2 - dy), (left - dx, y1 - dy))
    return Polygon(corners, paint)


def _mark(number: int, x: float, y: float) -> Shape:
    """The point of a line: a disc, a square, a triangle, a diamond."""
    paint, r = f"series-{number}", _MARK
    if number == 0:
        return Dot(x, y, r, paint)
    shapes = (
        ((x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)),
        ((x, y - 1.2 * r), (x + 1.2 * r, y + r), (x - 1.2 * r, y + r)),
        ((x, y - 1.4 * r), (x + 1.4 * r, y), (x, y + 1.4 * r), (x - 1.4 * r, y)),
    )
    return Polygon(shapes[number - 1], paint)
