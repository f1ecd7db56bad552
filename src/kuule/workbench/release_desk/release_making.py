"""Making the files of a release: each kind from the release alone, as it would go out, or as a preview that says so.

Only the process that is started for it imports this: the process of the site knows nothing that publishes.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO

from kuule.core.problems import Problem, PublishingError, WorkbenchError
from kuule.publishing.render.report_html import report_html
from kuule.publishing.render.report_pdf import report_pdf
from kuule.publishing.view.release_view import release_report_view
from kuule.releases.publication_checks import can_release_be_published
from kuule.releases.release_folder import ReleaseFolder
from kuule.workbench.release_desk.release_kinds import ReleaseKind, ReleaseOrder
from kuule.workbench.release_desk.shelf_reading import read_shelved

MOST_MADE_BYTES = 64 * 1024 * 1024
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class MadeFiles:
    """Files by name, and problems of those that could not be made, such as a PDF without a font."""

    files: Mapping[str, bytes]
    problems: tuple[Problem, ...] = ()


def make_release_files(order: ReleaseOrder) -> MadeFiles:
    """Raises PublishingError, and WorkbenchError WORKBENCH_015 to WORKBENCH_017."""
    found = read_shelved(order.folder)
    if found.content != order.content:
        cause = "it was changed since the page that you came from was made"
        remedy = "go back to the list of releases: whoever approved it has to look at it again"
        raise WorkbenchError(Problem("WORKBENCH_016", order.folder.name, cause, remedy))
    return _MAKERS[order.kind](found, order)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files as a ZIP, the same to the byte whenever it is made. Raises WorkbenchError WORKBENCH_017."""
    if (size := sum(map(len, files.values()))) > MOST_MADE_BYTES:
        cause = f"its files would have {size:,} bytes, and {MOST_MADE_BYTES:,} are made here at most"
        raise WorkbenchError(Problem("WORKBENCH_017", "release", cause, "make them on another machine"))
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, _FIRST_DAY), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _report_files(found: ReleaseFolder, order: ReleaseOrder) -> MadeFiles:
    preview = not can_release_be_published(found, today=order.today)
    view = release_report_view(found.release, order.language, preview=preview)
    files = {"report.html": report_html(view).encode()}
    try:
        return MadeFiles({**files, "report.pdf": report_pdf(view)})
    except PublishingError as error:
        return MadeFiles(files, error.problems)


_MAKERS: Mapping[ReleaseKind, Callable[[ReleaseFolder, ReleaseOrder], MadeFiles]] = {
    ReleaseKind.REPORT: _report_files,
}
