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

from kuule.usecases.installation.installation_findings import (
    InstallationFinding,
    MachineRole,
    pass_check,
    report_missing,
    warn_about,
)

_PACKAGE = Path(__file__).resolve().parents[2]
_LOW, _LOWEST = 1_000_000_000, 100_000_000
"""Bytes. Below the first somebody should look; below the second a report or an archive may not fit."""
_UNSYNCHRONISED = 5
"""TIME_ERROR of <sys/timex.h>."""
_TIMEX_BYTES = 512
"""More than `struct timex` has on any system with it."""


def check_letters(terminal: str) -> Iterator[InstallationFinding]:
    """Whether a terminal with that encoding, and file names, take every script."""
    shown = terminal.lower().replace("_", "-")
    names = sys.getfilesystemencoding().lower()
    told = f"terminal {shown}, file names {names}, locale {locale.setlocale(locale.LC_CTYPE)}"
    if shown == names == "utf-8":
        yield pass_check("letters", told)
    else:
        remedy = "set LANG=C.UTF-8 (or another locale that ends in .UTF-8), or PYTHONUTF8=1, and log in again"
        yield warn_about("letters", f"{told}: texts in other scripts may be shown as ? or \\u…", remedy)


def check_disk(folder: Path) -> Iterator[InstallationFinding]:
    """Whether there is room in the folder that results go to, or where it would be."""
    folder = next(one for one in (folder, *folder.parents) if one.exists())
    free = shutil.disk_usage(folder).free
    told = f"{free / 1e9:.1f} GB free at {folder}"
    if free < _LOWEST:
        yield report_missing("disk", told, "make room, or work on another disk")
    elif free < _LOW:
        yield warn_about("disk", told, "make room before answers come")
    else:
        yield pass_check("disk", told)


def check_clock(role: MachineRole | None) -> Iterator[InstallationFinding]:
    """Whether the clock can be right: days of opening, of withdrawal and of publication go by it."""
    now = time.time()
    told = datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%d %H:%M UTC")
    if now < (_PACKAGE / "__init__.py").stat().st_mtime:
        yield report_missing("clock", f"{told}, which is before Kuule was installed here", "set the clock")
    elif role is MachineRole.COLLECTOR and is_clock_adrift():
        remedy = "switch on time synchronisation (on Debian: sudo apt install systemd-timesyncd)"
        yield warn_about("clock", f"{told}; nothing keeps it right", remedy)
    else:
        yield pass_check("clock", told)


def check_writing(folder: Path) -> Iterator[InstallationFinding]:
    """Whether files can be made in the folder, and temporary ones."""
    yield _writable("folder", folder, "work in a folder of your own, or give --folder")
    try:
        temporary = Path(tempfile.gettempdir())
    except FileNotFoundError as error:
        yield report_missing("temporary files", str(error).lower(), "give TMPDIR a folder that can be written to")
        return
    yield _writable("temporary files", temporary, "give TMPDIR a folder that can be written to")


def _writable(check: str, folder: Path, remedy: str) -> InstallationFinding:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return pass_check(check, f"{folder} can be written to")
    except OSError as error:
        return report_missing(
            check, f"{folder} cannot be written to ({(error.strerror or str(error)).lower()})", remedy
        )


def is_clock_adrift() -> bool:
    """Whether the kernel says that nothing keeps its clock right. False where it cannot be asked."""
    if not sys.platform.startswith("linux"):
        return False
    asked = ctypes.create_string_buffer(_TIMEX_BYTES)  # all zero: nothing is changed
    return bool(ctypes.CDLL(None).adjtimex(asked) == _UNSYNCHRONISED)
