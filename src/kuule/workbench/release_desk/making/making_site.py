"""The public pages of a release in one language, with their files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kuule.core.problems import KuuleError
from kuule.publishing.release_site.figure_pictures import png_pictures_or_problems
from kuule.publishing.release_site.internal_links import check_links, page_links
from kuule.publishing.release_site.language_pages import language_files, release_language, site_order
from kuule.releases.release_folder import ReleaseFolder
from kuule.workbench.release_desk.making.made_files import MadeFiles
from kuule.workbench.release_desk.making.making_report import draw_report
from kuule.workbench.release_desk.release_kinds import ReleaseOrder
from kuule.workbench.release_desk.shelf_reading import MOST_FOLDERS, read_shelved, release_folder_names


def make_site_files(found: ReleaseFolder, order: ReleaseOrder) -> MadeFiles:
    """Every page and file of a language, the first page as index.html. Raises PublishingError as `kuule publish`."""
    order_of_site = site_order(found, (found, *_others(found.path)), (order.language,), today=order.today)
    site = release_language(order_of_site, order.language)
    report = draw_report(site.view)
    pngs, missing = png_pictures_or_problems(site) if "report.pdf" in report.files else ({}, ())
    files = language_files(site, report.files, pngs)
    check_links({name: page_links(html) for name, html in files.pages.items()}, files.contents)
    return MadeFiles(files.contents, report.problems or missing)


def _others(path: Path) -> Iterator[ReleaseFolder]:
    """The releases beside one, as far as they can be read: the page names those before it."""
    for name in list(release_folder_names(path.parent))[:MOST_FOLDERS]:
        if name != path.name:
            try:
                yield read_shelved(path.parent / name)
            except KuuleError:
                continue
