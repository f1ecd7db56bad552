"""Which pages a release has, and what each is called: the same in every language.

Names come from the release in the language of the study, so an address means the same in all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kuule.publishing.downloads.labelled_tables import table_names
from kuule.publishing.release_site.topic_slugs import UsedNames, plain_slug
from kuule.publishing.view.figures import FigureView
from kuule.publishing.view.report import ReportSection, ReportView
from kuule.releases.publication_release import PublicationRelease
from kuule.tables.released import ReleasedTable
from kuule.tables.request import LANGUAGE, TableRequest

FIXED_SITE_PAGES = ("index", "topics", "about", "countries", "languages", "methods", "data", "release", "help")
"""Pages with a link at the top of every page, in this order. Those of countries and languages may be absent."""
RELEASE_FEED = "releases.atom"
SITE_DATA_FOLDER = "data"
MOST_LANGUAGE_PAGES = 8
"""So many languages have a page each. Of more, pages compare them question by question: a page each, in each language,
would be their number squared."""
_NO_HEADING = "numbers"


@dataclass(frozen=True, slots=True)
class ReportPart:
    """A part of a report: from a heading of the second level to the next one. `heading` is None before the first."""

    heading: ReportSection | None
    sections: tuple[ReportSection, ...]

    @property
    def anchor(self) -> str:
        """What names the part in every language."""
        return self.heading.anchor if self.heading is not None else ""

    @property
    def figures(self) -> tuple[FigureView, ...]:
        return tuple(one.figure for one in self.sections if one.figure is not None)


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """Groups with pages: the countries, or the languages. `tables` are by question; `pages` has the name of the page of
    each group of which anything is shown, unless there are too many languages, and `withheld` the codes of the
    others."""

    cut: str
    tables: tuple[ReleasedTable, ...]
    pages: Mapping[str, str]
    withheld: tuple[str, ...]
    comparisons: Mapping[TableRequest, str]


@dataclass(frozen=True, slots=True)
class SitePlan:
    """The pages of a release. `topics` has the name of each topic's page by the anchor of its part, `figures` the
    anchor of each figure by its number, `tables` the name of each table's files."""

    topics: Mapping[str, str]
    figures: Mapping[int, str]
    tables: Mapping[TableRequest, str]
    countries: GroupPlan | None
    languages: GroupPlan | None

    @property
    def fixed_pages(self) -> tuple[str, ...]:
        """The fixed pages that this site has."""
        absent = {name for name, plan in (("countries", self.countries), ("languages", self.languages)) if plan is None}
        return tuple(name for name in FIXED_SITE_PAGES if name not in absent)


def site_plan(release: PublicationRelease, view: ReportView) -> SitePlan:
    """The plan of a release, of which `view` is the report in the language of the study."""
    tables = table_names(table.request for table in release.tables)
    used = UsedNames(*FIXED_SITE_PAGES, SITE_DATA_FOLDER, "report", *release.wordings)
    countries = _group_plan(release, release.country, release.by_country, "country", tables, used)
    languages = _group_plan(release, LANGUAGE, release.by_language, "language", tables, used)
    topics = {}
    for number, part in enumerate(topic_parts(view), start=1):
        heading = part.heading.text if part.heading is not None else _NO_HEADING
        topics[part.anchor] = used.take(plain_slug(heading, f"topic-{number}"))
    return SitePlan(topics, _figure_anchors(view, tables), tables, countries, languages)


def report_parts(view: ReportView) -> tuple[ReportPart, ...]:
    """The parts of a report, without what comes before its first heading or figure, and without how to read it."""
    parts: list[ReportPart] = []
    heading: ReportSection | None = None
    sections: list[ReportSection] = []
    for section in view.body:
        if section.kind == "heading" and section.level <= 2:
            if heading is not None or sections:
                parts.append(ReportPart(heading, tuple(sections)))
            heading, sections = section, []
        elif section.kind != "key":
            sections.append(section)
    return (*parts, ReportPart(heading, tuple(sections)))


def topic_parts(view: ReportView) -> tuple[ReportPart, ...]:
    """The parts with figures: each is a topic."""
    return tuple(part for part in report_parts(view) if part.figures)


def prose_parts(view: ReportView) -> tuple[tuple[ReportPart, ...], tuple[ReportPart, ...]]:
    """The parts without figures: those before the first topic, and those after it."""
    parts = list(enumerate(report_parts(view)))
    first = next((number for number, part in parts if part.figures), len(parts))
    has_text = [(number, part) for number, part in parts if part.sections and not part.figures]
    before = tuple(part for number, part in has_text if number < first)
    return before, tuple(part for number, part in has_text if number > first)


def _figure_anchors(view: ReportView, tables: Mapping[TableRequest, str]) -> Mapping[int, str]:
    used = UsedNames("page_text", "findings", "topics", "cite")
    return {one.number: used.take(tables[TableRequest.parse(one.request)]) for one in view.figures}


def _group_plan(
    release: PublicationRelease,
    cut: str,
    items: Sequence[str],
    prefix: str,
    names: Mapping[TableRequest, str],
    used: UsedNames,
) -> GroupPlan | None:
    """The pages of the groups of a cut; None if the release has no table by it."""
    known = {table.request: table for table in release.tables}
    tables = tuple(known[request] for request in _requests(items, cut) if request in known)
    if not cut or not tables:
        return None
    codes = list(dict.fromkeys(column.code for table in tables for column in table.columns))
    shown = {column.code for table in tables for column in table.columns if column.base is not None}
    is_many = cut == LANGUAGE and len(shown) > MOST_LANGUAGE_PAGES
    paged = [code for code in codes if code in shown and not is_many]
    pages = {code: used.take(f"{prefix}-{plain_name(code)}") for code in paged}
    comparisons = {
        table.request: used.take(names[table.request])
        for table in tables
        if any(column.base is not None for column in table.columns)
    }
    return GroupPlan(cut, tables, pages, tuple(code for code in codes if code not in shown), comparisons)


def _requests(items: Sequence[str], cut: str) -> Iterator[TableRequest]:
    yield from (TableRequest(item, cut) for item in items)


def plain_name(code: str) -> str:
    """A code as a part of a name; codes of countries and languages stay as they are."""
    return code if code.isascii() and code.replace("-", "").isalnum() else plain_slug(code, "group")
