"""What stands where in the file of a backup, for what writes it and what reads it."""

from __future__ import annotations

import os
import tarfile
from pathlib import Path
from typing import Protocol

from kuule.core.problems import BackupError, Problem

MANIFEST = "manifest.json"
PADDING = "padding"
STORE = "store/"
TRAILER = b"kuule-backup-sha256 "
"""How the line begins that follows the tar; its rest is the hash of the tar."""
TRAILER_LENGTH = len(TRAILER) + 64 + 1
BLOCK, RECORD = tarfile.BLOCKSIZE, tarfile.RECORDSIZE


class WritableStream(Protocol):
    """Takes bytes."""

    def write(self, content: bytes, /) -> int: ...


class ReadableStream(Protocol):
    """Gives at most so many bytes, and none at its end."""

    def read(self, size: int, /) -> bytes: ...


def unreadable(path: Path, error: OSError) -> BackupError:
    """The problem BACKUP_001: a file that the system does not give."""
    cause = f"it cannot be read or written ({os.strerror(error.errno or 0).lower()})"
    remedy = "see that the path is right, the disk has room, and this user may use it; nothing half made was left"
    return BackupError(Problem("BACKUP_001", str(path), cause, remedy))
