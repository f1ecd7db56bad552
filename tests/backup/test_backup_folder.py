"""A folder of backups: names, which is the newest, which go."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from kuule.backup.backup_folder import backup_path, kept_backups, locked_folder, newest_backup, remove_older, set_day
from kuule.core.problems import BackupError

TODAY = date(2026, 11, 28)


def days_in(folder: Path, study: str) -> list[int]:
    return [(TODAY - one.day).days for one in kept_backups(folder, study)]


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    for study, ages in (("one", (0, 1, 5, 30)), ("one-more", (40,))):
        for age in ages:
            backup_path(tmp_path, study, TODAY - timedelta(days=age)).write_bytes(b"")
    (tmp_path / "one-2026-99-99.kuule-backup").write_bytes(b"")
    (tmp_path / "notes.txt").write_bytes(b"")
    return tmp_path


@pytest.mark.parametrize(
    ("keep", "days", "left"),
    [(2, None, [0, 1]), (9, 5, [0, 1, 5]), (1, 1, [0]), (9, None, [0, 1, 5, 30]), (9, 1, [0, 1])],
)
def test_older_ones_of_the_study_go_and_no_other_file(
    shelf: Path, keep: int, days: int | None, left: list[int]
) -> None:
    remove_older(shelf, "one", keep=keep, days=days, today=TODAY)
    assert (days_in(shelf, "one"), days_in(shelf, "one-more")) == (left, [40])
    assert {"one-2026-99-99.kuule-backup", "notes.txt"} <= {path.name for path in shelf.iterdir()}


def test_newest_stays_however_old_it_is(shelf: Path) -> None:
    remove_older(shelf, "one-more", keep=1, days=1, today=TODAY)
    assert days_in(shelf, "one-more") == [40]


def test_newest_of_a_study_is_found_and_a_choice_is_not_guessed(shelf: Path) -> None:
    assert newest_backup(shelf, "one", today=TODAY) == backup_path(shelf, "one", TODAY)
    for study in (None, "third"):
        with pytest.raises(BackupError, match="BACKUP_013"):
            newest_backup(shelf, study, today=TODAY)


def test_clock_that_was_set_back_takes_no_backup_away_and_restores_no_old_one(shelf: Path) -> None:
    """The one that was just made went, since those from before were newer by their names; and while a file from a clock
    that had been ahead lay there, an old backup was restored for the newest."""
    back = TODAY - timedelta(days=3)
    backup_path(shelf, "one", back).write_bytes(b"")
    gone = remove_older(shelf, "one", keep=1, days=None, today=back)
    assert (days_in(shelf, "one"), len(gone)) == ([0, 1, 3], 2)
    with pytest.raises(BackupError, match=r"BACKUP_015 .*it is of 2026-11-28, which has not come"):
        newest_backup(shelf, "one", today=back)


def test_two_at_once_are_one_after_the_other(tmp_path: Path) -> None:
    with locked_folder(tmp_path), pytest.raises(BackupError, match="BACKUP_008"), locked_folder(tmp_path):
        pass
    with locked_folder(tmp_path):
        pass


def test_times_of_a_file_say_its_day_and_no_hour(tmp_path: Path) -> None:
    path = tmp_path / "one"
    path.write_bytes(b"")
    set_day(path, TODAY)
    assert (path.stat().st_mtime % 86_400, path.stat().st_atime % 86_400) == (0, 0)
