"""Locks a dataset, for good, after the last day on which answers can be withdrawn, and with everything removed that was
withdrawn until then."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kuule.core.problems import ArchiveError, Problem
from kuule.dataset.lifecycle.dataset_folder import exclusive_access, path_with_name
from kuule.dataset.lifecycle.lock_marker import check_unlocked, is_locked, mark_locked
from kuule.dataset.lifecycle.opened_rows import OPENED_ROWS
from kuule.dataset.lifecycle.row_map import destroy_row_map, read_row_map, row_map_path
from kuule.dataset.lifecycle.row_removal import remove_rows
from kuule.dataset.schema.dataset_info import DatasetInfo
from kuule.dataset.schema.dataset_reader import Dataset, read_dataset
from kuule.study.settings.coming_back_settings import ComingBackSettings

if TYPE_CHECKING:
    from kuule.sealing.withdrawal_list import WithdrawalList


def lock_dataset(dataset: Path, lists: Mapping[Path, WithdrawalList], now: datetime) -> int:
    """Remove what `lists` (by archive) say was withdrawn, mark the dataset as locked, and destroy its row map and the
    list of the rows that it was made of.

    Returns how many responses were removed. The dataset is marked before anything is destroyed: if it stops in between,
    the dataset is locked, and the two files are destroyed when `kuule lock` runs again.

    Raises ArchiveError DATA_004 to DATA_006, DATA_011 (locked already, and the row map is gone), DATA_012 (people were
    promised that they can withdraw what they sent, and that day is not over), DATA_013 (no archive was written after
    that day), DATA_014 (answers can be withdrawn, and there is no row map), DATA_016 (another process is changing it),
    DATA_018 (what remains cannot be written).
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
    removed = 0
    if row_map_path(dataset).exists() or found.study.coming_back.withdraw_until:
        check_lock_day(dataset, info, lists, now)
        removed = remove_rows(dataset, frozenset().union(*(one.row_ids for one in lists.values())))
    mark_locked(dataset, read_dataset(dataset).info.version)
    _destroy(dataset)
    return removed


def _destroy(dataset: Path) -> bool:
    """Destroy what ties the dataset to rows of an archive. Returns whether there was anything."""
    return any([destroy_row_map(dataset), OPENED_ROWS.destroy(dataset)])


def check_can_publish(dataset: Dataset) -> None:
    """Raise ArchiveError DATA_015 for a dataset of real answers that is not locked. Nothing is removed from a locked
    one, so that no two publications differ by the person who withdrew an answer in between."""
    if dataset.info.rehearsal or is_locked(dataset.path):
        return
    cause = "it is not locked, and only a locked dataset is published"
    remedy = "lock it first (`kuule lock`); for analysis that is not published, `kuule export`"
    raise ArchiveError(Problem("DATA_015", str(dataset.path), cause, remedy))


def check_lock_day(dataset: Path, info: DatasetInfo, lists: Mapping[Path, WithdrawalList], now: datetime) -> None:
    """Raise ArchiveError DATA_012 while people may still withdraw what they sent."""
    until = read_row_map(dataset, info.version).until
    if ComingBackSettings(withdraw_until=until).accepts_withdrawals(now):
        cause = f"people were promised that they can take back what they sent until {until}, anywhere on Earth"
        raise ArchiveError(Problem("DATA_012", str(dataset), cause, "lock it after that day"))
    if not any(one.closed and one.until is not None and one.until >= until for one in lists.values()):
        cause = f"no archive is given that was written after {until}, so what was taken back last is not known"
        remedy = "run `kuule archive` where the collector is, and give that file with --archive"
        raise ArchiveError(Problem("DATA_013", str(dataset), cause, remedy))
