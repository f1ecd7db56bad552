"""A report as one HTML file, without scripts, without network access and without further files."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kuule.languages.markup.markdown import inline_html
from kuule.publishing.charts.chart_svg import PLOT_WIDTHS, plot_svg
from kuule.publishing.render.layout import NARROW_WIDTH, WIDE_WIDTH
from kuule.publishing.render.report_looks import NEWEST_LOOK, ReportLook
from kuule.publishing.render.svg_charts import svg_chart
from kuule.publishing.view.figures import FigureView
from kuule.publishing.view.report import ReportView
from kuule.publishing.view.report_identity import ReportIdentity
from kuule.static_site.page_drawing import language_attributes, prose_html

_FOLDER = Path(__file__).parent / "templates"


def report_html(view: ReportView, look: ReportLook = NEWEST_LOOK) -> str:
    """The page as HTML, with each chart twice: at the width of a screen and at the width of a phone."""
    style = (_FOLDER / look.folder / "report.css").read_text("utf-8") + _own_colours(view.identity)
    words = view.words
    return (
        _environment(look.folder)
        .get_template("report.html")
        .render(
            view=view,
            words=words,
            ours=f' lang="{words.tag}" dir="{words.direction}"' if view.catalogue_language_differs else "",
            charts=[_charts(section.figure, view, look) for section in view.sections],
            style=style,
            style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        )
    )


def _charts(figure: FigureView | None, view: ReportView, look: ReportLook) -> tuple[str, ...]:
    """The charts of a section as SVG: a wide and a narrow one, or none."""
    if figure is None or not figure.answers:
        return ()
    rtl, marked, plot = view.rtl, view.watermark, figure.plot
    if look.kinds and plot is not None:
        return tuple(plot_svg(plot, width=width, rtl=rtl, watermark=marked) for width in PLOT_WIDTHS)
    return tuple(
        svg_chart(figure.answers, width=width, rtl=rtl, text=figure.spoken, watermark=marked, look=look)
        for width in (WIDE_WIDTH, NARROW_WIDTH)
    )


def _own_colours(identity: ReportIdentity) -> str:
    """The colour of the study in place of Kuule's, for links, for the mark, and for bars without groups. On paper it is
    the light one."""
    if not identity.colour:
        return ""
    light, dark = (
        f"{{ --accent: {one}; --series-0: {one}; --tint: transparent; }}"
        for one in (identity.colour, identity.colour_dark)
    )
    return f":root {light}\n@media screen and (prefers-color-scheme: dark) {{ :root {dark} }}\n"


@cache
def _environment(folder: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER / folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"inline": inline_html, "prose": prose_html, "apart": language_attributes}
    return environment
