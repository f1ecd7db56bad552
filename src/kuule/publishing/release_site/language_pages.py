"""Every file of a release in one language: its pages, its feed, its tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kuule.core.problems import Problem, PublishingError
from kuule.publishing.downloads.csvw_tables import csv_bytes, csvw_bytes
from kuule.publishing.downloads.file_notes import file_notes
from kuule.publishing.downloads.json_stat import json_stat_bytes
from kuule.publishing.downloads.labelled_tables import SITE_PREFIX, labelled_table
from kuule.publishing.downloads.release_workbook import WORKBOOK_FILE, workbook_bytes
from kuule.publishing.publication_catalogue import publication_words
from kuule.publishing.release_site.data_page import DATASET_FILE, data_page, dataset_json
from kuule.publishing.release_site.figure_pictures import svg_pictures
from kuule.publishing.release_site.front_page import front_page
from kuule.publishing.release_site.group_pages import country_pages, language_pages
from kuule.publishing.release_site.prose_pages import about_page, methods_page
from kuule.publishing.release_site.release_help import release_help_page
from kuule.publishing.release_site.release_language import ReleaseLanguage, SitePageView
from kuule.publishing.release_site.release_page import release_feed, release_page
from kuule.publishing.release_site.site_drawing import draw_site_page
from kuule.publishing.release_site.site_plan import RELEASE_FEED, SITE_DATA_FOLDER, SitePlan, site_plan
from kuule.publishing.release_site.topic_index import topic_index_page
from kuule.publishing.release_site.topic_pages import topic_pages
from kuule.publishing.view.release_view import PREVIEW_BANNER, release_report_view
from kuule.releases.lineage import check_predecessors_known, predecessors
from kuule.releases.publication_checks import can_release_be_published
from kuule.releases.release_folder import ReleaseFolder

HEAVIEST_PAGE = 100_000
"""The most bytes that a page may have."""


@dataclass(frozen=True, slots=True)
class SiteOrder:
    """A site as it is asked for: the release and those before it, and the languages, the first of which has no folder
    of its own. `banner` is the key of the words over each page of a preview, or ""."""

    folder: ReleaseFolder
    plan: SitePlan
    tags: tuple[str, ...]
    today: date
    earlier: tuple[ReleaseFolder, ...] = ()
    banner: str = ""


def site_order(
    folder: ReleaseFolder, known: Sequence[ReleaseFolder], tags: tuple[str, ...], *, today: date
) -> SiteOrder:
    """The order of a site. `known` are the releases that lie beside it, and itself. One that cannot be published yet is
    a preview, which its pages say. Raises PublishingError RELEASE_021 to RELEASE_024."""
    release = folder.release
    check_predecessors_known(folder, known)
    plan = site_plan(release, release_report_view(release, next(iter(release.wordings))))
    banner = "" if can_release_be_published(folder, today=today) else PREVIEW_BANNER
    return SiteOrder(folder, plan, tags, today, tuple(predecessors(folder, known)), banner)


def release_language(order: SiteOrder, tag: str) -> ReleaseLanguage:
    """A release as the pages of a language see it. Raises PublishingError as `release_report_view` does."""
    release = order.folder.release
    view = release_report_view(release, tag)
    if order.banner:
        view = replace(view, draft=order.banner)
    wording = release.wordings[tag]
    return ReleaseLanguage(
        release=release,
        content=order.folder.content,
        plan=order.plan,
        view=view,
        say=publication_words(tag, SITE_PREFIX),
        notes=file_notes(release, tag, order.folder.content),
        labelled=tuple(labelled_table(order.plan.tables[one.request], one, wording) for one in release.tables),
        tags=order.tags,
        today=order.today,
        earlier=order.earlier,
    )


@dataclass(frozen=True, slots=True)
class LanguageFiles:
    """`contents` has every file of a language by its path in the folder of the language; `pages` are the HTML pages
    among them, without the report."""

    contents: Mapping[str, bytes]
    pages: Mapping[str, str]


def language_files(site: ReleaseLanguage, report: Mapping[str, bytes], pngs: Mapping[str, bytes]) -> LanguageFiles:
    """Everything of a language: its report, which is made elsewhere, its pages, pictures and tables. Raises
    PublishingError PUBLISH_004 (a page is too heavy)."""
    pages = language_page_files(replace(site, has_pdf="report.pdf" in report, has_png=bool(pngs)))
    drawn = {name: html.encode() for name, html in pages.items()}
    return LanguageFiles({**report, **svg_pictures(site), **pngs, **language_data_files(site), **drawn}, pages)


def language_page_files(site: ReleaseLanguage) -> Mapping[str, str]:
    """The pages of a language by name of file, as HTML. Raises PublishingError PUBLISH_004 (a page is too heavy)."""
    drawn = {f"{page.name}.html": draw_site_page(site, page) for page in _pages(site)}
    heavy = [(name, len(html.encode())) for name, html in drawn.items() if len(html) > HEAVIEST_PAGE // 4]
    problems = [_heavy(site.tag, name, weight) for name, weight in heavy if weight > HEAVIEST_PAGE]
    if problems:
        raise PublishingError(*problems)
    return drawn


def language_data_files(site: ReleaseLanguage) -> Mapping[str, bytes]:
    """The other files of a language by their paths in its folder: the feed, the tables, the workbook."""
    found = {RELEASE_FEED: release_feed(site)}
    countries = site.plan.countries
    for one in site.labelled:
        stem = f"{SITE_DATA_FOLDER}/{one.name}"
        geographic = countries is not None and one.table.request.cut == countries.cut
        found[f"{stem}.csv"] = csv_bytes(one)
        found[f"{stem}.csv-metadata.json"] = csvw_bytes(one, site.notes)
        if site.tag == site.tags[0]:
            found[f"{stem}.json"] = json_stat_bytes(one, site.notes, geographic=geographic)
    found[f"{SITE_DATA_FOLDER}/{WORKBOOK_FILE}"] = workbook_bytes(site.labelled, site.notes)
    found[f"{SITE_DATA_FOLDER}/{DATASET_FILE}"] = dataset_json(site)
    return found


def _pages(site: ReleaseLanguage) -> Iterator[SitePageView]:
    yield front_page(site)
    yield topic_index_page(site)
    yield from topic_pages(site)
    yield about_page(site)
    yield from country_pages(site)
    yield from language_pages(site)
    yield methods_page(site)
    yield data_page(site)
    yield release_page(site)
    yield release_help_page(site)


def _heavy(tag: str, name: str, weight: int) -> Problem:
    cause = f"in {tag} this page has {weight:,} bytes, and a page may have {HEAVIEST_PAGE:,}"
    remedy = "divide its part of report.md with a further heading (##), or show fewer figures by groups"
    return Problem("PUBLISH_004", name, cause, remedy)
