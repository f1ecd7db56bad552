"""Puts the store of a backup into a new database: all of it or nothing, compared with the backup before it is used.

A file is made under another name and gets its own at the end; on a server everything is one transaction. So a process
that was killed leaves nothing that could be served, and can be started again.
"""

from __future__ import annotations

import os
from pathlib import Path

from django.db import transaction

from kuule.backup.backup_file import BackupFile
from kuule.backup.backup_folder import locked_folder
from kuule.backup.backup_layout import STORE, unreadable
from kuule.backup.backup_manifest import BackedUpStore, BackupManifest
from kuule.backup.table_rows import MalformedRows, decode_rows
from kuule.core.files import sync_file, sync_folder
from kuule.core.problems import BackupError, Problem
from kuule.store.database import close_connections, configure, migrate_store, prepare_store
from kuule.store.location.database_address import SqliteAddress, read_address
from kuule.store.rewriting import rewrite_store
from kuule.store.rows.table_transfer import (
    TRANSFERRED,
    finish_restored_store,
    insert_rows,
    is_new_store,
    knows_migration,
    let_transaction_take_long,
)
from kuule.usecases.progress import SILENT, ProgressListener
from kuule.usecases.recovery.table_reading import is_in_store

_SUFFIX = ".restoring"
_JOURNALS = ("", "-journal")


def restore_store(
    backup: BackupFile, manifest: BackupManifest, database: str, progress: ProgressListener = SILENT
) -> bool:
    """Restore the store of a backup into a new database. Returns False, and changes nothing, if it is there already as
    it is in the backup. `progress` is warned where a log of the server has what was withdrawn meanwhile (STORE_024,
    STORE_042).

    Raises StoreError, and BackupError: BACKUP_002, BACKUP_003 (its tables are of a newer version), BACKUP_007 (what was
    restored is not what is in the backup), BACKUP_008, BACKUP_009 (there is something else).
    """
    store = manifest.store
    if store is None:
        cause = "there is no database in this backup"
        raise BackupError(Problem("BACKUP_009", str(backup.path), cause, "leave --database out"))
    address = read_address(database)
    configure(database)
    _check_version(store, backup.path)
    if isinstance(address, SqliteAddress):
        return _restore_file(backup, manifest, store, address.path)
    if not is_new_store():
        return _refuse_unless_same(store, database)
    progress.warn(_fill(backup, manifest, store))
    return True


def _check_version(store: BackedUpStore, place: Path) -> None:
    unknown = [table.name for table in store.tables if table.name not in TRANSFERRED]
    if unknown or not knows_migration(store.migration):
        cause = f"its tables are of version {store.migration}, which a newer Kuule made"
        remedy = "use the version of Kuule that made it, or a newer one"
        raise BackupError(Problem("BACKUP_003", str(place), cause, remedy))


def _restore_file(backup: BackupFile, manifest: BackupManifest, store: BackedUpStore, path: Path) -> bool:
    unfinished = path.with_name(f".{path.name}{_SUFFIX}")
    with locked_folder(path.parent):
        if path.exists() or path.is_symlink():
            return _refuse_unless_same(store, f"sqlite:///{path}")
        _remove(unfinished)
        configure(f"sqlite:///{unfinished}")
        try:
            _fill(backup, manifest, store)
            sync_file(unfinished)
            os.link(unfinished, path, follow_symlinks=False)
        except OSError as error:
            raise unreadable(path, error) from error
        finally:
            close_connections()
            _remove(unfinished)
        sync_folder(path.parent)
    return True


def _remove(path: Path) -> None:
    for suffix in _JOURNALS:
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _fill(backup: BackupFile, manifest: BackupManifest, store: BackedUpStore) -> tuple[Problem, ...]:
    """Make the tables as they were, put the rows in, compare, bring the tables up to this version. Returns what is left
    elsewhere (`rewrite_store`)."""

    def fill() -> None:
        if not is_new_store():
            raise _not_empty("the database")
        let_transaction_take_long()
        migrate_store(store.migration)
        with transaction.atomic():
            _insert_all(backup, store)
            _compare(store, str(backup.path))
        migrate_store()
        finish_restored_store(store.audience, manifest.day.isoformat())

    try:
        prepare_store(new=True, fill=fill)
        return rewrite_store()  # nothing is left of an answer that was withdrawn while the backup was made
    finally:
        close_connections()


def _insert_all(backup: BackupFile, store: BackedUpStore) -> None:
    columns = {table.name: table.columns for table in store.tables}
    for name, _, content in backup.members():
        if name.startswith(STORE):
            table = name.split("/")[1]
            if table not in columns or TRANSFERRED[table] != columns[table][0]:
                raise backup.damage_error()
            try:
                insert_rows(table, columns[table], decode_rows(content.read(), len(columns[table])))
            except MalformedRows as error:
                raise backup.damage_error() from error


def _compare(store: BackedUpStore, place: str) -> None:
    for table in store.tables:
        if not is_in_store(table):
            cause = f"the table {table.name} does not come out of the backup as it went in"
            remedy = "see whether the disk and the memory of this machine are sound, and take another backup"
            raise BackupError(Problem("BACKUP_007", place, cause, remedy))


def _refuse_unless_same(store: BackedUpStore, database: str) -> bool:
    """Return False if the database is what the backup has; otherwise raise BACKUP_009."""
    configure(database)
    try:
        prepare_store()
        same = all(is_in_store(table) for table in store.tables)
    finally:
        close_connections()
    if not same:
        raise _not_empty(database.rpartition("@")[2])
    return False


def _not_empty(place: str) -> BackupError:
    cause = "something else is there already, and nothing is written over it"
    return BackupError(Problem("BACKUP_009", place, cause, "give a new database, or move that one away first"))
