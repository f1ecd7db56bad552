"""Files that are whole or not there at all, also after a power cut: written beside, synced, and renamed."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from glob import escape
from pathlib import Path

_PIECE = 1 << 20
_UNFINISHED = "unfinished"


class BusyError(Exception):
    """Somebody else is at it right now."""


def write_whole(path: Path, content: bytes, *, mode: int | None = None) -> None:
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
        with path.open("wb") as file:
            if mode is not None:
                os.fchmod(file.fileno(), mode)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        if error.errno is not None and error.filename is None:
            error.filename = str(path)  # that a disk is full says nothing of which
        raise


@contextmanager
def whole_folder(to: Path) -> Iterator[Path]:
    """A hidden folder beside `to`, to write into: it takes that name when the block ends well, and goes otherwise.

    It is not synced: for what can be made again.
    """
    to.parent.mkdir(parents=True, exist_ok=True)
    beside = begin_folder(to)
    try:
        yield beside
        beside.rename(to)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def begin_folder(to: Path) -> Path:
    """A hidden folder beside `to`, for its owner only, to make in it what will have that name."""
    return Path(tempfile.mkdtemp(prefix=f".{to.name}.{_UNFINISHED}.", dir=to.parent))


def unfinished(to: Path, ending: str = "") -> tuple[Path, ...]:
    """The folders that `begin_folder` made for `to` and that are still there. Without somebody who makes it right now
    (`alone`), they were left by a process that was killed."""
    found = to.parent.glob(f".{escape(to.name)}.{_UNFINISHED}.????????{ending}")
    return tuple(sorted(path for path in found if path.is_dir() and not path.is_symlink()))


@contextmanager
def alone(path: Path, waiting: Callable[[], None] | None = None) -> Iterator[None]:
    """No other process is in such a block with this `path`: a file that is there while the block runs, and is no
    hindrance when one that was killed left it.

    Raises BusyError where another is in one; with `waiting`, this is called, and the other's end is waited for.
    """
    handle = _hold(path, waiting)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(handle)


def _hold(path: Path, waiting: Callable[[], None] | None) -> int:
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(handle, waiting)
            if path.exists() and os.path.samestat(path.stat(), os.fstat(handle)):
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)  # the other has ended meanwhile, and taken its file away: once more


def _lock(handle: int, waiting: Callable[[], None] | None) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        if waiting is None:
            raise BusyError from None
        waiting()
        fcntl.flock(handle, fcntl.LOCK_EX)


def sync_folder(folder: Path) -> None:
    """The names in a folder, as they are now, are on the disk when this returns."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def overwrite(path: Path) -> None:
    """Write zeros over a file, in its place. A disk may keep a copy elsewhere: worn blocks, snapshots."""
    with path.open("r+b") as file:
        left = file.seek(0, os.SEEK_END)
        file.seek(0)
        while left > 0:
            left -= file.write(bytes(min(_PIECE, left)))
        file.flush()
        os.fsync(file.fileno())
