"""Folders that exist whole or not at all: filled under another name, then renamed or exchanged with the old one."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path

from kuule.core.files import sync_file, sync_folder

EXCHANGE_SUFFIX = ".before"
"""The end of the old folder's name for a moment, if two folders cannot be exchanged in one step."""
_UNFINISHED = "unfinished"
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
"""Linux, <linux/fs.h>."""


@contextmanager
def atomic_folder(to: Path, *, mode: int = 0o700, synced: bool = False) -> Iterator[Path]:
    """A hidden folder beside `to`, to write into. It takes the name `to` if the block ends without an exception, and is
    removed otherwise. The umask applies to `mode`.

    With `synced`, all of it is on the disk before it gets its name. Without, a power cut can leave empty files, which
    is good enough for a folder that can be made again.
    """
    to.parent.mkdir(parents=True, exist_ok=True)
    folder = create_unfinished_folder(to, mode=mode)
    try:
        yield folder
        if synced:
            sync_tree(folder)
        folder.rename(to)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    if synced:
        sync_folder(to.parent)


def create_unfinished_folder(to: Path, *, mode: int = 0o700) -> Path:
    """Create a hidden folder beside `to`, to be filled and later renamed to it."""
    folder = to.with_name(f".{to.name}.{_UNFINISHED}.{secrets.token_hex(4)}")
    folder.mkdir(mode)
    return folder


def unfinished_folders(to: Path, suffix: str = "") -> tuple[Path, ...]:
    """The folders that `create_unfinished_folder` made for `to` and that are still there. A process that holds the lock
    on `to` knows that nobody is filling them: a process that was killed left them behind."""
    found = to.parent.glob(f".{escape(to.name)}.{_UNFINISHED}.????????{suffix}")
    return tuple(sorted(path for path in found if path.is_dir() and not path.is_symlink()))


def sync_tree(folder: Path) -> None:
    """Wait until everything in a folder and below it is on the disk, except for the folder's own name."""
    for path in folder.iterdir():
        if path.is_dir():
            sync_tree(path)
        else:
            sync_file(path)
    sync_folder(folder)


def exchange_folders(one: Path, other: Path) -> None:
    """Exchange the names of two folders. Linux does it in one step. Elsewhere it takes three renames, and a power cut
    in between can leave a folder under the name of `one` with EXCHANGE_SUFFIX. Raises OSError."""
    if sys.platform.startswith("linux") and exchange_at_once(one, other):
        return
    between = one.with_name(f"{one.name}{EXCHANGE_SUFFIX}")
    other.rename(between)
    one.rename(other)
    between.rename(one)


def exchange_at_once(one: Path, other: Path) -> bool:
    """Whether they were exchanged: False if the file system cannot do it in one step. Raises OSError."""
    import ctypes  # slow, and most commands exchange nothing
    import errno

    library = ctypes.CDLL(None, use_errno=True)
    if library.renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    if ctypes.get_errno() in (errno.EINVAL, errno.ENOSYS):
        return False
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(other))
