"""The machine around Kuule: letters at the terminal, room on the disk, the clock, and places that can be written to."""

from __future__ import annotations

import ctypes
import locale
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from kuule.usecases.installation.installation_findings import Finding, MachineRole, fine, missing, warning

_PACKAGE = Path(__file__).resolve().parents[2]
_LOW, _LOWEST = 1_000_000_000, 100_000_000
"""Bytes. Below the first somebody should look; below the second a report or an archive may not fit."""
_UNSYNCHRONISED = 5
"""TIME_ERROR of <sys/timex.h>."""
_TIMEX_BYTES = 512
"""More than `struct timex` has on any system with it."""


def check_letters() -> Iterator[Finding]:
    """Whether this terminal and file names take every script."""
    shown = (getattr(sys.stdout, "encoding", None) or "ascii").lower().replace("_", "-")
    names = sys.getfilesystemencoding().lower()
    told = f"terminal {shown}, file names {names}, locale {locale.setlocale(locale.LC_CTYPE)}"
    if shown == names == "utf-8":
        yield fine("letters", told)
    else:
        remedy = "set LANG=C.UTF-8 (or another locale that ends in .UTF-8), or PYTHONUTF8=1, and log in again"
        yield warning("letters", f"{told}: texts in other scripts may be shown as ? or \\u…", remedy)


def check_disk(folder: Path) -> Iterator[Finding]:
    """Whether there is room in the folder that results go to, or where it would be."""
    folder = next(one for one in (folder, *folder.parents) if one.exists())
    free = shutil.disk_usage(folder).free
    told = f"{free / 1e9:.1f} GB free at {folder}"
    if free < _LOWEST:
        yield missing("disk", told, "make room, or work on another disk")
    elif free < _LOW:
        yield warning("disk", told, "make room before answers come")
    else:
        yield fine("disk", told)


def check_clock(role: MachineRole | None) -> Iterator[Finding]:
    """Whether the clock can be right: days of opening, of withdrawal and of publication go by it."""
    now = time.time()
    told = datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%d %H:%M UTC")
    if now < (_PACKAGE / "__init__.py").stat().st_mtime:
        yield missing("clock", f"{told}, which is before Kuule was installed here", "set the clock")
    elif role is MachineRole.COLLECTOR and _is_unsynchronised():
        remedy = "switch on time synchronisation (on Debian: sudo apt install systemd-timesyncd)"
        yield warning("clock", f"{told}; nothing keeps it right", remedy)
    else:
        yield fine("clock", told)


def check_writing(folder: Path) -> Iterator[Finding]:
    """Whether files can be made in the folder, and temporary ones."""
    yield _writable("folder", folder, "work in a folder of your own, or give --folder")
    try:
        temporary = Path(tempfile.gettempdir())
    except FileNotFoundError as error:
        yield missing("temporary files", str(error).lower(), "give TMPDIR a folder that can be written to")
        return
    yield _writable("temporary files", temporary, "give TMPDIR a folder that can be written to")


def _writable(check: str, folder: Path, remedy: str) -> Finding:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return fine(check, f"{folder} can be written to")
    except OSError as error:
        return missing(check, f"{folder} cannot be written to ({(error.strerror or str(error)).lower()})", remedy)


def _is_unsynchronised() -> bool:
    """Whether the kernel says that nothing keeps its clock right. False where it cannot be asked."""
    if not sys.platform.startswith("linux"):
        return False
    asked = ctypes.create_string_buffer(_TIMEX_BYTES)  # all zero: nothing is changed
    return bool(ctypes.CDLL(None).adjtimex(asked) == _UNSYNCHRONISED)
