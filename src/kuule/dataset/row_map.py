"""Which row of a dataset is of which row id: a file apart, until the dataset is locked. It is what taking back needs.

It ties free text and repeats to their response, which the dataset does not: so it is made only where answers can be
taken back, only this user can read it, and locking destroys it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from kuule.durable import overwrite, sync_folder
from kuule.errors import ArchiveError, Problem

NOBODY = -1
"""In the place of a row id: a row that cannot be taken back."""
_SCHEMA = {"table": pl.String(), "row_id": pl.Int64()}


@dataclass(frozen=True, slots=True)
class RowMap:
    """`owners`: the row ids of each table (a file's name), in the order of its rows. `version`: of the dataset that it
    belongs to. `until`: the last day on which any of these answers can be taken back."""

    owners: Mapping[str, Sequence[int]]
    version: str
    until: date


def map_path(dataset: Path) -> Path:
    """Beside the dataset, so that a copy of the folder does not take it along."""
    return dataset.with_name(f"{dataset.name}.row-map")


def write_map(path: Path, found: RowMap) -> None:
    """Write a map whole or not at all, mode 0600."""
    frame = pl.DataFrame(
        {
            "table": [name for name, owners in found.owners.items() for _ in owners],
            "row_id": [row_id for owners in found.owners.values() for row_id in owners],
        },
        schema=_SCHEMA,
    )
    beside = path.with_name(f".{path.name}.new")
    os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    beside.chmod(0o600)
    frame.write_parquet(beside, metadata={"dataset": found.version, "until": found.until.isoformat()})
    beside.replace(path)


def read_map(dataset: Path, version: str) -> RowMap:
    """The map of a dataset. Raises ArchiveError DATA_014 (none, damaged, or of another dataset)."""
    path = map_path(dataset)
    if not path.is_file():
        raise _unfit(path, "there is no map of its rows")
    try:
        said = pl.read_parquet_metadata(path)
        frame = pl.read_parquet(path, schema=_SCHEMA)
        found = RowMap(dict(_owners(frame)), said["dataset"], date.fromisoformat(said["until"]))
    except (OSError, ValueError, KeyError, pl.exceptions.PolarsError):
        raise _unfit(path, "the map of its rows is damaged") from None
    if found.version != version:
        raise _unfit(path, "the map is of another dataset")
    return found


def destroy_map(dataset: Path) -> bool:
    """Write zeros over the map and delete it; True where there was one.

    What a file system or a disk keeps of it elsewhere (copies, snapshots, worn blocks) this cannot reach.
    """
    path = map_path(dataset)
    if not path.exists():
        return False
    overwrite(path)
    path.unlink()
    sync_folder(path.parent)
    return True


def _owners(frame: pl.DataFrame) -> Iterator[tuple[str, list[int]]]:
    for name in frame["table"].unique(maintain_order=True):
        yield name, frame.filter(pl.col("table") == name)["row_id"].to_list()


def _unfit(path: Path, cause: str) -> ArchiveError:
    return ArchiveError(Problem("DATA_014", str(path), cause, "open the archives again, into a new folder"))
