"""Charts of exact numbers as a page of the desk has them: as those of a report are drawn, with NOT_FOR_PUBLICATION
across them, once for a screen and once for a phone."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from kuule.core.palette import REPORT_CHART, REPORT_CHART_DARK
from kuule.publishing.charts.chart_svg import PLOT_WIDTHS, plot_svg
from kuule.publishing.view.plotted_figure import PlottedFigure
from kuule.usecases.open_answers.analyst_figures import NOT_FOR_PUBLICATION


def figure_html(figure: PlottedFigure) -> Markup:
    """The chart of a figure. The style sheet shows the one of the two that fits."""
    wide, narrow = (plot_svg(figure, width=width, rtl=False, watermark=NOT_FOR_PUBLICATION) for width in PLOT_WIDTHS)
    return Markup('<div class="chart wide">{}</div><div class="chart narrow">{}</div>').format(
        Markup(wide),  # noqa: S704 - drawn here; labels are escaped where they are written
        Markup(narrow),  # noqa: S704 - as above
    )


def chart_colours() -> str:
    """The colours of charts as rules of a style sheet, for light and dark."""
    return (
        f".chart{{{_properties(REPORT_CHART)}}}"
        f"@media screen and (prefers-color-scheme:dark){{.chart{{{_properties(REPORT_CHART_DARK)}}}}}"
    )


def _properties(colours: Mapping[str, str]) -> str:
    return "".join(f"--{name}:{colour};" for name, colour in colours.items())
