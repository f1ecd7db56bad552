"""Replacing the PO files of a folder all together, one writer at a time.

New files are written completely into `languages/.new`, which is then renamed to `.ready`. From that moment the change
is valid: the files are moved to their places, and if that is interrupted, the next reader or writer completes it.
Before that moment nothing has changed.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from kuule.core.files import sync_folder, write_atomically, write_synced
from kuule.core.locks import BusyError, exclusive_lock
from kuule.core.problems import Problem, StudyError
from kuule.core.regular_files import read_regular_file

_NEW = ".new"
_READY = ".ready"
_HELD = ".held"
"""A file that exists while somebody is writing."""
_MOMENT = 2.0
"""Seconds within which the files are in place if somebody is moving them."""
_AGAIN = 0.01
"""Seconds between two checks whether somebody else is writing."""


@contextmanager
def lock_catalogues(folder: Path, patience: float = 0) -> Iterator[None]:
    """Become the only writer of translations in `folder`, which is created if it is missing, and complete an
    interrupted change.

    Raises StudyError LANG_056 if somebody else is writing for longer than `patience` seconds.
    """
    folder.mkdir(exist_ok=True)
    with ExitStack() as stack:
        try:
            stack.enter_context(exclusive_lock(folder / _HELD, patience=patience))
        except BusyError:
            cause = "another import is changing the translations at this moment"
            raise StudyError(Problem("LANG_056", str(folder), cause, "try again when it is done")) from None
        put_in_place(folder)
        yield


def replace_catalogues(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files (by their path within `folder`): all of them, or none. To be called within `lock_catalogues`.

    Raises OSError, and then nothing has changed: what was moved already, because only the second of two places can
    take no file, is as it was. Whoever is told that nothing was saved must not find it saved later.
    """
    before = {name: read_regular_file(folder / name) for name in files if (folder / name).is_file()}
    new = folder / _NEW
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    for name, content in files.items():
        (new / name).parent.mkdir(parents=True, exist_ok=True)
        write_synced(new / name, content)
    new.rename(folder / _READY)
    try:
        sync_folder(folder)
        put_in_place(folder)
    except OSError:
        _take_back(folder, tuple(files), before)
        raise


def _take_back(folder: Path, names: Sequence[str], before: Mapping[str, bytes]) -> None:
    """Undo what `put_in_place` has moved. Until the end the change stays valid: what breaks off here is completed."""
    ready = folder / _READY
    with suppress(OSError):
        for name in (one for one in names if not (ready / one).exists()):
            if name in before:
                write_atomically(folder / name, before[name])
            else:
                (folder / name).unlink(missing_ok=True)
        ready.rename(folder / _NEW)
        shutil.rmtree(folder / _NEW)


def is_replacement_pending(folder: Path) -> bool:
    """Whether a valid change has not been moved into place and nobody is doing so now."""
    until = time.monotonic() + _MOMENT
    while (folder / _READY).is_dir():
        if not (folder / _HELD).exists() or time.monotonic() >= until:
            return (folder / _READY).is_dir()
        time.sleep(_AGAIN)
    return False


def finish_replacement(folder: Path, patience: float = 0) -> None:
    """Put in its place what was broken off, where anything was. Raises StudyError as `lock_catalogues` does."""
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
