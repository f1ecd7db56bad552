"""Diverging bars: the answers of a scale side by side, the first of them to one side of an upright line and the last to
the other; one in the middle is on both sides.

An author asks for it, since only they know which scales have two ends. An answer that is not shown has stripes of one
width, whatever its share is, and words below say which it is: no length there can be read as a number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from kuule.core.palette import DIVERGING_STEPS
from kuule.publishing.charts.chart_key import Sign, chart_key
from kuule.publishing.charts.label_column import label_column, labelled_row
from kuule.publishing.charts.shapes import Box, ChartLayout, Drawing, Shape, TextLine, hatch_box
from kuule.publishing.charts.text_lines import SMALL_SIZE, text_width
from kuule.publishing.view.plotted_figure import PlottedFigure, PlottedGroup, PlottedValue

_FEWEST_ANSWERS = 3
_BAR = 22
_GAP = 12
_NUMBERS = 18
_SEAM = 2
_STUB = 18
"""The width of an answer that is not shown."""
_BETWEEN = 6


def suits_diverging(figure: PlottedFigure) -> bool:
    return figure.ordered_answers and _FEWEST_ANSWERS <= len(figure.answers) <= DIVERGING_STEPS


def lay_out_diverging(figure: PlottedFigure, width: int) -> ChartLayout:
    """A row for each group, and the key of the answers above."""
    steps = diverging_steps(len(figure.answers))
    column = label_column([group.label for group in figure.groups], width) if figure.divided else 0
    scale = _Scale.fit_groups(figure.groups, steps, width - column)
    rows = []
    for group, missing in zip(figure.groups, figure.missing, strict=True):
        content = _row(group, steps, scale, missing, width - column)
        label = group.label if figure.divided else ""
        row = labelled_row(label, column, width, content, bold=group.everyone) if label else content
        row.height += _GAP
        rows.append(row)
    signs: list[tuple[Sign, str]] = [
        (partial(_swatch, paint=f"diverging-{step}"), answer)
        for step, answer in zip(steps, figure.answers, strict=True)
    ]
    if any(value.share is None for group in figure.groups for value in group.values if group.base is not None):
        signs.append((_striped, figure.not_shown))
    return ChartLayout(width, tuple(rows), chart_key(signs, width))


def diverging_steps(answers: int) -> tuple[int, ...]:
    """The colour of each answer of a scale: as far from the middle as it is in the scale."""
    half = answers // 2
    middle = DIVERGING_STEPS // 2
    less = [middle * (half - n) // half for n in range(half)]
    return (*(middle - step for step in less), *([middle] * (answers % 2)), *(middle + step for step in reversed(less)))


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where the upright line is, and how long one per cent is."""

    line: float
    percent: float

    @classmethod
    def fit_groups(cls, groups: Sequence[PlottedGroup], steps: Sequence[int], width: float) -> _Scale:
        """The scale on which every group has room on both sides."""
        sides = [_side_lengths(group.values, steps) for group in groups if group.base is not None]
        shown, hidden = (sum(max((side[n][part] for side in sides), default=0) for n in (0, 1)) for part in (0, 1))
        percent = (width - hidden * _STUB) / max(shown, 1)
        left = max((side[0][0] * percent + side[0][1] * _STUB for side in sides), default=0)
        return cls(left, percent)


def _side_lengths(
    values: Sequence[PlottedValue], steps: Sequence[int]
) -> tuple[tuple[float, float], tuple[float, float]]:
    """For each side: how many per cent are shown, and how many answers are not."""
    sides = [[0.0, 0.0], [0.0, 0.0]]
    middle = DIVERGING_STEPS // 2
    for value, step in zip(values, steps, strict=True):
        for side in (0, 1):
            part = 0.5 if step == middle else float((step > middle) == bool(side))
            sides[side][0] += part * (value.share or 0)
            sides[side][1] += part * (value.share is None)
    return (sides[0][0], sides[0][1]), (sides[1][0], sides[1][1])


def _row(group: PlottedGroup, steps: Sequence[int], scale: _Scale, missing: str, width: float) -> Drawing:
    """The bar of one group, its numbers below, and the sentence on what is not shown."""
    drawing = Drawing()
    if group.base is None:
        drawing.add_lines(missing, width, paint="quiet")
        return drawing
    drawing.height = _BAR
    left = _side_lengths(group.values, steps)[0]
    x = scale.line - left[0] * scale.percent - left[1] * _STUB
    numbers: list[tuple[float, str]] = []
    for value, step in zip(group.values, steps, strict=True):
        length = _STUB if value.share is None else value.share * scale.percent
        if value.share is None:
            drawing.shapes += hatch_box(x + _SEAM / 2, 0, _STUB - _SEAM, _BAR)
        else:
            drawing.shapes.append(Box(x + _SEAM / 2, 0, max(length - _SEAM, 1), _BAR, f"diverging-{step}"))
            numbers.append((x + length / 2, value.text))
        x += length
    drawing.shapes.append(Box(scale.line - 0.75, -3, 1.5, _BAR + 6, "text"))
    drawing.shapes += _numbers(numbers, _BAR + _NUMBERS / 2 + 1, width)
    drawing.height += _NUMBERS + 2
    if missing:
        drawing.add_lines(missing, width, paint="quiet", size=SMALL_SIZE)
    return drawing


def _numbers(numbers: Sequence[tuple[float, str]], y: float, width: float) -> list[TextLine]:
    """The numbers below their parts of the bar, moved apart where they would touch."""
    widths = [text_width(text, SMALL_SIZE) for _, text in numbers]
    centres = [max(x, length / 2) for (x, _), length in zip(numbers, widths, strict=True)]
    for n in range(1, len(centres)):
        centres[n] = max(centres[n], centres[n - 1] + (widths[n - 1] + widths[n]) / 2 + _BETWEEN)
    edge = width
    for n in reversed(range(len(centres))):
        centres[n] = min(centres[n], edge - widths[n] / 2)
        edge = centres[n] - widths[n] / 2 - _BETWEEN
    return [
        TextLine(x, y, text, "value", centred=True, size=SMALL_SIZE)
        for x, (_, text) in zip(centres, numbers, strict=True)
    ]


def _swatch(x: float, y: float, paint: str) -> list[Shape]:
    return [Box(x - 7, y - 7, 14, 14, paint)]


def _striped(x: float, y: float) -> list[Shape]:
    return list(hatch_box(x - 7, y - 7, 14, 14))
