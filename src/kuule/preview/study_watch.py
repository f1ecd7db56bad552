"""Notices that a file of a study was saved: by looking ten times a second at when each was changed, and how long
it is. That works on every disk, also on one that a network shares."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

SECONDS_BETWEEN_LOOKS = 0.1
_LOCKS = (".~lock.", "~$", ".#")
"""How the names of files begin that LibreOffice, Excel and Emacs put beside an open one."""
_MOST_FILES = 5_000
_ENDINGS = frozenset({".md", ".xlsx", ".toml", ".po", ".csv", ".png", ".jpg", ".jpeg", ".webp", ".mp3", ".m4a", ".ogg"})

FileStamps = Mapping[str, tuple[int, int, int]]
"""By the path of each file: when it was changed (in nanoseconds), its size, and which file it is."""


def file_stamps(folder: Path) -> FileStamps:
    """The stamps of the files that a study is read from, of which a file that vanishes just now is none."""
    return dict(_stamps(folder))


def _stamps(folder: Path) -> Iterator[tuple[str, tuple[int, int, int]]]:
    seen = 0
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.startswith((*_LOCKS, ".")) or Path(name).suffix.lower() not in _ENDINGS:
                continue
            seen += 1
            if seen > _MOST_FILES:
                return
            path = Path(root) / name
            try:
                found = path.stat()
            except OSError:
                continue
            yield str(path), (found.st_mtime_ns, found.st_size, found.st_ino)
