"""Removes withdrawn rows from a dataset. This is possible until the dataset is locked."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import polars as pl

from kuule.core.problems import ArchiveError
from kuule.dataset.ingest.row_ids import RowIds
from kuule.dataset.ingest.table_schemas import RESPONSES, read_table
from kuule.dataset.lifecycle.dataset_folder import atomic_dataset_folder, exclusive_access, path_with_name
from kuule.dataset.lifecycle.dataset_writer import SIDECARS, file_hashes, write_info_and_sidecars
from kuule.dataset.lifecycle.lock_marker import check_unlocked
from kuule.dataset.lifecycle.opened_rows import OpenedRows, read_opened_rows
from kuule.dataset.lifecycle.row_map import RowMap, read_row_map
from kuule.dataset.schema.coded_questions import remove_code_counts
from kuule.dataset.schema.dataset_info import INFO_FILE, DatasetInfo
from kuule.dataset.schema.dataset_reader import read_dataset


def forget_rows(dataset: Path, withdrawn: Iterable[int]) -> int:
    """Remove every row with one of these ids from every table. Returns how many responses were removed.

    The dataset is written anew and exchanged whole: if this stops in the middle, it is as it was.

    Raises ArchiveError DATA_004 to DATA_006 (not a whole dataset), DATA_011 (locked), DATA_014 (no row map), DATA_016
    (another process is changing it), DATA_018 (it cannot be written).
    """
    dataset = path_with_name(dataset)
    with exclusive_access(dataset):
        return remove_rows(dataset, withdrawn)


def remove_rows(dataset: Path, withdrawn: Iterable[int]) -> int:
    """As `forget_rows`, for a dataset to which this process already has exclusive access."""
    info = read_dataset(dataset).info
    check_unlocked(dataset)
    for kind in SIDECARS:
        kind.recover(dataset, info.version)
    found = read_row_map(dataset, info.version)
    gone = RowIds(withdrawn)
    there = found.owners.get(RESPONSES, pl.Series(dtype=pl.Int64))
    number = sum(owner in gone for owner in there)
    if number:
        remove_code_counts(dataset)
        _write_without(dataset, info, found, gone, number)
    return number


def _write_without(dataset: Path, info: DatasetInfo, found: RowMap, gone: RowIds, number: int) -> None:
    rows = _rows(dataset, info)
    with atomic_dataset_folder(dataset, SIDECARS, (*info.files, INFO_FILE)) as folder:
        owners = dict(found.owners)
        for name in info.files:
            if name.endswith(".parquet"):
                ids = found.owners.get(name, pl.Series(dtype=pl.Int64))
                stays = pl.Series([row_id not in gone for row_id in ids], dtype=pl.Boolean)
                read_table(dataset, name).filter(stays).write_parquet(folder / name)
                owners[name] = ids.filter(stays)
            else:
                shutil.copyfile(dataset / name, folder / name)
        said = replace(info, responses=info.responses - number, files=file_hashes(folder))
        write_info_and_sidecars(folder, dataset, said, rows and rows.without_rows(gone), replace(found, owners=owners))


def _rows(dataset: Path, info: DatasetInfo) -> OpenedRows | None:
    """The list of rows, or None if none can be read, as in a dataset of an earlier version. Then none is written and
    the dataset cannot grow any more, but rows can still be removed."""
    try:
        return read_opened_rows(dataset, info.version)
    except ArchiveError:
        return None
