"""Pages of countries and of languages: a list, a page for each group of which anything is shown, and one for each
question that compares them. A group that is not shown keeps its place in the list, which says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kuule.helplines.help_numbers import help_numbers
from kuule.languages.cldr.collation import sort_key
from kuule.languages.cldr.locale_formats import join_names
from kuule.publishing.release_site.bar_tables import BarLine, BarTable, FigureTables, NumberBar
from kuule.publishing.release_site.figure_files import FigureFiles, figure_files
from kuule.publishing.release_site.release_language import ReleaseLanguage, SitePageView
from kuule.publishing.release_site.site_plan import GroupPlan
from kuule.publishing.release_site.topic_pages import site_figure
from kuule.publishing.template.template_parts import TemplateFigure
from kuule.publishing.view.figure_sentences import asked_in_sentence, missing_sentence
from kuule.publishing.view.figures import figure_view
from kuule.publishing.view.report import ReportSection
from kuule.tables.released import ReleasedCell, ReleasedColumn, ReleasedTable
from kuule.tables.request import LANGUAGE, TableRequest


@dataclass(frozen=True, slots=True)
class GroupQuestion:
    """What a group answered to one question: a table for each answer, with everyone beside the group. `tables` has none
    if nothing of it is shown. `comparison` is the name of the page that compares the groups, or ""."""

    anchor: str
    question: str
    tables: FigureTables
    base: str
    remarks: tuple[str, ...]
    comparison: str
    files: FigureFiles


@dataclass(frozen=True, slots=True)
class GroupListing:
    """One kind of groups as a page lists them: names with the names of their pages, and those without one."""

    kind: str
    title: str
    shown: tuple[tuple[str, str], ...]
    withheld: str
    comparisons: tuple[tuple[str, str], ...]


def country_pages(site: ReleaseLanguage) -> Iterator[SitePageView]:
    """The page `countries`, and those that belong to it."""
    if site.plan.countries is not None:
        yield from _pages(site, site.plan.countries, "countries")


def language_pages(site: ReleaseLanguage) -> Iterator[SitePageView]:
    """The page `languages`, and those that belong to it."""
    if site.plan.languages is not None:
        yield from _pages(site, site.plan.languages, "languages")


def _pages(site: ReleaseLanguage, plan: GroupPlan, kind: str) -> Iterator[SitePageView]:
    listing = _listing(site, plan, kind)
    yield SitePageView(kind, "groups.html", listing.title, {"listing": listing})
    for code, name in plan.pages.items():
        yield _group_page(site, plan, kind, code, name)
    for table in plan.tables:
        if name := plan.comparisons.get(table.request, ""):
            yield _comparison_page(site, kind, table, name)


def group_label(site: ReleaseLanguage, cut: str, code: str) -> str:
    """What a group is called: a language by its name, another as the study calls it."""
    if cut == LANGUAGE:
        return site.language(code)
    item = site.wording.items.get(cut)
    return item.answers.get(code, code) if item is not None else code


def _listing(site: ReleaseLanguage, plan: GroupPlan, kind: str) -> GroupListing:
    def named(codes: Sequence[str]) -> list[tuple[str, str]]:
        labels = [(group_label(site, plan.cut, code), code) for code in codes]
        return sorted(labels, key=lambda one: sort_key(one[0], site.tag))

    shown = tuple((label, plan.pages[code]) for label, code in named(tuple(plan.pages)))
    withheld = [label for label, _ in named(plan.withheld)]
    comparisons = tuple(
        (site.labelled_by_request[table.request].question, plan.comparisons[table.request])
        for table in plan.tables
        if table.request in plan.comparisons
    )
    title = site.say.say_plain(f"{kind}_page")
    return GroupListing(kind, title, shown, join_names(withheld, site.tag) if withheld else "", comparisons)


def _group_page(site: ReleaseLanguage, plan: GroupPlan, kind: str, code: str, name: str) -> SitePageView:
    label = group_label(site, plan.cut, code)
    questions = tuple(_question(site, plan, name, table, code) for table in plan.tables)
    numbers = help_numbers(code, site.today) if kind == "countries" else ()
    asked = site.wording.items[plan.cut].question if plan.cut in site.wording.items else ""
    content = {
        "kind": kind,
        "group": label,
        "asked": asked,
        "questions": questions,
        "numbers": numbers,
        "code": code,
    }
    return SitePageView(name, "group.html", label, content, help_anchor=code if numbers else "")


def _question(site: ReleaseLanguage, plan: GroupPlan, page: str, table: ReleasedTable, code: str) -> GroupQuestion:
    request, words = table.request, site.words
    column = next((one for one in table.columns if one.code == code), None)
    label = group_label(site, plan.cut, code)
    shown = column is not None and any(cell.count is not None for cell in column.cells)
    return GroupQuestion(
        anchor=request.item,
        question=site.labelled_by_request[request].question,
        tables=FigureTables(tuple(_tables(site, table, column, label)) if column is not None and shown else (), ()),
        base=words.about(column.base) if column is not None else words.say("not_shown"),
        remarks=tuple(_remarks(site, table, column, label)) if column is not None and shown else (),
        comparison=plan.comparisons.get(request, ""),
        files=figure_files(site, page, request.item, request),
    )


def _remarks(site: ReleaseLanguage, table: ReleasedTable, column: ReleasedColumn, label: str) -> Iterator[str]:
    yield from asked_in_sentence(site.wording.items[table.request.item], site.words)
    if table.multiple:
        yield site.words.say("several")
    yield missing_sentence(column, site.words)
    if column.carried_from:
        yield site.words.say("stands_on", groups=label, dataset=column.carried_from)


def _tables(site: ReleaseLanguage, table: ReleasedTable, column: ReleasedColumn, label: str) -> Iterator[BarTable]:
    """A table for each answer, in the order of the questionnaire, which is the same on the page of every group."""
    words, smallest = site.words, table.smallest_count
    everyone = _everyone(site, table)
    labels = site.labelled_by_request[table.request].answers

    def line(group: str, cell: ReleasedCell, paint: str = "") -> BarLine:
        people = words.cell_count(cell, smallest) if cell.count is not None else ""
        return BarLine(group, NumberBar(cell.share, words.cell_share(cell, smallest), paint), people)

    for row, cell in zip(table.rows, column.cells, strict=True):
        beside = (line(words.say("everyone"), everyone[row], "all"),) if row in everyone else ()
        yield BarTable(labels.get(row, row), (line(label, cell), *beside))


def _everyone(site: ReleaseLanguage, table: ReleasedTable) -> Mapping[str, ReleasedCell]:
    """The cells of everyone by answer, where they are shown."""
    whole = site.tables.get(TableRequest(table.request.item))
    if whole is None or whole.columns[0].base is None:
        return {}
    return dict(zip(whole.rows, whole.columns[0].cells, strict=True))


def _comparison_page(site: ReleaseLanguage, kind: str, table: ReleasedTable, name: str) -> SitePageView:
    """One question, with every group of which anything is shown."""
    view = figure_view(TemplateFigure(table.request, "", 0), 1, site.tables, site.wording, site.words)
    figure = site_figure(site, name, ReportSection("figure", figure=view), site.plan.tables[table.request])
    title = site.labelled_by_request[table.request].title
    content = {"figure": figure, "kind": kind}
    return SitePageView(name, "comparison.html", title, content)
