"""Looks whether what is named as the backup before an upgrade is one: of this study and this store, of today, and whole
as far as can be seen without its key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kuule.backup.backup_file import BackupFile, sealed_header_of
from kuule.backup.backup_folder import name_of_backup, newest_backup
from kuule.backup.backup_layout import STORE
from kuule.backup.backup_manifest import BackupManifest
from kuule.backup.backup_writing import is_sealed_length
from kuule.backup.folder_contents import ACCOUNTS
from kuule.backup.table_rows import MalformedRows, decode_rows
from kuule.core.problems import KuuleError, Problem
from kuule.store.database import close_connections, configure
from kuule.store.rows.table_transfer import read_rows

_RESPONSES, _WITHDRAWALS = "store_response", "store_withdrawal"
_MAKE_ONE = "make one with `kuule backup`, and name it"


@dataclass(frozen=True, slots=True)
class BackedUpParts:
    """What has to be in the backups: of which study, of which day, the store (its address, "" for none), and the
    accounts of a workbench."""

    study: str
    today: date
    database: str = ""
    accounts: bool = False


def check_backups(places: Sequence[Path], parts: BackedUpParts) -> tuple[Path, ...]:
    """Look at backups, or at the newest one of the study in a folder. Returns the files.

    Of a sealed one study and day are what its name says, and it is whole if its length is one that a backup has.
    Raises BackupError: BACKUP_001 to BACKUP_003, BACKUP_013 (none is in the folder), BACKUP_015 (which is the newest is
    not known); KuuleError UPGRADE_008 (of another study or store), UPGRADE_009 (not of today), UPGRADE_010 (what is
    brought forward is in none of them); StoreError.
    """
    files = tuple(newest_backup(one, parts.study, today=parts.today) if one.is_dir() else one for one in places)
    read = [_read(file, parts) for file in files]
    opened = [(file, manifest) for file, manifest in zip(files, read, strict=True) if manifest is not None]
    if len(opened) == len(files):
        _check_parts(opened, parts)
    if parts.database:
        for file, manifest in opened:
            _check_store(file, manifest, parts.database)
    return files


def _read(file: Path, parts: BackedUpParts) -> BackupManifest | None:
    """What one that is not sealed says of itself; None of one that is."""
    if sealed_header_of(file) is None:
        manifest = BackupFile(file).read_manifest()
        _check_name(file, manifest.study, manifest.day, parts)
        return manifest
    name = name_of_backup(file)
    if name is None:
        cause = "it is sealed, and its name says neither study nor day"
        raise _not_this_one(file, cause, "give it back the name that `kuule backup` gave it")
    _check_name(file, name.study, name.day, parts)
    if not is_sealed_length(file.stat().st_size):
        raise BackupFile(file).damage_error()
    return None


def _check_name(file: Path, study: str, day: date, parts: BackedUpParts) -> None:
    if study != parts.study:
        cause = f"it is a backup of the study {study!r}, and this one is {parts.study!r}"
        raise _not_this_one(file, cause, _MAKE_ONE)
    if day != parts.today:
        cause = f"it is of {day}, and today is {parts.today} (UTC): what came since is not in it"
        raise KuuleError(Problem("UPGRADE_009", str(file), cause, _MAKE_ONE))


def _check_parts(opened: Sequence[tuple[Path, BackupManifest]], parts: BackedUpParts) -> None:
    lacking = []
    if parts.database and not any(manifest.store for _, manifest in opened):
        lacking.append("the database of answers")
    if parts.accounts and not any(f"workbench/{ACCOUNTS}" in manifest.files for _, manifest in opened):
        lacking.append("the accounts of the workbench")
    if lacking:
        names = ", ".join(str(file) for file, _ in opened)
        cause = f"it is brought forward, and in no backup: {' and '.join(lacking)}"
        raise KuuleError(Problem("UPGRADE_010", names, cause, _MAKE_ONE + ", with --backup once for each"))


def _check_store(file: Path, manifest: BackupManifest, database: str) -> None:
    """Whether each answer in the backup is in the store, or was withdrawn since; and whether it has any at all."""
    if manifest.store is None:
        return
    columns = {table.name: len(table.columns) for table in manifest.store.tables}
    configure(database)
    try:
        none_in_it = not manifest.rows_of(_RESPONSES) and next(_ids(_RESPONSES), None) is not None
        gone = set(_not_among(_ids_in(file, columns.get(_RESPONSES, 1)), _ids(_RESPONSES)))
        foreign = gone - set(_ids(_WITHDRAWALS))
    finally:
        close_connections()
    if foreign:
        cause = "answers are in it that this database never had: it is of another database"
        raise _not_this_one(file, cause, "name the backup of this database")
    if none_in_it:
        raise _not_this_one(file, "no answer is in it, and this database has some", _MAKE_ONE)


def _ids(table: str) -> Iterator[int]:
    for batch in read_rows(table, ("row_id",)):
        for [row_id] in batch:
            yield int(row_id or 0)


def _ids_in(file: Path, columns: int) -> Iterator[int]:
    backup = BackupFile(file)
    for name, _, content in backup.members():
        if name.startswith(f"{STORE}{_RESPONSES}/"):
            try:
                for row in decode_rows(content.read(), columns):
                    yield int(row[0] or 0)
            except MalformedRows as error:
                raise backup.damage_error() from error


def _not_among(wanted: Iterator[int], known: Iterator[int]) -> Iterator[int]:
    """Which of some ascending numbers are not among others."""
    for number in wanted:
        found = next((one for one in known if one >= number), None)
        if found != number:
            yield number


def _not_this_one(file: Path, cause: str, remedy: str) -> KuuleError:
    return KuuleError(Problem("UPGRADE_008", str(file), cause, remedy))
