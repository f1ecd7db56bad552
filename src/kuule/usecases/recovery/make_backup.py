"""Makes a backup, tries it by restoring it, and only then gives it its name. Older ones go afterwards."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kuule.backup.backup_file import BackupFile, sealed_header_of
from kuule.backup.backup_folder import (
    backup_path,
    future_sentence,
    kept_backups,
    locked_folder,
    put_in_place,
    remove_older,
    set_day,
    was_without_answers,
)
from kuule.backup.backup_layout import unreadable
from kuule.backup.backup_manifest import BackupManifest
from kuule.backup.backup_writing import backup_writer
from kuule.core.files import create_private_file, sync_stream
from kuule.core.problems import BackupError, Problem, StudyError
from kuule.sealing.keys import PublicKey
from kuule.store.database import close_connections, configure
from kuule.store.rows.responses import read_key_ids
from kuule.store.rows.table_transfer import read_store_state
from kuule.study.edition.study_edition import Edition, read_edition
from kuule.study.settings.study_toml import read_settings
from kuule.usecases.progress import SILENT, ProgressListener
from kuule.usecases.recovery.backup_contents import BackupSources, write_contents
from kuule.usecases.recovery.restored_folders import restore_folders
from kuule.usecases.recovery.store_restoring import restore_store

KEEP = 2
"""How many backups of a study stay, if nothing else is said: what somebody withdraws is in each of them until it goes.
"""
_UNFINISHED = ".kuule-backup.unfinished"


@dataclass(frozen=True, slots=True)
class MadeBackup:
    """The file, what it has, and which older ones were removed."""

    path: Path
    manifest: BackupManifest
    size: int
    removed: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Retention:
    """How many backups of a study stay, and for how many days (None: no limit)."""

    keep: int = KEEP
    days: int | None = None


def gather_sources(
    editions: Sequence[Path], *, database: str = "", study: Path | None = None, workbench: Path | None = None
) -> BackupSources:
    """What is to be backed up, checked to be of one study. Raises StudyError, and BackupError BACKUP_010 (editions or a
    folder of another study), BACKUP_014 (it is not said whose it is)."""
    read = tuple((path, read_edition(path)) for path in editions)
    ids = sorted({edition.study.id for _, edition in read})
    if len(ids) > 1:
        raise _other_study(str(editions[0]), f"these are editions of several studies: {', '.join(ids)}")
    if not ids:
        return BackupSources(_study_without_edition(study, database), read, database, study, workbench)
    if study is not None:
        _check_study_folder(study, ids[0])
    return BackupSources(ids[0], read, database, study, workbench)


def _study_without_edition(study: Path | None, database: str) -> str:
    """The study of a workbench, which may have no edition yet."""
    if study is not None and not database:
        return read_settings(study).id
    cause = "nothing says whose answers these are" if database else "nothing says which study this is of"
    remedy = "give --edition for each edition that is or was served; without answers --study is enough"
    raise BackupError(Problem("BACKUP_014", "--edition", cause, remedy))


def _check_study_folder(study: Path, wanted: str) -> None:
    try:
        found = read_settings(study).id
    except StudyError:
        return  # somebody is in the middle of a change: a backup is needed all the same
    if found != wanted:
        raise _other_study(str(study), f"this is the folder of the study {found!r}, and the editions are of {wanted!r}")


def _other_study(place: str, cause: str) -> BackupError:
    remedy = "make a backup for each study: no file has what another one would give away"
    return BackupError(Problem("BACKUP_010", place, cause, remedy))


def make_backup(
    folder: Path,
    sources: BackupSources,
    *,
    today: date,
    seal_to: PublicKey | None = None,
    retention: Retention | None = None,
    progress: ProgressListener = SILENT,
) -> MadeBackup:
    """Make the backup of a day in a folder of backups, in the place of an earlier one of that day.

    It is restored into a database and a folder beside it first, and compared; if anything is not as it was, there is no
    new backup, and every older one stays. Raises StudyError, StoreError and BackupError: BACKUP_001, BACKUP_004 (the
    database is of another study), BACKUP_005 to BACKUP_008, BACKUP_012 (the key is that of a study), BACKUP_016 (the
    earlier one of that day has answers, or may have some, and this one has none).
    """
    retention = retention or Retention()
    _check_seal(seal_to, [edition for _, edition in sources.editions])
    if seal_to is None:
        progress.note(
            "note: it is not sealed (--seal-to): whoever gets it can read the study and the workbench's accounts,"
            " and try codes with which answers are withdrawn"
        )
    if not sources.database:
        progress.note("note: no answer is in it, since no --database was given")
    with locked_folder(folder), _unfinished_folder(folder) as unfinished:
        path = backup_path(folder, sources.study_id, today)
        if not sources.database:
            _check_replaced(path)
        draft = unfinished / "backup"
        with progress.spinner("writing"):
            manifest, backup = _write(draft, sources, today=today, seal_to=seal_to, scratch=unfinished)
        with progress.spinner("restoring it, to see whether it can be"):
            try_backup(backup, manifest, unfinished / "tried")
        size = draft.stat().st_size
        set_day(draft, today)
        put_in_place(draft, path, without_answers=not sources.database)
        removed = remove_older(folder, manifest.study, keep=retention.keep, days=retention.days, today=today)
        newest = kept_backups(folder, manifest.study)[0]
    if newest.day > today:
        progress.note(f"note: {newest.path.name} stays, and hides this one: {future_sentence(newest, today)}")
    return MadeBackup(path, manifest, size, removed)


def _write(
    draft: Path, sources: BackupSources, *, today: date, seal_to: PublicKey | None, scratch: Path
) -> tuple[BackupManifest, BackupFile]:
    if sources.database:
        configure(sources.database)
        _check_database([edition for _, edition in sources.editions])
    try:
        with create_private_file(draft) as file, backup_writer(file, seal_to) as (writer, finish):
            manifest = write_contents(writer, sources, day=today, scratch=scratch)
            key = finish(manifest)
            sync_stream(file)
    except OSError as error:
        raise unreadable(draft.parent.parent, error) from error
    finally:
        if sources.database:
            close_connections()
    return manifest, BackupFile(draft, key)


def _check_seal(seal_to: PublicKey | None, editions: Sequence[Edition]) -> None:
    """A backup is restored on a server: the key for that must open no answer."""
    if seal_to is not None and seal_to.key_id in {edition.key.key_id for edition in editions}:
        cause = "answers are sealed to this key, and whoever restores a backup has to bring its secret to a server"
        remedy = "make a key for backups: `kuule keys new`, in another folder, and keep its secret elsewhere"
        raise BackupError(Problem("BACKUP_012", "--seal-to", cause, remedy))


def _check_database(editions: Sequence[Edition]) -> None:
    """Raise BackupError BACKUP_004 if answers in the database are sealed to keys of other editions, or it is of another
    audience."""
    state = read_store_state()
    foreign = read_key_ids() - {edition.key.key_id for edition in editions}
    audience = editions[0].study.audience
    if not foreign and state.audience in ("", audience):
        return
    keys = ", ".join(sorted(key.hex() for key in foreign))
    cause = f"its answers are sealed to another key ({keys})" if foreign else "it is of a study with another audience"
    remedy = "give the database of this study, and --edition for each of its editions"
    raise BackupError(Problem("BACKUP_004", "--database", cause, remedy))


def _check_replaced(path: Path) -> None:
    """Raise BackupError BACKUP_016 if a backup without answers would take the place of one that may have some.

    A sealed one cannot be looked into here: the folder says of the newest whether it was made without answers.
    """
    if not path.exists() or was_without_answers(path):
        return
    try:
        if sealed_header_of(path) is None and BackupFile(path).read_manifest().store is None:
            return
    except BackupError:
        return  # it is no whole backup, and nothing can be restored from it
    cause = "the backup of today is here already and has answers, or may have some; the new one would have none"
    remedy = "give --database too, or another folder; to do without the earlier one, move it away. It was left as it is"
    raise BackupError(Problem("BACKUP_016", str(path), cause, remedy))


def try_backup(backup: BackupFile, manifest: BackupManifest | None, scratch: Path) -> BackupManifest:
    """Restore a backup into a new folder, by what restores one in earnest, and remove what was restored. Returns what
    it has.

    `manifest` is what it ought to have. Raises BackupError: BACKUP_002, BACKUP_003, BACKUP_007 (it has something else).
    """
    found = backup.read_manifest()
    if manifest is not None and found != manifest:
        cause = "what is read back is not what was written"
        remedy = "see whether the disk and the memory of this machine are sound; there is no new backup"
        raise BackupError(Problem("BACKUP_007", str(backup.path), cause, remedy))
    scratch.mkdir(mode=0o700)
    try:
        if found.store is not None:
            restore_store(backup, found, f"sqlite:///{scratch / 'answers.sqlite3'}")
        if found.files:
            restore_folders(backup, found, scratch / "folders")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return found


@contextmanager
def _unfinished_folder(folder: Path) -> Iterator[Path]:
    """A folder for what is being made. One that a killed process left is removed first: this process has the lock."""
    unfinished = folder / _UNFINISHED
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
    except OSError as error:
        raise unreadable(folder, error) from error
    try:
        yield unfinished
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
