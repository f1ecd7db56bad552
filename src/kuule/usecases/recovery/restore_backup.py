"""Restores a backup: which one, what is in it, and what is done, in the order in which it can be done again after a
kill. Folders come before the database, so that a database is there only once everything is."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kuule.backup.backup_file import BackupFile, sealed_header_of
from kuule.backup.backup_folder import newest_backup
from kuule.backup.backup_manifest import BackupManifest
from kuule.backup.sealed_stream import ContentKey
from kuule.core.problems import BackupError, Problem
from kuule.opening.backup_key import open_content_key
from kuule.store.database import close_connections, configure
from kuule.store.rows.restored_store import restored_day
from kuule.usecases.key_custody.key_sources import KeySources, gather_keys
from kuule.usecases.progress import SILENT, ProgressListener
from kuule.usecases.prompt import Prompt
from kuule.usecases.recovery.make_backup import try_backup
from kuule.usecases.recovery.restored_folders import restore_folders
from kuule.usecases.recovery.store_restoring import restore_store


@dataclass(frozen=True, slots=True)
class ReadBackup:
    """A backup that was read from beginning to end and is whole."""

    file: BackupFile
    manifest: BackupManifest


def read_backup(path: Path, *, study: str | None, keys: KeySources, prompt: Prompt, today: date) -> ReadBackup:
    """Read a backup, or the newest one of a study in a folder of backups.

    Raises BackupError: BACKUP_001 to BACKUP_003, BACKUP_010 (it is of another study), BACKUP_011 (it is sealed, and no
    key was given), BACKUP_012 (to another key), BACKUP_013 (which one is not said), BACKUP_015 (a name does not say
    which is the newest); KeyMaterialError.
    """
    if path.is_dir():
        path = newest_backup(path, study, today=today)
    backup = BackupFile(path, _content_key(path, keys, prompt))
    manifest = backup.read_manifest()
    if study is not None:
        _check_study(manifest, study, str(path))
    return ReadBackup(backup, manifest)


def _check_study(manifest: BackupManifest, named: str, place: str) -> None:
    """Raise BackupError BACKUP_010 unless the backup is of the study that a person names."""
    if named != manifest.study:
        cause = f"it is a backup of the study {manifest.study!r}, and {named!r} was named; nothing was changed"
        raise BackupError(Problem("BACKUP_010", place, cause, "give a backup of the study that is meant"))


def _content_key(path: Path, keys: KeySources, prompt: Prompt) -> ContentKey | None:
    header = sealed_header_of(path)
    if header is None:
        return None
    if not keys.files and not keys.shares:
        cause = f"it is sealed to the key {header.key_id.hex()}, and no key was given"
        remedy = "give its secret key with --key, or its sheets with --share"
        raise BackupError(Problem("BACKUP_011", str(path), cause, remedy))
    *others, last = gather_keys(keys, (), prompt)
    for key in others:
        if key.public.key_id == header.key_id:
            return open_content_key(header, key, str(path))
    return open_content_key(header, last, str(path))


@dataclass(frozen=True, slots=True)
class RestoredParts:
    """What was done; False means that it was there already, as it is in the backup. `settled`: a database that was
    there already is served as it is, since nothing that was withdrawn can have come back with it."""

    folder: bool
    database: bool
    settled: bool = False


def restore_backup(
    read: ReadBackup, *, database: str = "", to: Path | None = None, progress: ProgressListener = SILENT
) -> RestoredParts:
    """Restore the folders, the database, or both, whichever is named. Raises StudyError, StoreError, BackupError."""
    folder = kept = settled = False
    if to is not None:
        with progress.spinner("writing folders"):
            folder = restore_folders(read.file, read.manifest, to)
    if database:
        with progress.spinner("making the database"):
            kept = restore_store(read.file, read.manifest, database, progress)
            settled = not kept and _is_settled(database)
    return RestoredParts(folder, kept, settled)


def _is_settled(database: str) -> bool:
    configure(database)
    try:
        return restored_day() is None
    finally:
        close_connections()


def rehearse_restoring(read: ReadBackup, progress: ProgressListener = SILENT) -> None:
    """Restore everything into a folder that is removed again. Raises as `restore_backup` does."""
    with tempfile.TemporaryDirectory() as scratch, progress.spinner("restoring it, to see whether it can be"):
        try_backup(read.file, read.manifest, Path(scratch) / "tried")
