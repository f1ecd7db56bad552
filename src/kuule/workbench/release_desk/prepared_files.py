"""Files made of a release, so that a preview is not made anew for each of its pages."""

from __future__ import annotations

import re
import secrets

from kuule.workbench.configuration.workbench_site import WorkbenchSite
from kuule.workbench.errands.errand_process import run_errand_process
from kuule.workbench.errands.packed_files import PackedFiles, find_or_make_files
from kuule.workbench.errands.problem_tables import problems_from_table
from kuule.workbench.release_desk.release_kinds import RELEASE_ERRANDS, ReleaseOrder
from kuule.workbench.release_desk.shelved_release import ShelvedRelease

_UNSAFE = re.compile(r"[^A-Za-z0-9.-]+")


def prepare_files(site: WorkbenchSite, one: ShelvedRelease, order: ReleaseOrder) -> PackedFiles:
    """The files that an order asks for. Raises WorkbenchError with whatever keeps them from being made."""
    # What keeps the release from being published decides whether it is a preview.
    return find_or_make_files(RELEASE_ERRANDS, [(order, one.problems)], lambda: _make(site, order))


def archive_name(one: ShelvedRelease, order: ReleaseOrder) -> str:
    """The name of the ZIP as a download."""
    preview = "" if one.can_be_published else "-preview"
    return f"{_UNSAFE.sub('-', '-'.join((one.study, one.version, *order.parts)))}{preview}.zip"


def _make(site: WorkbenchSite, order: ReleaseOrder) -> PackedFiles:
    out = site.data / f"release-{secrets.token_hex(8)}.partial"
    try:
        answer = run_errand_process(RELEASE_ERRANDS, {"do": "make", "order": order.to_table(), "out": str(out)})
        return PackedFiles(out.read_bytes(), problems_from_table(answer["file_problems"]))
    finally:
        out.unlink(missing_ok=True)
