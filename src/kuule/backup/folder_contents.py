"""Which files of a folder belong in a backup. A private key does not, whatever its name: then there is no backup.

Names that begin with a dot are passed over (locks, Git, unfinished files), and so are the workbench's secret and what
it writes for a moment. Links and other special files are refused, since a backup that left them out would look whole.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from pathlib import Path

from kuule.backup.backup_layout import unreadable
from kuule.core.problems import BackupError, Problem
from kuule.sealing.key_text import key_text_kind
from kuule.sealing.onion_key import SECRET_HEADER

WORKBENCH_SECRET = "secret"  # noqa: S105 (a name)
ACCOUNTS = "accounts.sqlite3"
_PASSING = re.compile(r".*(\.partial|\.sqlite3-(wal|shm|journal))")
_HEAD = 16_384
"""Bytes: what a key file has at the most, and the head of any other file."""
_MARKS = (SECRET_HEADER, b"PRIVATE KEY-----", b"AGE-SECRET-KEY-1", b"kuule key of an onion service")
_SECRET_LENGTH = 32
_SECRET_NAME = re.compile(r".*(secret|token).*", re.IGNORECASE)


def files_of_folder(folder: Path, *, workbench: bool = False) -> Iterator[tuple[str, Path]]:
    """The name within the folder, with `/`, and the path of each file, sorted by name.

    Raises BackupError: BACKUP_001 (it cannot be read), BACKUP_005 (a private key lies in it), BACKUP_006 (a link, or
    something that is neither file nor folder).
    """
    try:
        found = sorted(_walk(folder, folder), key=lambda one: one[0])
    except OSError as error:
        raise unreadable(folder, error) from error
    for name, path in found:
        if workbench and (name in (WORKBENCH_SECRET, ACCOUNTS) or _PASSING.fullmatch(name)):
            continue
        check_no_secret(path)
        yield name, path


def _walk(folder: Path, top: Path) -> Iterator[tuple[str, Path]]:
    for path in folder.iterdir():
        if path.name.startswith("."):
            continue
        mode = path.lstat().st_mode
        if stat.S_ISDIR(mode):
            yield from _walk(path, top)
        elif stat.S_ISREG(mode):
            yield path.relative_to(top).as_posix(), path
        else:
            cause = "this is a link or something else that is no file, and what it leads to would not be in the backup"
            raise BackupError(Problem("BACKUP_006", str(path), cause, "put the file itself there, or take it away"))


def check_no_secret(path: Path) -> None:
    """Raise BackupError BACKUP_005 if a file is a private key, or looks like a secret of 32 bytes."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise unreadable(path, error) from error
    kind = key_text_kind(head.decode("utf-8", "replace")) if b"kuule" in head else ""
    raw = len(head) == _SECRET_LENGTH and _SECRET_NAME.fullmatch(path.name)
    if kind in ("secret", "protected") or raw or any(mark in head for mark in _MARKS):
        cause = "this is a private key or a secret, and a backup with it could be used against those who answered"
        raise BackupError(
            Problem("BACKUP_005", str(path), cause, "keep it elsewhere, and out of every folder that is backed up")
        )
