"""A new store as `prepare_store(new=True)` leaves it, by a copy of one that was made in this process: to make the
tables takes longer than most tests that keep something. For tests to which that is not the point."""

from __future__ import annotations

from pathlib import Path

from kuule.store.database import prepare_store


class _Made:
    """The bytes of a new file with nothing in it."""

    content = b""


def prepare_copy(path: Path) -> None:
    """As `prepare_store(new=True)`, where the database of this process is the SQLite file at `path`."""
    if path.exists():
        prepare_store(new=True)
    elif _Made.content:
        path.touch(0o600)
        path.write_bytes(_Made.content)
        prepare_store(new=True)
    else:
        prepare_store(new=True)
        _Made.content = path.read_bytes()
