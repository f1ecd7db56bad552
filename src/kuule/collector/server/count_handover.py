"""What a worker has counted for partners and the store does not have yet, handed to the next server in memory.

Otherwise a server that is restarted in the evening would lose the day's counts. They are in a memory file system, for
this user alone, and only while no server runs: never on a disk, and never in the store before midnight.
"""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from kuule.collector.session.partner_counts import Tally
from kuule.collector.session.token_secret import MEMORY_FOLDER, can_create_files
from kuule.core.files import create_private_file

_NAME = "kuule-counts"
_NOT_FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_MOST_BYTES = 1024 * 1024


def handover_folder(environment: Mapping[str, str], memory: Path = MEMORY_FOLDER) -> Path | None:
    """The service's own folder in memory (systemd's RuntimeDirectory), otherwise the login session's, otherwise the
    shared one.

    None where there is none: then what waits is lost when the server stops.
    """
    named = (environment.get(name) for name in ("RUNTIME_DIRECTORY", "XDG_RUNTIME_DIR"))
    folders = (*(Path(one) for one in named if one), memory)
    return next(filter(can_create_files, folders), None)


def hand_over_counts(tally: Tally, folder: Path, store: int) -> None:
    """Leave a worker's counts for the store with this identity. Where that cannot be done they are lost, as after a
    crash: a figure for partners is always "at least"."""
    text = tally.to_text()
    if not text:
        return
    with suppress(OSError):
        path = folder / f"{_prefix(store)}{secrets.token_hex(8)}"
        draft = path.with_suffix(
            ".partial"
        )  # not `atomic_file`: memory has nothing to sync, and `.partial` is passed over
        with create_private_file(draft) as file:
            file.write(text.encode())
        draft.rename(path)


def take_over_counts(tally: Tally, folder: Path, store: int) -> None:
    """Take over what was left for this store. Where there are several workers, each file goes to one."""
    for path in sorted(folder.glob(f"{_prefix(store)}*")):
        for text in _claimed(path):
            tally.add_text(text)


def _claimed(path: Path) -> Iterator[str]:
    """The content, for one process only: whoever renames the file has it. What another user put there is left alone."""
    if path.suffix:
        return
    with suppress(OSError):
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & _NOT_FOR_OTHERS:
            return
        mine = path.with_suffix(f".{os.getpid()}")
        path.rename(mine)
        try:
            if found.st_size <= _MOST_BYTES:
                yield mine.read_text(encoding="utf-8")
        finally:
            mine.unlink()


def _prefix(store: int) -> str:
    return f"{_NAME}-{store:016x}-"
