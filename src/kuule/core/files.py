"""Files that are whole or not there at all, also after a power cut: written beside, synced, and renamed.

Nothing here asks for what one system alone has: what is done offline runs on Linux, macOS and Windows (decision 0034).
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path
from typing import BinaryIO

_PIECE = 1 << 20
_UNFINISHED = "unfinished"
_AGAIN = 0.01
"""Seconds between two looks at whether another is done."""


class BusyError(Exception):
    """Somebody else is at it right now."""


def write_atomically(path: Path, content: bytes, *, mode: int | None = None) -> None:
    """Write the whole file, or leave the old one as it was. `mode` is that of the new file; else the umask decides."""
    write_together({path: content}, mode=mode)


def write_together(contents: Mapping[Path, bytes], *, mode: int | None = None) -> None:
    """The same of several files that belong together: not one is replaced before all are written."""
    besides = [path.with_name(f".{path.name}.new") for path in contents]
    try:
        for beside, content in zip(besides, contents.values(), strict=True):
            _write(beside, content, mode)
        for beside, path in zip(besides, contents, strict=True):
            beside.replace(path)
    except BaseException:
        for beside in besides:
            beside.unlink(missing_ok=True)
        raise


def _write(path: Path, content: bytes, mode: int | None) -> None:
    try:
        with path.open("wb") if mode is None else open(path, "wb", opener=_private) as file:
            if mode is not None:
                path.chmod(mode)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        if error.errno is not None and error.filename is None:
            error.filename = str(path)  # that a disk is full says nothing of which
        raise


def create_private_file(path: Path) -> BinaryIO:
    """A file that was not there before, open to be written in, and never readable by others: mode 0600.

    Raises FileExistsError. What Windows has in place of a mode is that of the folder.
    """
    return open(path, "xb", opener=_private)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


@contextmanager
def atomic_folder(to: Path) -> Iterator[Path]:
    """A hidden folder beside `to`, to write into: it takes that name when the block ends well, and goes otherwise.

    It is not synced: for what can be made again.
    """
    to.parent.mkdir(parents=True, exist_ok=True)
    beside = create_unfinished_folder(to)
    try:
        yield beside
        beside.rename(to)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def create_unfinished_folder(to: Path) -> Path:
    """A hidden folder beside `to`, for its owner only, to make in it what will have that name."""
    return Path(tempfile.mkdtemp(prefix=f".{to.name}.{_UNFINISHED}.", dir=to.parent))


def unfinished_folders(to: Path, ending: str = "") -> tuple[Path, ...]:
    """The folders that `create_unfinished_folder` made for `to` and that are still there. Without somebody who
    makes it right now (`exclusive_lock`), they were left by a process that was killed."""
    found = to.parent.glob(f".{escape(to.name)}.{_UNFINISHED}.????????{ending}")
    return tuple(sorted(path for path in found if path.is_dir() and not path.is_symlink()))


@contextmanager
def exclusive_lock(path: Path, waiting: Callable[[], None] | None = None, *, patience: float = 0) -> Iterator[None]:
    """No other process is in such a block with this `path`: a file that is there while the block runs, and is no
    hindrance when one that was killed left it.

    Raises BusyError where another is in one for `patience` seconds more; with `waiting`, this is called, and the
    other's end is waited for, however long that is.
    """
    handle = _hold(path, waiting, time.monotonic() + patience)
    try:
        yield
    finally:
        _take_away(path, handle)


def _hold(path: Path, waiting: Callable[[], None] | None, until: float) -> int:
    tell = waiting
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            locked = try_lock(handle)
            if locked and _is_still(path, handle):
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)
        if locked:
            continue  # the other had ended meanwhile, and taken its file away
        if waiting is None and time.monotonic() >= until:
            raise BusyError
        if tell is not None:
            tell()
            tell = None
        time.sleep(_AGAIN)


def _is_still(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def try_lock(handle: int) -> bool:
    """Lock an open file until it is closed or this process ends, unless another has locked it. Whether it is now."""
    from filelock import lock_descriptor  # slow, and most commands lock nothing

    return lock_descriptor(handle, blocking=False)


def _take_away(path: Path, handle: int) -> None:
    if hasattr(os, "O_DIRECTORY"):
        path.unlink(missing_ok=True)
        os.close(handle)
        return
    # Windows takes no open file away: neither ours before it is closed, nor one that another has opened by then
    os.close(handle)
    with suppress(OSError):
        path.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """The names in a folder, as they are now, are on the disk when this returns. Nothing where no folder can be opened
    (Windows), whose file system keeps a log of them itself."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_file(path: Path) -> None:
    """What is in a file that was written without waiting for the disk is on the disk when this returns."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def overwrite_with_zeros(path: Path) -> None:
    """Write zeros over a file, in its place. A disk may keep a copy elsewhere: worn blocks, snapshots."""
    with path.open("r+b") as file:
        left = file.seek(0, os.SEEK_END)
        file.seek(0)
        while left > 0:
            left -= file.write(bytes(min(_PIECE, left)))
        file.flush()
        os.fsync(file.fileno())
