"""Overwrites files and removes them, and fills what is free on a disk, where earlier copies of them may lie."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from kuule.core.files import overwrite_with_zeros, sync_folder
from kuule.core.problems import KuuleError, Problem

_FILL = ".kuule-free-space"
_PIECE = 1 << 20
_SYSTEM = frozenset(map(Path, ("/bin", "/boot", "/dev", "/etc", "/lib", "/lib64", "/proc", "/sbin", "/sys", "/usr")))


class DestructionError(KuuleError):
    """Something of a study cannot be destroyed, or not yet."""


def files_below(path: Path) -> Iterator[Path]:
    """The file itself, or every file of a folder and below it, in one order. A path that is not there has none.

    Raises DestructionError END_008 for a link (what it leads to would stay, or would be another's), and for what is
    neither file nor folder: a disk is no file.
    """
    if path.is_symlink():
        raise _failed(path, "it is a link, and what it leads to would stay", "name the file or the folder itself")
    if not path.is_dir():
        if path.exists():
            check_is_file(path)
            yield path
        return
    for inside in sorted(path.iterdir()):
        yield from files_below(inside)


def check_is_file(path: Path) -> None:
    """Raise DestructionError END_008 unless this is a file itself: no link, no disk, no pipe. One that is gone is no
    problem."""
    try:
        mode = path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise _refused(path, error) from None
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise _failed(path, "it is no file, but a link, a disk, a pipe or a socket", "look at it, and move it away")


def check_is_no_system_folder(path: Path) -> None:
    """Raise DestructionError END_009 for a folder that no study has for itself: the root, one of the system's or right
    below the root, somebody's home, or one that this has in it."""
    real, home = path.resolve(), Path.home().resolve()
    system = real in _SYSTEM or len(real.parts) < 3
    if path.is_dir() and (system or real == home or real in home.parents):
        cause = "it is a folder of the system or somebody's home, and has more in it than a study"
        remedy = "name the folder of the study in it; nothing was destroyed"
        raise DestructionError(Problem("END_009", str(path), cause, remedy))


def check_not_led_elsewhere(path: Path) -> None:
    """Raise DestructionError END_008 where a link has come into a path that had none when it was written down."""
    if os.path.realpath(path) != str(path):
        raise _failed(path, "a link has come into this path, and leads elsewhere", "look at the folders that it is in")


def destroy_file(path: Path) -> None:
    """Overwrite the content of a file, and remove its name. One that is gone already is no problem.

    Raises DestructionError END_008 where the system refuses, and for what is no file itself; then it is still there.
    """
    check_is_file(path)
    try:
        overwrite_with_zeros(path)
        path.unlink()
        sync_folder(path.parent)
    except FileNotFoundError:
        return
    except OSError as error:
        raise _refused(path, error) from None


def remove_emptied_folders(path: Path, files: Iterable[Path]) -> None:
    """Remove the folders, up to `path` itself, in which these files were, where nothing else is in them."""
    top = path.absolute().resolve()
    for file in files:
        for folder in file.parents:
            if folder != top and top not in folder.parents:
                break
            with suppress(OSError):
                folder.rmdir()
                sync_folder(folder.parent)


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
        place.unlink(missing_ok=True)  # of a run that was killed; and no link that somebody put here is followed
        with place.open("xb", buffering=0) as file:
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


def _refused(path: Path, error: OSError) -> DestructionError:
    cause = f"it cannot be overwritten and removed ({os.strerror(error.errno or 0).lower()})"
    return _failed(path, cause, "run it as the user who owns it, or as root; then again the same")


def _failed(path: Path, cause: str, remedy: str) -> DestructionError:
    return DestructionError(Problem("END_008", str(path), cause, remedy))
