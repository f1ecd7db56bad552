"""A folder of backups: how they are called, which is the newest, and which older ones go.

A backup is called after its study and its day. The one of a day takes the place of an earlier one of that day.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from kuule.backup.backup_layout import unreadable
from kuule.core.files import sync_folder, write_atomically
from kuule.core.locks import BusyError, exclusive_lock
from kuule.core.problems import BackupError, Problem

ENDING = ".kuule-backup"
_NAME = re.compile(rf"(?P<study>.+)-(?P<day>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}){re.escape(ENDING)}")
_LOCK = ".kuule-backup.lock"
_WITHOUT_ANSWERS = ".kuule-backup.without-answers"
"""Has the name of the newest backup, if that was made without a database: of a sealed one nothing else says it."""


@dataclass(frozen=True, slots=True, order=True)
class KeptBackup:
    """A file in a folder of backups, by what its name says."""

    day: date
    study: str
    path: Path


def name_of_backup(path: Path) -> KeptBackup | None:
    """What the name of a file says; None if it is not that of a backup."""
    match = _NAME.fullmatch(path.name)
    day = _day(match["day"]) if match else None
    return KeptBackup(day, match["study"], path) if match and day else None


def backup_path(folder: Path, study: str, day: date) -> Path:
    """The path of the backup of a study and a day."""
    return folder / f"{study}-{day.isoformat()}{ENDING}"


def kept_backups(folder: Path, study: str | None = None) -> tuple[KeptBackup, ...]:
    """The backups in a folder, of one study or of all, the newest first. Raises BackupError BACKUP_001."""
    try:
        names = sorted(path.name for path in folder.iterdir() if path.is_file())
    except OSError as error:
        raise unreadable(folder, error) from error
    found = (name_of_backup(folder / name) for name in names)
    return tuple(sorted((one for one in found if one is not None and study in (None, one.study)), reverse=True))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def newest_backup(folder: Path, study: str | None, *, today: date) -> Path:
    """The newest backup of a study in a folder; of any, where all are of one study.

    Raises BackupError BACKUP_013 if there is none, or if it is not said of which study; BACKUP_015 if one is of a day
    that has not come, so that a name does not say which is the newest.
    """
    found = kept_backups(folder, study)
    studies = sorted({one.study for one in found})
    if len(studies) == 1:
        if found[0].day > today:
            remedy = "see when each was made, and give the file that is meant; put the clock right that is wrong"
            raise BackupError(Problem("BACKUP_015", str(found[0].path), future_sentence(found[0], today), remedy))
        return found[0].path
    cause = f"it has backups of {len(studies)} studies: {', '.join(studies)}" if studies else "no such backup is here"
    raise BackupError(Problem("BACKUP_013", str(folder), cause, "name one with --study, or give the file itself"))


def future_sentence(backup: KeptBackup, today: date) -> str:
    """Why such a backup may hide a newer one."""
    return f"it is of {backup.day}, which has not come: a clock was wrong, or this one is ({today}, UTC)"


@contextmanager
def locked_folder(folder: Path) -> Iterator[None]:
    """Let one process at a time make or restore a backup here. Raises BackupError BACKUP_001, BACKUP_008."""
    with ExitStack() as stack:
        try:
            stack.enter_context(exclusive_lock(folder / _LOCK))
        except BusyError:
            cause = "another process is making or restoring a backup here"
            remedy = "wait until it has ended, then try again"
            raise BackupError(Problem("BACKUP_008", str(folder), cause, remedy)) from None
        except OSError as error:
            raise unreadable(folder, error) from error
        yield


def remove_older(folder: Path, study: str, *, keep: int, days: int | None, today: date) -> tuple[Path, ...]:
    """Remove the backups of a study beyond the newest `keep`, and those older than so many days; returns which.

    The one of today, which was just tried, always stays. So does whatever is of a day that has not come: beside it the
    one of today would be the old one, if a clock was set back.
    """
    past = [one for one in kept_backups(folder, study) if one.day <= today]
    gone = [
        one.path
        for place, one in enumerate(past)
        if place > 0 and (place >= keep or (days is not None and one.day < today - timedelta(days=days)))
    ]
    for path in gone:
        path.unlink(missing_ok=True)
    sync_folder(folder)
    return tuple(gone)


def was_without_answers(path: Path) -> bool:
    """Whether the folder of a backup says that it was made without a database."""
    try:
        return (path.parent / _WITHOUT_ANSWERS).read_text("utf-8") == path.name
    except (OSError, UnicodeDecodeError):
        return False


def put_in_place(draft: Path, path: Path, *, without_answers: bool) -> None:
    """Give a backup its name, in the place of an earlier one, and let its folder say whether it has no answers.

    If it is killed on the way, the folder does not say that it has none: then the next one is refused, and not lost.
    """
    (path.parent / _WITHOUT_ANSWERS).unlink(missing_ok=True)
    sync_folder(path.parent)
    draft.replace(path)
    sync_folder(path.parent)
    if without_answers:
        with suppress(OSError):
            write_atomically(path.parent / _WITHOUT_ANSWERS, path.name.encode("utf-8"), mode=0o600)


def set_day(path: Path, day: date) -> None:
    """Let the times of a file say its day and no hour. (When its name was last changed, the file system keeps.)"""
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()
    os.utime(path, (midnight, midnight))
