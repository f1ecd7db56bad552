"""Files that are whole or not there at all, also after a power cut: written beside, synced, and renamed."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PIECE = 1 << 20


def write_whole(path: Path, content: bytes, *, mode: int | None = None) -> None:
    """Write the whole file, or leave the old one as it was. `mode` is that of the new file; else the umask decides."""
    beside = path.with_name(f".{path.name}.new")
    with beside.open("wb") as file:
        if mode is not None:
            os.fchmod(file.fileno(), mode)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


@contextmanager
def whole_folder(to: Path) -> Iterator[Path]:
    """A hidden folder beside `to`, to write into: it takes that name when the block ends well, and goes otherwise.

    It is not synced: for what can be made again.
    """
    to.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{to.name}.", dir=to.parent))
    try:
        yield beside
        beside.rename(to)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


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
