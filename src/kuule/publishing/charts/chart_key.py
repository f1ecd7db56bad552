"""The key of a chart: each sign beside what it means, above the chart, in as many lines as it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kuule.publishing.charts.shapes import Drawing, Shape, TextLine, move_shape
from kuule.publishing.charts.text_lines import LINE_HEIGHT, break_lines, text_width

Sign = Callable[[float, float], list[Shape]]
"""Draws a sign around a point."""
SIGN = 16
"""How wide a sign is."""
_SPACE = 5
_BETWEEN = 20
_BELOW = 10
_SPARE = 10


def chart_key(entries: Iterable[tuple[Sign, str]], width: float) -> Drawing:
    """Signs with their words, side by side; one that needs more than a line has lines of its own."""
    key = Drawing(LINE_HEIGHT)
    x = 0.0
    for sign, text in entries:
        lines = break_lines(text, width - SIGN - _SPACE)
        needed = SIGN + _SPACE + max(map(text_width, lines))
        if x and x + needed + _SPARE > width:
            x, key.height = 0, key.height + LINE_HEIGHT
        middle = key.height - LINE_HEIGHT / 2
        key.shapes += [move_shape(shape, x + SIGN / 2, middle) for shape in sign(0, 0)]
        key.shapes += [TextLine(x + SIGN + _SPACE, middle + n * LINE_HEIGHT, line) for n, line in enumerate(lines)]
        key.height += (len(lines) - 1) * LINE_HEIGHT
        x = width if len(lines) > 1 else x + needed + _BETWEEN
    key.height += _BELOW
    return key
