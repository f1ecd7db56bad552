"""What changes whenever a file does: what was read of it is kept until then."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

FileStamp = tuple[tuple[str, int, int, int], ...]
"""Of each file its path, the nanosecond of its last change, its size in bytes, and its inode."""


def stamp_of_files(files: Iterable[Path]) -> FileStamp:
    """Of these files; those that are gone are left out."""
    found = []
    for file in files:
        try:
            there = file.stat()
        except OSError:
            continue
        found.append((str(file), there.st_mtime_ns, there.st_size, there.st_ino))
    return tuple(found)


def file_stamp(folder: Path, names: Iterable[str]) -> FileStamp:
    """Of files and folders of these names in a folder, with all that is in them."""
    paths = [folder / name for name in names]
    return stamp_of_files(file for path in paths for file in (sorted(path.rglob("*")) if path.is_dir() else [path]))
