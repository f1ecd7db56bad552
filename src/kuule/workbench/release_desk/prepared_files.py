"""Files made of a release, kept in memory for a while, so that a preview is not made anew for each of its pages."""

from __future__ import annotations

import re
import secrets
import threading
import time
import zipfile
from dataclasses import dataclass
from io import BytesIO

from kuule.core.problems import Problem
from kuule.workbench.configuration.workbench_site import WorkbenchSite
from kuule.workbench.release_desk.errand_process import errand_turn, run_release_errand
from kuule.workbench.release_desk.release_kinds import ReleaseOrder
from kuule.workbench.release_desk.shelved_release import ShelvedRelease, problems_from_table

_KEPT_SECONDS = 10 * 60
_KEPT_BYTES = 64 * 1024 * 1024
_UNSAFE = re.compile(r"[^A-Za-z0-9.-]+")


@dataclass(frozen=True, slots=True)
class PreparedFiles:
    """All files as one ZIP. `problems` are those of files that could not be made, such as a PDF without a font."""

    content: bytes
    problems: tuple[Problem, ...]

    def read(self, name: str) -> bytes | None:
        """A file of it; None if there is none of this name."""
        with zipfile.ZipFile(BytesIO(self.content)) as archive:
            return archive.read(name) if name in archive.namelist() else None


class _Kept:
    """What was made last, with the time by a clock that never goes back: by order, and by what keeps the release from
    being published, since that decides whether it is a preview."""

    lock = threading.Lock()
    made: dict[object, tuple[float, PreparedFiles]] = {}  # noqa: RUF012 -- of the process, as the lock is


def prepare_files(site: WorkbenchSite, one: ShelvedRelease, order: ReleaseOrder) -> PreparedFiles:
    """The files that an order asks for. Raises WorkbenchError with whatever keeps them from being made."""
    key = (order, one.problems)
    if (kept := _find_kept(key)) is not None:
        return kept
    with errand_turn():
        if (kept := _find_kept(key)) is not None:  # somebody else asked for the same meanwhile
            return kept
        made = _make(site, order)
        _keep(key, made)
        return made


def _find_kept(key: object) -> PreparedFiles | None:
    with _Kept.lock:
        now = time.monotonic()
        _Kept.made = {name: made for name, made in _Kept.made.items() if now - made[0] < _KEPT_SECONDS}
        return _Kept.made[key][1] if key in _Kept.made else None


def _keep(key: object, made: PreparedFiles) -> None:
    with _Kept.lock:
        _Kept.made[key] = (time.monotonic(), made)
        while len(_Kept.made) > 1 and sum(len(each.content) for _, each in _Kept.made.values()) > _KEPT_BYTES:
            del _Kept.made[next(iter(_Kept.made))]


def archive_name(one: ShelvedRelease, order: ReleaseOrder) -> str:
    """The name of the ZIP as a download."""
    preview = "" if one.can_be_published else "-preview"
    return f"{_UNSAFE.sub('-', '-'.join((one.study, one.version, *order.parts)))}{preview}.zip"


def _make(site: WorkbenchSite, order: ReleaseOrder) -> PreparedFiles:
    out = site.data / f"release-{secrets.token_hex(8)}.partial"
    try:
        answer = run_release_errand({"do": "make", "order": order.to_table(), "out": str(out)})
        return PreparedFiles(out.read_bytes(), problems_from_table(answer["file_problems"]))
    finally:
        out.unlink(missing_ok=True)
