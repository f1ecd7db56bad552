"""New stores that are there at once: to make the tables takes longer than most tests that keep something, and a dozen
waits for the disk. For tests to which that is not the point.

`prepare_copy` copies a whole file with its identity. With `migrates_once` any other new SQLite file, also one that a
server makes for itself, gets the tables that the migrations made first in this session, and an identity of its own.
`calls_once` does the same for the accounts of a workbench.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from django.db import connection

from kuule.store import database
from kuule.store.database import prepare_store
from kuule.store.location.identity import create_identity

TABLES = "KUULE_TESTS_TABLES"
"""The environment variable with the path of a script of SQL, which the first who migrates writes."""
_IDENTITY = 'INSERT INTO "store_identity"'


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


def migrates_once(migrate: Callable[[str], None]) -> Callable[..., None]:
    """`migrate_store`, with the tables that it made the first time in an SQLite file that had none."""

    def migrated(target: str = "") -> None:
        script = Path(os.environ.get(TABLES, ""))
        if target or not script.name or connection.vendor != "sqlite" or connection.introspection.table_names():
            migrate(target)
        elif script.exists():
            with connection.cursor():
                connection.connection.executescript(script.read_text("utf-8"))
            create_identity()
        else:
            migrate(target)
            _write_tables(script)

    migrated.migrates = migrate  # type: ignore[attr-defined]  # what it stands for
    return migrated


def calls_once(call: Callable[..., object]) -> Callable[..., object]:
    """`call_command`, as the workbench calls it, with the tables of the accounts that "migrate" made the first time in
    this session in a file that had none."""

    def called(command: str, **options: object) -> object:
        script = Path(os.environ.get(TABLES, "")).with_suffix(".accounts") if os.environ.get(TABLES) else None
        if command != "migrate" or script is None or connection.introspection.table_names():
            return call(command, **options)
        if not script.exists():
            call(command, **options)
            _write_tables(script)
            return None
        with connection.constraint_checks_disabled(), connection.cursor():  # some tables are named before they are made
            connection.connection.executescript(script.read_text("utf-8"))
        return None

    return called


def _write_tables(script: Path) -> None:
    with connection.cursor():
        lines = [line for line in connection.connection.iterdump() if not line.startswith(_IDENTITY)]
    written = script.with_suffix(f".{os.getpid()}")
    written.write_text("\n".join(lines), "utf-8")
    written.replace(script)


def migrate_once_from_here() -> None:
    """In this process, where the store is loaded."""
    if not hasattr(database.migrate_store, "migrates"):
        database.migrate_store = migrates_once(database.migrate_store)
