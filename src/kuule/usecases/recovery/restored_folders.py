"""Puts the folders of a backup into a new folder: whole and compared with the backup, or not at all."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from kuule.backup.backup_file import BackupFile
from kuule.backup.backup_folder import locked_folder
from kuule.backup.backup_layout import unreadable
from kuule.backup.backup_manifest import BackedUpFile, BackupManifest
from kuule.backup.folder_contents import ACCOUNTS
from kuule.core.files import create_private_file, file_sha256
from kuule.core.folders import atomic_folder, unfinished_folders
from kuule.core.problems import BackupError, Problem
from kuule.study.edition.study_edition import read_edition

_PIECE = 1 << 20


def restore_folders(backup: BackupFile, manifest: BackupManifest, to: Path) -> bool:
    """Write the folders of a backup as `to`, which must not exist. Returns False, and changes nothing, if it exists and
    is what the backup has.

    Raises BackupError: BACKUP_001, BACKUP_002, BACKUP_007, BACKUP_008, BACKUP_009; StudyError if an edition is not one.
    """
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        with locked_folder(to.parent):
            if to.exists() and any(to.iterdir()):
                return _refuse_unless_same(manifest, to)
            for left in unfinished_folders(to):
                shutil.rmtree(left, ignore_errors=True)
            with atomic_folder(to, synced=True) as folder:
                _write_all(backup, manifest, folder)
                _check(manifest, folder, str(backup.path))
    except OSError as error:
        raise unreadable(to, error) from error
    return True


def _write_all(backup: BackupFile, manifest: BackupManifest, folder: Path) -> None:
    for name, _, content in backup.members():
        if name not in manifest.files:
            continue
        path = folder.joinpath(*name.split("/"))
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with create_private_file(path) as file:
            while piece := content.read(_PIECE):
                file.write(piece)


def _check(manifest: BackupManifest, folder: Path, place: str) -> None:
    """Look whether what was written is what the backup has, and can be used."""
    if _files_in(folder) != manifest.files or not _is_sound(folder / "workbench" / ACCOUNTS):
        cause = "the files do not come out of the backup as they went in"
        remedy = "see whether the disk and the memory of this machine are sound, and take another backup"
        raise BackupError(Problem("BACKUP_007", place, cause, remedy))
    for edition in manifest.editions:
        read_edition(folder / "editions" / edition)


def _files_in(folder: Path) -> Mapping[str, BackedUpFile]:
    found = (path for path in folder.rglob("*") if not path.is_dir())
    return {
        path.relative_to(folder).as_posix(): BackedUpFile(os.lstat(path).st_size, file_sha256(path)) for path in found
    }


def _is_sound(accounts: Path) -> bool:
    if not accounts.exists():
        return True
    try:
        with closing(sqlite3.connect(f"file:{quote(str(accounts))}?mode=ro&immutable=1", uri=True)) as database:
            return bool(database.execute("PRAGMA integrity_check").fetchone() == ("ok",))
    except sqlite3.Error:
        return False


def _refuse_unless_same(manifest: BackupManifest, to: Path) -> bool:
    if _files_in(to) == manifest.files:
        return False
    cause = "something else is in it already, and nothing is written over it"
    raise BackupError(Problem("BACKUP_009", str(to), cause, "give a new folder, or move that one away first"))
