"""The figures of a release as pictures to pass on, in the language of the pages: an SVG of each, and a PNG of those
that a key finding is about, because these are passed on most and some programs take no SVG."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kuule.core.problems import Problem, PublishingError
from kuule.publishing.charts.chart_svg import figure_svg
from kuule.publishing.charts.figure_picture import FigurePicture, figure_picture
from kuule.publishing.charts.figure_png import figure_pngs
from kuule.publishing.release_site.figure_files import figure_citation
from kuule.publishing.release_site.release_language import ReleaseLanguage
from kuule.publishing.release_site.site_plan import topic_parts

_FOLDER = "figures"


def svg_pictures(site: ReleaseLanguage) -> Mapping[str, bytes]:
    """The SVG of each figure by its path in the folder of the language."""
    return {_path(name, "svg"): figure_svg(picture).encode() for name, picture in _pictures(site)}


def png_pictures(site: ReleaseLanguage) -> Mapping[str, bytes]:
    """The figures of the key findings as PNG. Raises PublishingError REPORT_040 to REPORT_042 if the typesetter or a
    font is missing."""
    wanted = _of_key_findings(site)
    pictures = {name: picture for name, picture in _pictures(site) if name in wanted}
    made = figure_pngs(list(pictures.values()))
    return {_path(name, "png"): png for name, png in zip(pictures, made, strict=True)}


def png_pictures_or_problems(site: ReleaseLanguage) -> tuple[Mapping[str, bytes], tuple[Problem, ...]]:
    """The figures as PNG or, as of the PDF, why there are none."""
    try:
        return png_pictures(site), ()
    except PublishingError as error:
        return {}, error.problems


def picture_links(site: ReleaseLanguage, anchor: str) -> tuple[tuple[str, str], ...]:
    """The pictures of a figure of a topic: the name of each format, and its address."""
    kinds = ("svg", "png") if site.has_png and anchor in _of_key_findings(site) else ("svg",)
    return tuple((kind.upper(), _path(anchor, kind)) for kind in kinds)


def _of_key_findings(site: ReleaseLanguage) -> frozenset[str]:
    """The anchors of the figures that key findings are about."""
    return frozenset(site.plan.figures[one.topic] for one in site.view.findings if one.topic is not None)


def _pictures(site: ReleaseLanguage) -> Iterator[tuple[str, FigurePicture]]:
    """Each figure of a topic by its anchor, with how to cite it as where it is from."""
    for part in topic_parts(site.view):
        page = site.plan.topics[part.anchor]
        for section in part.sections:
            if section.figure is not None:
                anchor = site.plan.figures[section.figure.number]
                source = figure_citation(site, page, anchor, section.figure.request)
                yield anchor, figure_picture(site.view, section, source=source)


def _path(anchor: str, kind: str) -> str:
    return f"{_FOLDER}/{anchor}.{kind}"
