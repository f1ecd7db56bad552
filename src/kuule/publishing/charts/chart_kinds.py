"""Which kind of chart shows a figure: the one that its author asks for if it can show it, or else the first that suits
its numbers.

A kind is one module: whether it suits a figure, and how it is laid out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kuule.publishing.charts.kinds.bars import lay_out_bars, suits_bars
from kuule.publishing.charts.kinds.diverging_bars import lay_out_diverging, suits_diverging
from kuule.publishing.charts.kinds.dot_plot import lay_out_dots, suits_dots
from kuule.publishing.charts.kinds.small_multiples import lay_out_multiples, suits_multiples
from kuule.publishing.charts.shapes import ChartLayout
from kuule.publishing.view.plotted_figure import PlottedFigure


@dataclass(frozen=True, slots=True)
class ChartKind:
    """`suits` says whether a chart of this kind can show a figure. With `only_asked`, it is never chosen by itself."""

    suits: Callable[[PlottedFigure], bool]
    lay_out: Callable[[PlottedFigure, int], ChartLayout]
    only_asked: bool = False


CHART_LAYOUTS: Mapping[str, ChartKind] = {
    "bars": ChartKind(suits_bars, lay_out_bars),
    "dots": ChartKind(suits_dots, lay_out_dots),
    "multiples": ChartKind(suits_multiples, lay_out_multiples),
    "diverging": ChartKind(suits_diverging, lay_out_diverging, only_asked=True),
}
"""Each kind by the name that authors give it; the first that suits is chosen."""


def chart_kind(figure: PlottedFigure) -> str:
    """The name of the kind that shows a figure."""
    asked = CHART_LAYOUTS.get(figure.asked)
    if asked is not None and asked.suits(figure):
        return figure.asked
    return next(name for name, kind in CHART_LAYOUTS.items() if not kind.only_asked and kind.suits(figure))


def lay_out_figure(figure: PlottedFigure, width: int) -> ChartLayout:
    """The chart of a figure at a width in pixels."""
    return CHART_LAYOUTS[chart_kind(figure)].lay_out(figure, width)
