"""Writes what is backed up into a file: the tables of the store, editions, the study folder, the workbench's data."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import IO

from kuule.backup.backup_layout import STORE, unreadable
from kuule.backup.backup_manifest import BackedUpFile, BackedUpStore, BackedUpTable, BackupManifest
from kuule.backup.backup_writing import BackupWriter
from kuule.backup.folder_contents import ACCOUNTS, files_of_folder
from kuule.core.problems import BackupError, Problem
from kuule.core.sqlite_copy import copy_sqlite
from kuule.store.rows.table_transfer import (
    count_rows,
    read_store_state,
    table_columns,
    transferred_tables,
)
from kuule.study.edition.study_edition import Edition
from kuule.usecases.recovery.table_reading import TableReading

_PIECE = 1 << 20
_SESSIONS = "DELETE FROM django_session"


@dataclass(frozen=True, slots=True)
class BackupSources:
    """What is backed up of one study: its editions, and what there is of the rest. `database` is the address of the
    store, "" for none."""

    study_id: str
    editions: Sequence[tuple[Path, Edition]]
    database: str = ""
    study: Path | None = None
    workbench: Path | None = None

    @property
    def is_rehearsal(self) -> bool:
        """Whether it is for practice, as its editions say; not where it has none."""
        return any(edition.rehearsal for _, edition in self.editions)


def write_contents(writer: BackupWriter, sources: BackupSources, *, day: date, scratch: Path) -> BackupManifest:
    """Write everything, from the store that is configured. Returns what the manifest says; the manifest itself is not
    written yet. `scratch` is an empty folder for what has to be copied first.

    Raises StoreError, and BackupError: BACKUP_001, BACKUP_005 to BACKUP_007 (the store gave fewer answers than it had).
    """
    store = _write_store(writer) if sources.database else None
    files: dict[str, BackedUpFile] = {}
    for name, path in _files(sources, scratch):
        files[name] = _write_file(writer, name, path)
    return BackupManifest(sources.study_id, day, sources.is_rehearsal, store, files)


def _write_store(writer: BackupWriter) -> BackedUpStore:
    state = read_store_state()
    responses, tombstones = count_rows("store_response"), count_rows("store_withdrawal")
    tables = tuple(_write_table(writer, table) for table in transferred_tables())
    store = BackedUpStore(state.migration, state.audience, tables)
    since = store.rows_of("store_withdrawal") - tombstones
    if store.rows_of("store_response") < responses - since:
        cause = f"the store had {responses:,} answers and gave {store.rows_of('store_response'):,}"
        raise BackupError(
            Problem("BACKUP_007", "the database", cause, "see whether the disk is sound; there is no new backup")
        )
    return store


def _write_table(writer: BackupWriter, table: str) -> BackedUpTable:
    reading = TableReading(table, table_columns(table))
    for number, content in enumerate(reading.parts(), start=1):
        writer.add(f"{STORE}{table}/{number:06d}", content)
    return reading.found


def _files(sources: BackupSources, scratch: Path) -> Iterator[tuple[str, Path]]:
    for folder, edition in sources.editions:
        yield from ((f"editions/{edition.id}/{name}", path) for name, path in files_of_folder(folder))
    if sources.study is not None:
        yield from ((f"study/{name}", path) for name, path in files_of_folder(sources.study))
    if sources.workbench is not None:
        found = files_of_folder(sources.workbench, workbench=True)
        yield from ((f"workbench/{name}", path) for name, path in found)
        if (sources.workbench / ACCOUNTS).is_file():
            yield f"workbench/{ACCOUNTS}", copy_accounts(sources.workbench / ACCOUNTS, scratch / ACCOUNTS)


def copy_accounts(accounts: Path, to: Path) -> Path:
    """Copy the workbench's database while it is used, without the sessions that are open: who has a backup signs in as
    nobody. Raises BackupError BACKUP_001."""
    try:
        copy_sqlite(accounts, to)
        with closing(sqlite3.connect(to)) as copy:
            copy.execute("PRAGMA journal_mode = DELETE")
            copy.execute("PRAGMA secure_delete = ON")
            with copy:
                copy.execute(_SESSIONS)
            copy.execute("VACUUM")
    except (OSError, sqlite3.Error) as error:
        cause = f"the workbench's accounts cannot be copied ({error})"
        remedy = "see that it is the data folder of a workbench, and that the disk has room"
        raise BackupError(Problem("BACKUP_001", str(accounts), cause, remedy)) from error
    return to


def _write_file(writer: BackupWriter, name: str, path: Path) -> BackedUpFile:
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            hashed = _HashedReader(file)
            writer.add_stream(name, hashed, size)
    except OSError as error:
        raise unreadable(path, error) from error
    return BackedUpFile(size, hashed.hexdigest())


class _HashedReader:
    """Hashes a file while it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._hash = sha256()

    def read(self, size: int = _PIECE) -> bytes:
        content = self._file.read(size)
        self._hash.update(content)
        return content

    def hexdigest(self) -> str:
        return self._hash.hexdigest()
