"""The numbers of one figure as CSV (RFC 4180), in its language: a row for each answer of each group.

Numbers are plain, so that programs read them. One that is withheld is empty, and the last column says so.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from kuule.publishing.report_catalogue import Words
from kuule.publishing.view.figures import FigureView
from kuule.publishing.view.plotted_figure import PlottedFigure


def figure_csv(figure: FigureView, words: Words) -> str:
    """The text of the file; only its header if the figure shows no number."""
    file = io.StringIO()
    writer = csv.writer(file)
    cut = figure.plot.cut if figure.plot and figure.plot.divided else ""
    names = [words.say(name) for name in ("answer", "share", "people", "base_row", "not_shown")]
    writer.writerow([*([cut] if cut else []), names[0], f"{names[1]} (%)", *names[2:]])
    if figure.plot is not None:
        writer.writerows(_rows(figure.plot))
    return file.getvalue()


def _rows(plot: PlottedFigure) -> Iterator[list[str | int]]:
    for group in plot.groups:
        for answer, value in zip(plot.answers, group.values, strict=True):
            named = [group.label, answer] if plot.divided else [answer]
            numbers = ["" if number is None else number for number in (value.share, value.count, group.base)]
            yield [*named, *numbers, value.text if value.share is None else ""]
