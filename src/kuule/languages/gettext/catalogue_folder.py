"""The PO files of a folder replaced all together, by one at a time.

What is new is written whole into `languages/.new`; that folder is then renamed to `.ready`, and from that moment the
change holds: its files are moved into their places, and whoever comes after a kill in between finishes the moving
first. Before that moment nothing has changed.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from kuule.core.files import BusyError, sync_folder
from kuule.core.files import exclusive_lock as alone_at
from kuule.core.problems import Problem, StudyError

_NEW = ".new"
_READY = ".ready"
_HELD = ".held"
"""A file that is there while somebody is at it."""
_MOMENT = 2.0
"""Seconds in which files are in their places, where somebody is at it."""
_AGAIN = 0.01
"""Seconds between two looks at who else is writing."""


@contextmanager
def lock_catalogues(folder: Path, patience: float = 0) -> Iterator[None]:
    """Be the only one that changes the translations in `folder`, which is made where it is missing, and finish what
    was broken off. Raises StudyError LANG_056 where somebody else is at it, and is so for `patience` seconds more."""
    folder.mkdir(exist_ok=True)
    with ExitStack() as stack:
        try:
            stack.enter_context(alone_at(folder / _HELD, patience=patience))
        except BusyError:
            cause = "another import is changing the translations at this moment"
            raise StudyError(Problem("LANG_056", str(folder), cause, "try again when it is done")) from None
        put_in_place(folder)
        yield


def replace_catalogues(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files (by their path within `folder`): all of them, or none. To be called while `exclusive_lock`."""
    new = folder / _NEW
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    for name, content in files.items():
        (new / name).parent.mkdir(parents=True, exist_ok=True)
        with (new / name).open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    new.rename(folder / _READY)
    sync_folder(folder)
    put_in_place(folder)


def is_replacement_pending(folder: Path) -> bool:
    """Whether a change that holds already is not in its place yet, and nobody is just putting it there."""
    until = time.monotonic() + _MOMENT
    while (folder / _READY).is_dir():
        if not (folder / _HELD).exists() or time.monotonic() >= until:
            return (folder / _READY).is_dir()
        time.sleep(_AGAIN)
    return False


def finish_replacement(folder: Path, patience: float = 0) -> None:
    """Put in its place what was broken off, where anything was. Raises StudyError as `exclusive_lock` does."""
    if is_replacement_pending(folder):
        with lock_catalogues(folder, patience):
            pass


def put_in_place(folder: Path) -> None:
    """Move what is ready to its place, also where a change before was broken off. Only below the lock."""
    ready = folder / _READY
    if not ready.is_dir():
        return
    for file in sorted(ready.rglob("*")):
        if file.is_file():
            place = folder / file.relative_to(ready)
            place.parent.mkdir(parents=True, exist_ok=True)
            file.replace(place)
    shutil.rmtree(ready)
    sync_folder(folder)
