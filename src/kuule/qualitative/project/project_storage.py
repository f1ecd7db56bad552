"""The project file as SQLite: sealed bytes in two tables, changed in whole transactions. Nothing here knows a key.

SQLite keeps its rollback journal beside the file while it writes. It holds earlier pages of the same sealed bytes, and
whoever opens the file next rolls it back, so that a killed process leaves the last act whole or not at all.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kuule.core.files import create_private_file, sync_folder
from kuule.qualitative.project_model.project_problems import ProjectError, project_error

PROJECT_FORMAT = 1
_APPLICATION_ID = 0x4B554A31
"""KUJ1: what `file` and SQLite see of whose file it is."""
_TABLES = """
CREATE TABLE header (name TEXT PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE rows (id BLOB PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID;
"""
_CONNECTION: Mapping[str, Any] = {"isolation_level": None, "timeout": 0, "check_same_thread": False}
"""Transactions are begun by name, and the session that has the file lets one thread at a time write."""
_HEADER = frozenset({"project", "slot", "head"})
_SCHEMA = frozenset(one.strip() for one in _TABLES.split(";") if one.strip())
"""A file that somebody forged could have views in place of tables, which never end, or triggers."""


@dataclass(frozen=True, slots=True)
class StoredHeader:
    """What is in clear: the project's random id, the slot with Argon2's parameters and the sealed key, and the sealed
    head."""

    project: bytes
    slot: bytes
    head: bytes


@dataclass(frozen=True, slots=True)
class RowChange:
    """One transaction: rows that come, ids of rows that go, and the head after it."""

    head: bytes
    added: Mapping[bytes, bytes]
    removed: Iterable[bytes] = ()


class ProjectStorage:
    """The open file of a project."""

    def __init__(self, path: Path, connection: sqlite3.Connection, header: StoredHeader) -> None:
        self.path = path
        self.header = header
        self._connection = connection

    def rows(self) -> Iterator[tuple[bytes, bytes]]:
        """Every row: id and sealed bytes. Raises ProjectError PROJECT_003."""
        try:
            for row_id, sealed in self._connection.execute("SELECT id, sealed FROM rows"):
                if not (isinstance(row_id, bytes) and isinstance(sealed, bytes)):
                    raise _damaged(self.path, "a row of it is no sealed bytes")
                yield row_id, sealed
        except sqlite3.DatabaseError as error:
            raise _damaged(self.path, error) from None

    def apply(self, change: RowChange) -> None:
        """Make a change whole, and wait until it is on the disk. Raises ProjectError PROJECT_009, PROJECT_008 (another
        process has changed the file since it was read); then nothing has changed."""
        with self._transaction(change.head) as connection:
            connection.executemany("DELETE FROM rows WHERE id = ?", ((one,) for one in change.removed))
            connection.executemany("INSERT INTO rows VALUES (?, ?)", change.added.items())

    def replace_all(self, rows: Iterable[tuple[bytes, bytes]], slot: bytes, head: bytes) -> None:
        """Put other sealed bytes (sealed, id) in place of those that are there, with their slot and head, whole or not
        at all. Raises ProjectError PROJECT_009, PROJECT_008."""
        with self._transaction(head) as connection:
            connection.executemany("UPDATE rows SET sealed = ? WHERE id = ?", rows)
            connection.execute("UPDATE header SET content = ? WHERE name = 'slot'", (slot,))

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def _transaction(self, head: bytes) -> Iterator[sqlite3.Connection]:
        """A transaction with `head` at its end, if the head is still the one that was read or written here last."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                put = "UPDATE header SET content = ? WHERE name = 'head' AND content = ?"
                if self._connection.execute(put, (head, self.header.head)).rowcount != 1:
                    raise _changed_elsewhere(self.path)
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            cause = f"it cannot be written ({error}); what was saved before is there"
            remedy = "make room on the disk, see that the file may be written, then do the last step again"
            raise project_error("PROJECT_009", str(self.path), cause, remedy) from error
        self.header = replace(self.header, head=head)


def create_storage(path: Path, header: StoredHeader) -> None:
    """Write the file of a new project without rows, whole or not at all. No other user can read it.

    Raises ProjectError PROJECT_002 (something has this name), PROJECT_009 (it cannot be written).
    """
    draft = path.with_name(f".{path.name}.new")
    try:
        draft.unlink(missing_ok=True)
        create_private_file(draft).close()
        with closing(sqlite3.connect(draft, **_CONNECTION)) as connection:
            _set_up(connection)
            make_tables(connection, header)
        os.link(draft, path)
        sync_folder(path.parent)
    except FileExistsError:
        cause = "something has this name already"
        raise project_error("PROJECT_002", str(path), cause, "give another name, or move it away first") from None
    except (OSError, sqlite3.Error) as error:
        remedy = "make room, or name a folder where you may write"
        raise project_error("PROJECT_009", str(path), f"it cannot be written ({error})", remedy) from error
    finally:
        draft.unlink(missing_ok=True)


def make_tables(connection: sqlite3.Connection, header: StoredHeader) -> None:
    """Fill an empty database with the tables of a project that has no rows yet."""
    connection.executescript(_TABLES)
    connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {PROJECT_FORMAT}")
    named = (("project", header.project), ("slot", header.slot), ("head", header.head))
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT INTO header VALUES (?, ?)", named)
    connection.execute("COMMIT")


def open_storage(path: Path) -> ProjectStorage:
    """Open the file of a project. What a killed process had not finished is rolled back first.

    Raises ProjectError PROJECT_001 (there is none), PROJECT_003 (it is something else, or damaged), PROJECT_004 (of a
    newer version).
    """
    if not path.is_file():
        cause = "there is no project here"
        raise project_error("PROJECT_001", str(path), cause, "give the file that `kuule project new` made")
    with ExitStack() as stack:
        try:
            connection = stack.enter_context(closing(sqlite3.connect(path, **_CONNECTION)))
            _set_up(connection)
            storage = ProjectStorage(path, connection, _read_header(path, connection))
        except (sqlite3.DatabaseError, TypeError) as error:
            raise _damaged(path, error) from None
        stack.pop_all()
        return storage


def _read_header(path: Path, connection: sqlite3.Connection) -> StoredHeader:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != _APPLICATION_ID:
        raise _damaged(path, "it is another program's file")
    if version != PROJECT_FORMAT:
        cause = f"its format is {version}, and this version knows {PROJECT_FORMAT}"
        raise project_error("PROJECT_004", str(path), cause, "use the version of Kuule that wrote it, or a newer one")
    if {made for (made,) in connection.execute("SELECT sql FROM sqlite_master LIMIT 9")} != _SCHEMA:
        raise _damaged(path, "it has other tables than a project")
    header = dict(connection.execute("SELECT name, content FROM header LIMIT 9"))
    if set(header) != _HEADER or not all(isinstance(one, bytes) for one in header.values()):
        raise _damaged(path, "its header is not whole")
    return StoredHeader(**header)


def _set_up(connection: sqlite3.Connection) -> None:
    for setting in ("journal_mode = DELETE", "synchronous = EXTRA", "secure_delete = ON", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {setting}")


def _changed_elsewhere(path: Path) -> ProjectError:
    cause = "another window or command has changed it since it was read here; nothing was saved"
    return project_error("PROJECT_008", str(path), cause, "close both, and open it once, by one name of the file")


def _damaged(path: Path, why: object) -> ProjectError:
    cause = f"it is no project of Kuule, or it is damaged ({why})"
    return project_error("PROJECT_003", str(path), cause, "take another copy of the file")
