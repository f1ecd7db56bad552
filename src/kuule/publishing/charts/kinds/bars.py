"""Bars: one for each answer, where everyone is counted together or only one group is shown.

All bars begin at zero and have one scale, 0 to 100 per cent; a track behind each shows all of it. An answer that is not
shown has no track: there is a gap, and words say why.
"""

from __future__ import annotations

from kuule.publishing.charts.label_column import label_column, labelled_row
from kuule.publishing.charts.shapes import Box, ChartLayout, Drawing, TextLine
from kuule.publishing.charts.text_lines import LINE_HEIGHT, break_lines, text_width
from kuule.publishing.view.plotted_figure import PlottedFigure, PlottedValue

_BAR = 19
_GAP = 12
_PAD = 8


def suits_bars(figure: PlottedFigure) -> bool:
    return not figure.divided


def lay_out_bars(figure: PlottedFigure, width: int) -> ChartLayout:
    """A row for each answer."""
    column = label_column(figure.answers, width)
    values = figure.groups[0].values
    reserved = max((text_width(value.text) for value in values if value.share is not None), default=0)
    track = width - column - reserved - _PAD
    rows = [
        labelled_row(answer, column, width, _bar(value, track, width - column))
        for answer, value in zip(figure.answers, values, strict=True)
    ]
    for row in rows:
        row.height += _GAP
    return ChartLayout(width, tuple(rows))


def _bar(value: PlottedValue, track: float, width: float) -> Drawing:
    drawing = Drawing(_BAR)
    if value.share is None:
        lines = break_lines(value.text, width)
        drawing.height = len(lines) * LINE_HEIGHT
        drawing.shapes += [TextLine(0, (n + 0.5) * LINE_HEIGHT, line, "quiet") for n, line in enumerate(lines)]
        return drawing
    filled = max(track * value.share / 100, 2)
    drawing.shapes += [
        Box(0, 0, track, _BAR, "track"),
        Box(0, 0, filled, _BAR, "series-0"),
        TextLine(filled + _PAD, _BAR / 2, value.text, "value", bold=True),
    ]
    return drawing
