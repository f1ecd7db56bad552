"""One order: the release is read, held against what was asked for, and made into files."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kuule.core.problems import Problem, WorkbenchError
from kuule.releases.release_folder import ReleaseFolder
from kuule.workbench.release_desk.making.made_files import MadeFiles
from kuule.workbench.release_desk.making.making_brief import make_brief_files
from kuule.workbench.release_desk.making.making_report import make_report_files
from kuule.workbench.release_desk.making.making_site import make_site_files
from kuule.workbench.release_desk.release_kinds import ReleaseKind, ReleaseOrder
from kuule.workbench.release_desk.shelf_reading import read_shelved

_MAKERS: Mapping[ReleaseKind, Callable[[ReleaseFolder, ReleaseOrder], MadeFiles]] = {
    ReleaseKind.REPORT: make_report_files,
    ReleaseKind.PAGE: make_site_files,
    ReleaseKind.BRIEF: make_brief_files,
}


def make_release_files(order: ReleaseOrder) -> MadeFiles:
    """Raises PublishingError and RegisterError, and WorkbenchError WORKBENCH_015 to WORKBENCH_018."""
    found = read_shelved(order.folder)
    if found.content != order.content:
        cause = "it was changed since the page that you came from was made"
        remedy = "go back to the list of releases: whoever approved it has to look at it again"
        raise WorkbenchError(Problem("WORKBENCH_016", order.folder.name, cause, remedy))
    return _MAKERS[order.kind](found, order)
