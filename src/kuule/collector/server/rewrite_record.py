"""What the last rewriting of the store came to, in a file in memory, for whoever looks after this machine.

It has no time and no number of anything: only whether it succeeded, and if not, why and for how many days not.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kuule.collector.server.count_handover import handover_folder
from kuule.core.files import write_atomically

_NAME = "kuule-rewriting"
_LONGEST = 64


@dataclass(frozen=True, slots=True)
class RewriteRecord:
    """The last rewriting: `code` is the problem of one that failed, "" of one that succeeded; `days` are those without
    any that succeeded."""

    code: str = ""
    days: int = 0


def write_rewrite_record(folder: Path, store: int, record: RewriteRecord) -> None:
    """Keep it for the store with this identity. Where that cannot be done it is not known, and nothing else fails."""
    with suppress(OSError):
        write_atomically(_path(folder, store), f"{record.code} {record.days}\n".encode(), mode=0o600)


def rewrite_keeper(store: int | None) -> Callable[[RewriteRecord], None]:
    """What keeps each record of this server, in its folder in memory; nothing where it has none."""
    folder = handover_folder(os.environ)
    if folder is None or store is None:
        return lambda _: None
    return partial(write_rewrite_record, folder, store)


def find_rewrite_record(folders: Iterable[Path], store: int) -> RewriteRecord | None:
    """The record in the first of these folders that has one; None if none has, or if it cannot be read."""
    for folder in folders:
        with suppress(OSError, ValueError):
            code, _, days = _path(folder, store).read_text("ascii")[:_LONGEST].strip("\n").partition(" ")
            return RewriteRecord(code, int(days))
    return None


def _path(folder: Path, store: int) -> Path:
    return folder / f"{_NAME}-{store:016x}"
