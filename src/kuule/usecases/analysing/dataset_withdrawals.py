"""Removing withdrawn responses from a dataset, and locking it, after which none can be removed any more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from kuule.dataset.lifecycle.locking import lock_dataset
from kuule.dataset.lifecycle.row_removal import forget_rows
from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.usecases.withdrawn_lists import read_withdrawn_lists, withdrawn_row_ids


def forget_answers(archives: Iterable[Path], dataset: Path) -> int:
    """Remove from a dataset the responses that the archives list as withdrawn. Returns how many were removed.

    Raises ArchiveError if the dataset is locked or damaged, if an archive is damaged, or CLI_021 if an archive is of
    another study.
    """
    return forget_rows(dataset, withdrawn_row_ids(archives, read_dataset(dataset).info.study))


def lock_answers(dataset: Path, archives: Iterable[Path], *, now: datetime) -> int:
    """Remove withdrawn responses, destroy the row map and mark the dataset as locked. This cannot be undone.

    Returns how many responses were removed. Raises ArchiveError like `lock_dataset`, and CLI_021 if an archive is of
    another study.
    """
    lists = read_withdrawn_lists(archives, read_dataset(dataset).info.study)
    return lock_dataset(dataset, lists, now)
