"""The page of a topic: its text, and each figure with its base, its question, how to cite it and its numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from kuule.languages.markup.markdown import inline_html
from kuule.publishing.release_site.bar_tables import FigureTables, figure_tables
from kuule.publishing.release_site.figure_files import FigureFiles, figure_files
from kuule.publishing.release_site.figure_pictures import picture_links
from kuule.publishing.release_site.release_language import ReleaseLanguage, SitePageView
from kuule.publishing.release_site.site_plan import ReportPart, topic_parts
from kuule.publishing.view.figures import FigureView
from kuule.publishing.view.report import ReportSection
from kuule.tables.request import TableRequest


@dataclass(frozen=True, slots=True)
class SiteFigure:
    """A figure as a page shows it. `anchor` names it in its page for ever. `pictures` are formats with their
    addresses."""

    figure: FigureView
    section: ReportSection
    anchor: str
    tables: FigureTables
    files: FigureFiles
    pictures: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FigureLink:
    """A figure in a list: its anchor and its first title, whose `language` is "" if it is that of the page."""

    anchor: str
    title: str
    language: str


@dataclass(frozen=True, slots=True)
class TopicLink:
    """A topic: the name of its page, its heading as Markdown with its language, and its figures."""

    name: str
    heading: str
    language: str
    figures: tuple[FigureLink, ...]


@dataclass(frozen=True, slots=True)
class TopicPiece:
    """A piece of a topic's page: a section of the report, with its figure if it is one. `countries` is the page that
    compares countries on the question of the figure, or ""."""

    section: ReportSection
    figure: SiteFigure | None
    countries: str = ""


def topic_links(site: ReleaseLanguage) -> tuple[TopicLink, ...]:
    """Every topic, in the order of the report."""
    return tuple(_link(site, part) for part in topic_parts(site.view))


def topic_pages(site: ReleaseLanguage) -> Iterator[SitePageView]:
    """The page of each topic, with links to the one before and the one after."""
    links = topic_links(site)
    for number, part in enumerate(topic_parts(site.view)):
        pieces = tuple(_piece(site, links[number], one) for one in part.sections)
        content = {
            "topic": links[number],
            "pieces": pieces,
            "before": links[number - 1] if number else None,
            "after": links[number + 1] if number + 1 < len(links) else None,
        }
        yield SitePageView(links[number].name, "topic.html", plain_heading(links[number].heading), content)


def site_figure(site: ReleaseLanguage, page: str, section: ReportSection, anchor: str) -> SiteFigure:
    """The figure of a section, on a page."""
    figure = section.figure
    if figure is None:
        raise ValueError(f"{section.kind} is no figure")
    request = TableRequest.parse(figure.request)
    tables = figure_tables(figure, site.tables[request], site.wording, site.words)
    return SiteFigure(figure, section, anchor, tables, figure_files(site, page, anchor, request))


def plain_heading(text: str) -> str:
    """A heading without its Markdown."""
    return str(Markup(inline_html(text)).striptags())  # noqa: S704 - escaped by what renders it


def _link(site: ReleaseLanguage, part: ReportPart) -> TopicLink:
    heading, language = site.say.say_plain("topic_without_name"), ""
    if part.heading is not None:
        heading, language = part.heading.text, part.heading.language
    figures = tuple(
        FigureLink(site.plan.figures[one.figure.number], first_title(one), one.finding_language)
        for one in part.sections
        if one.figure is not None
    )
    return TopicLink(site.plan.topics[part.anchor], heading, language, figures)


def first_title(section: ReportSection) -> str:
    """What a figure found or, if that is not said, its question and by what it is divided."""
    figure = section.figure
    if figure is None:
        return ""
    return section.finding or (f"{figure.heading} – {figure.by}" if figure.by else figure.heading)


def _piece(site: ReleaseLanguage, topic: TopicLink, section: ReportSection) -> TopicPiece:
    if section.figure is None:
        return TopicPiece(section, None)
    anchor = site.plan.figures[section.figure.number]
    figure = site_figure(site, topic.name, section, anchor)
    plan, item = site.plan.countries, section.figure.item
    compared = plan.comparisons.items() if plan is not None else ()
    countries = next((page for request, page in compared if request.item == item), "")
    return TopicPiece(section, replace(figure, pictures=picture_links(site, anchor)), countries)
