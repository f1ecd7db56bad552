"""A figure as a picture that can stand alone: what it found, what was asked of whom, the chart, what is not in it, and
where it is from. `figure_svg` and `figure_png` write it to files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kuule.core.palette import LIGHT, REPORT_CHART
from kuule.publishing.charts.chart_kinds import lay_out_figure
from kuule.publishing.charts.shapes import Box, Drawing, move_shape, stack_drawings
from kuule.publishing.charts.text_lines import SMALL_SIZE
from kuule.publishing.view.figures import FigureView
from kuule.publishing.view.report import ReportSection, ReportView

PICTURE_WIDTH = 768
_MARGIN = 24
_TITLE_SIZE = 20
_GAP = 14


@dataclass(frozen=True, slots=True)
class FigurePicture:
    """A drawing with the colours of its report, in the language `tag`. `title` says in a line what it shows, and
    `alternative` all of it; a `watermark` is written across it, or is ""."""

    drawing: Drawing
    title: str
    alternative: str
    paints: Mapping[str, str]
    tag: str
    watermark: str
    width: int = PICTURE_WIDTH


def figure_picture(view: ReportView, section: ReportSection, *, source: str) -> FigurePicture:
    """The picture of a section of a report that has a figure. `source` is the line that says where it is from, such as
    how to cite it.

    A figure that is not shown says why, in the place of its chart.
    """
    figure, finding = section.figure, section.finding
    if figure is None:
        raise ValueError(f"{section.kind} is no figure")
    above, width = Drawing(), PICTURE_WIDTH - 2 * _MARGIN
    above.add_lines(finding or figure.heading, width, bold=True, size=_TITLE_SIZE)
    above.height += 2
    if finding:
        above.add_lines(figure.heading, width)
    for text, paint in _above(view, section, figure):
        above.add_lines(text, width, paint=paint, size=SMALL_SIZE)
    above.height += _GAP
    below = Drawing()
    if figure.plot is None:
        below.add_lines(figure.instead, width, paint="quiet")
        below.height += _GAP
    for text, paint in ((_group_bases(view, figure), "text"), (" ".join(figure.remarks), "text"), (source, "quiet")):
        if text:
            below.add_lines(text, width, paint=paint, size=SMALL_SIZE)
            below.height += 4
    if view.rtl:
        above.isolate_lines()
        below.isolate_lines()
    chart = lay_out_figure(figure.plot, width).whole if figure.plot is not None else Drawing()
    inner = stack_drawings([above, chart, below])
    paints = {**REPORT_CHART, "paper": LIGHT["sheet"]}
    if view.identity.colour:
        paints["series-0"] = view.identity.colour
    title = " ".join(filter(None, [finding, figure.heading]))
    alternative = _alternative(view, section, figure, title, source)
    return FigurePicture(_framed(inner), title, alternative, paints, view.tag, view.watermark)


def _above(view: ReportView, section: ReportSection, figure: FigureView) -> Iterator[tuple[str, str]]:
    """The lines above the chart, each with its colour."""
    if view.rehearsal:
        yield f"{view.words.say('practice')}. {view.words.say('practice_note')}", "practice"
    if view.draft:
        yield view.words.say(view.draft), "practice"
    if figure.by:
        yield figure.by, "quiet"
    if section.asked:
        yield section.asked, "text"
    if figure.basis:
        yield " ".join(figure.basis), "text"


def _alternative(view: ReportView, section: ReportSection, figure: FigureView, title: str, source: str) -> str:
    """All that the picture says, in its order."""
    above = (text for text, _ in _above(view, section, figure))
    chart = f"{figure.plot.spoken}." if figure.plot else figure.instead
    bases = _group_bases(view, figure)
    return " ".join(filter(None, [title, *above, chart, bases and f"{bases}.", *figure.remarks, source]))


def _group_bases(view: ReportView, figure: FigureView) -> str:
    """The base of each group that is shown, or "": a picture has no table that could say it."""
    if not figure.by or figure.plot is None:
        return ""
    words = view.words
    bases = [f"{label} {base}" for label, base in zip(figure.head[1:], figure.bases, strict=True)]
    return words.say("chart_row", answer=words.say("base_row"), values=words.join_clauses(bases))


def _framed(inner: Drawing) -> Drawing:
    """The same on paper of its own, with a margin."""
    height = inner.height + 2 * _MARGIN
    paper = Box(0, 0, PICTURE_WIDTH, height, "paper")
    return Drawing(height, [paper, *(move_shape(shape, _MARGIN, _MARGIN) for shape in inner.shapes)])
