"""A dot plot: a line for each answer, and on it a sign for each of a few groups without an order.

Groups differ in shape as well as in colour, so they are told apart in grey and in every kind of colour vision. Below
each line stands every number beside its sign. A group that is not shown for an answer has no sign on the line, and
below it words in place of the number.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from kuule.publishing.charts.chart_key import Sign, chart_key
from kuule.publishing.charts.label_column import label_column, labelled_row
from kuule.publishing.charts.shapes import Box, ChartLayout, Dot, Drawing, Polygon, Shape, TextLine
from kuule.publishing.charts.text_lines import LINE_HEIGHT, SMALL_SIZE, text_width
from kuule.publishing.view.plotted_figure import PlottedFigure, PlottedGroup, PlottedValue

_MOST_GROUPS = 4
_FEWEST_ANSWERS = 3
_PLOT = 20
_GAP = 12
_RADIUS = 6.5
_SPACE = 5
_BETWEEN = 18
_ENDS = 16
_SPARE = 8
_SIGN = 14


def suits_dots(figure: PlottedFigure) -> bool:
    few = 2 <= len(figure.divided) <= _MOST_GROUPS
    return few and not figure.ordered_groups and len(figure.answers) >= _FEWEST_ANSWERS


def lay_out_dots(figure: PlottedFigure, width: int) -> ChartLayout:
    """A row for each answer, and the key of the groups above."""
    signs = _signs(figure.groups)
    column = label_column(figure.answers, width)
    rows = []
    for number, answer in enumerate(figure.answers):
        values = [group.values[number] for group in figure.groups]
        row = labelled_row(answer, column, width, _line(values, signs, width - column))
        row.height += _GAP
        rows.append(row)
    key = chart_key([(sign, group.label) for sign, group in zip(signs, figure.groups, strict=True)], width)
    return ChartLayout(width, tuple(rows), _with_ends(key, figure.ends, column, width))


def _with_ends(key: Drawing, ends: tuple[str, str], start: float, width: float) -> Drawing:
    """The key, and below it what the two ends of each line are."""
    middle = key.height + _ENDS / 2
    first = TextLine(start, middle, ends[0], "quiet", size=SMALL_SIZE)
    last = TextLine(width - text_width(ends[1], SMALL_SIZE), middle, ends[1], "quiet", size=SMALL_SIZE)
    return Drawing(key.height + _ENDS, [*key.shapes, first, last])


def _line(values: Sequence[PlottedValue], signs: Sequence[Sign], width: float) -> Drawing:
    """One line from 0 to 100 per cent with its signs, and the numbers below."""
    drawing = Drawing(_PLOT)
    start, length, middle = _RADIUS, width - 2 * _RADIUS, _PLOT / 2
    drawing.shapes.append(Box(start, middle - 1, length, 2, "track"))
    drawing.shapes += [Box(start + length * part - 0.5, middle - 5, 1, 10, "line") for part in (0, 0.25, 0.5, 0.75, 1)]
    for value, sign in reversed(list(zip(values, signs, strict=True))):
        if value.share is not None:
            drawing.shapes += sign(start + length * value.share / 100, middle)
    x, y = 0.0, _PLOT + LINE_HEIGHT / 2
    for value, sign in zip(values, signs, strict=True):
        needed = _SIGN + _SPACE + text_width(value.text)
        if x and x + needed + _SPARE > width:
            x, y = 0, y + LINE_HEIGHT
        drawing.shapes += sign(x + _SIGN / 2, y)
        shown = value.share is not None
        drawing.shapes.append(TextLine(x + _SIGN + _SPACE, y, value.text, "value" if shown else "quiet"))
        x += needed + _BETWEEN
    drawing.height = y + LINE_HEIGHT / 2
    return drawing


def _signs(groups: Sequence[PlottedGroup]) -> list[Sign]:
    """The sign of each group: an upright stroke for everyone, and a shape of its own for each other."""
    signs: list[Sign] = []
    shapes = [_circle, _square, _diamond, _triangle]
    number = 0
    for group in groups:
        if group.everyone:
            signs.append(_stroke)
            continue
        signs.append(partial(shapes[number % len(shapes)], paint=f"series-{number}"))
        number += 1
    return signs


def _stroke(x: float, y: float) -> list[Shape]:
    return [Box(x - 2, y - 9, 4, 18, "series-everyone")]


def _circle(x: float, y: float, paint: str) -> list[Shape]:
    return [Dot(x, y, _RADIUS, paint)]


def _square(x: float, y: float, paint: str) -> list[Shape]:
    return [Box(x - 5.5, y - 5.5, 11, 11, paint)]


def _diamond(x: float, y: float, paint: str) -> list[Shape]:
    return [Polygon(((x - 8, y), (x, y - 8), (x + 8, y), (x, y + 8)), paint)]


def _triangle(x: float, y: float, paint: str) -> list[Shape]:
    return [Polygon(((x - 7.5, y + 6), (x, y - 7.5), (x + 7.5, y + 6)), paint)]
