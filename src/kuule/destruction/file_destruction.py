"""Overwrites files and removes them, and fills what is free on a disk, where earlier copies of them may lie."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from kuule.core.files import overwrite_with_zeros, sync_folder
from kuule.core.problems import KuuleError, Problem

_FILL = ".kuule-free-space"
_PIECE = 1 << 20


class DestructionError(KuuleError):
    """Something of a study cannot be destroyed, or not yet."""


def files_below(path: Path) -> Iterator[Path]:
    """The file itself, or every file of a folder and below it, in one order. A path that is not there has none.

    Raises DestructionError END_008 for a link: what it leads to would stay, or would be another's.
    """
    if path.is_symlink():
        raise _failed(path, "it is a link, and what it leads to would stay", "name the file or the folder itself")
    if not path.is_dir():
        if path.exists():
            yield path
        return
    for inside in sorted(path.iterdir()):
        yield from files_below(inside)


def destroy_file(path: Path) -> None:
    """Overwrite the content of a file, and remove its name. One that is gone already is no problem.

    Raises DestructionError END_008 where the system refuses; then the file is still there.
    """
    try:
        overwrite_with_zeros(path)
        path.unlink()
        sync_folder(path.parent)
    except FileNotFoundError:
        return
    except OSError as error:
        cause = f"it cannot be overwritten and removed ({os.strerror(error.errno or 0).lower()})"
        raise _failed(path, cause, "run it as the user who owns it, or as root; then again the same") from None


def remove_empty_folders(path: Path) -> None:
    """Remove a folder and those in it that have nothing in them. Others stay as they are."""
    if not path.is_dir() or path.is_symlink():
        return
    for inside in sorted(path.iterdir()):
        remove_empty_folders(inside)
    if not any(path.iterdir()):
        with suppress(OSError):
            path.rmdir()
            sync_folder(path.parent)


def fill_free_space(folder: Path) -> int:
    """Write zeros into everything that is free on the disk of a folder, then give it back. Returns how many bytes.

    What SQLite or a copy wrote earlier and removed lies there. For the moment in which the disk is full, nothing else
    can write to it. Only root reaches the blocks that ext4 holds back.
    """
    place, written = folder / _FILL, 0
    os.sync()  # blocks that were freed just now are given out again once the journal has them
    try:
        with place.open("wb", buffering=0) as file:
            written = _fill(file.fileno())
    finally:
        place.unlink(missing_ok=True)
        sync_folder(folder)
    return written


def _fill(handle: int) -> int:
    written, size = 0, _PIECE
    zeros = bytes(_PIECE)
    while size:
        try:
            written += os.write(handle, zeros[:size])
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            size //= 2
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
    return written


def _failed(path: Path, cause: str, remedy: str) -> DestructionError:
    return DestructionError(Problem("END_008", str(path), cause, remedy))
