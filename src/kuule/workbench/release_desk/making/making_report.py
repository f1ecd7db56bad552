"""The report of a release, as a page and a PDF."""

from __future__ import annotations

from kuule.core.problems import PublishingError
from kuule.publishing.render.report_html import report_html
from kuule.publishing.render.report_pdf import report_pdf
from kuule.publishing.view.release_view import release_report_view
from kuule.publishing.view.report import ReportView
from kuule.releases.publication_checks import can_release_be_published
from kuule.releases.release_folder import ReleaseFolder
from kuule.workbench.release_desk.making.made_files import MadeFiles
from kuule.workbench.release_desk.release_kinds import ReleaseOrder


def make_report_files(found: ReleaseFolder, order: ReleaseOrder) -> MadeFiles:
    """report.html and report.pdf. Raises PublishingError RELEASE_023 and REPORT_001 to REPORT_009."""
    preview = not can_release_be_published(found, today=order.today)
    return draw_report(release_report_view(found.release, order.language, preview=preview))


def draw_report(view: ReportView) -> MadeFiles:
    """The files of a report, without a PDF where none can be made."""
    files = {"report.html": report_html(view).encode()}
    try:
        return MadeFiles({**files, "report.pdf": report_pdf(view)})
    except PublishingError as error:
        return MadeFiles(files, error.problems)
