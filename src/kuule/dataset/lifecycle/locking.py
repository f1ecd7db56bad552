"""Locking a dataset: after the last day of taking back, with all that was taken back until then, and for good."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from kuule.core.problems import ArchiveError, Problem
from kuule.dataset.lifecycle.dataset_folder import exclusive_access, path_with_name
from kuule.dataset.lifecycle.lock_marker import check_unlocked, is_locked, mark_locked
from kuule.dataset.lifecycle.opened_rows import OPENED_ROWS
from kuule.dataset.lifecycle.row_map import destroy_row_map, read_row_map, row_map_path
from kuule.dataset.lifecycle.row_removal import remove_rows
from kuule.dataset.schema.dataset_info import DatasetInfo
from kuule.dataset.schema.dataset_reader import Dataset, read_dataset
from kuule.sealing.withdrawal_list import WithdrawalList
from kuule.study.settings.coming_back_settings import ComingBackSettings


def lock_dataset(dataset: Path, lists: Mapping[Path, WithdrawalList], now: datetime) -> int:
    """Take out what `lists` (by archive) say was taken back, mark the dataset as locked, destroy the map of its rows
    and the list of the rows that it was made of.

    Returns how many responses went. Marked first and destroyed then: stopped in between, it is locked, and the two
    go when `kuule lock` is run again.

    Raises ArchiveError DATA_004 to DATA_006, DATA_011 (locked already, and the map is gone), DATA_012 (people were
    promised that they can take back what they sent, and the day is not over), DATA_013 (no archive of a time after that
    day), DATA_014 (answers can be taken back, and there is no map), DATA_016 (somebody changes it), DATA_018
    (what is left after taking out cannot be written).
    """
    dataset = path_with_name(dataset)
    with exclusive_access(dataset):
        return _lock(dataset, lists, now)


def _lock(dataset: Path, lists: Mapping[Path, WithdrawalList], now: datetime) -> int:
    found = read_dataset(dataset)
    info = found.info
    if is_locked(dataset) and _destroy(dataset):
        return 0
    check_unlocked(dataset)
    gone = 0
    if row_map_path(dataset).exists() or found.study.coming_back.withdraw_until:
        check_lock_day(dataset, info, lists, now)
        gone = remove_rows(dataset, frozenset().union(*(one.row_ids for one in lists.values())))
    mark_locked(dataset, read_dataset(dataset).info.version)
    _destroy(dataset)
    return gone


def _destroy(dataset: Path) -> bool:
    """What ties the dataset to rows of an archive; True where there was anything."""
    return any([destroy_row_map(dataset), OPENED_ROWS.destroy(dataset)])


def check_can_publish(dataset: Dataset) -> None:
    """Raise ArchiveError DATA_015 for a dataset of real answers that is not locked: from then on nothing is taken out
    of it any more, so that no two publications differ by the person who took an answer back in between."""
    if dataset.info.rehearsal or is_locked(dataset.path):
        return
    cause = "it is not locked, and only a locked dataset is published"
    remedy = "lock it first (`kuule lock`); for analysis that is not published, `kuule export`"
    raise ArchiveError(Problem("DATA_015", str(dataset.path), cause, remedy))


def check_lock_day(dataset: Path, info: DatasetInfo, lists: Mapping[Path, WithdrawalList], now: datetime) -> None:
    """Refuse to lock while people may still take back what they sent. Raises ArchiveError (DATA_012)."""
    until = read_row_map(dataset, info.version).until
    if ComingBackSettings(withdraw_until=until).accepts_withdrawals(now):
        cause = f"people were promised that they can take back what they sent until {until}, anywhere on Earth"
        raise ArchiveError(Problem("DATA_012", str(dataset), cause, "lock it after that day"))
    if not any(one.closed and one.until is not None and one.until >= until for one in lists.values()):
        cause = f"no archive is given that was written after {until}, so what was taken back last is not known"
        remedy = "run `kuule archive` where the collector is, and give that file with --archive"
        raise ArchiveError(Problem("DATA_013", str(dataset), cause, remedy))
