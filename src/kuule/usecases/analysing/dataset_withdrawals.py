"""What people took back, taken out of a dataset; and the lock, after which nothing can be taken out any more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from kuule.dataset.lifecycle.locking import lock_dataset
from kuule.dataset.lifecycle.row_removal import forget_rows
from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.usecases.withdrawn_lists import read_withdrawn_lists, withdrawn_row_ids


def forget_answers(archives: Iterable[Path], dataset: Path) -> int:
    """Take out of a dataset what the archives say was taken back; returns how many answers that were.

    Raises ArchiveError: the dataset (locked, damaged), the archives, CLI_021 (one of another study).
    """
    return forget_rows(dataset, withdrawn_row_ids(archives, read_dataset(dataset).info.study))


def lock_answers(dataset: Path, archives: Iterable[Path], *, now: datetime) -> int:
    """Take out what was taken back, destroy the map of rows, mark the dataset as locked; it cannot be undone.

    Returns how many answers were taken out. Raises ArchiveError as `lock_dataset`, CLI_021 (an archive of another
    study).
    """
    lists = read_withdrawn_lists(archives, read_dataset(dataset).info.study)
    return lock_dataset(dataset, lists, now)
