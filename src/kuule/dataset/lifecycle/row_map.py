"""Which row of a dataset is of which row id: a file apart, until the dataset is locked. It is what taking back needs.

It ties free text and repeats to their response, which the dataset does not: so it is made only where answers can be
taken back, only this user can read it, and locking destroys it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from kuule.dataset.lifecycle.sidecar import Sidecar

NO_OWNER = -1
"""In the place of a row id: a row that cannot be taken back."""
ROW_MAP = Sidecar("row-map", {"table": pl.String(), "row_id": pl.Int64()}, "DATA_014", "map of its rows")


@dataclass(frozen=True, slots=True)
class RowMap:
    """`owners`: the row ids of each table (a file's name), in the order of its rows. `until`: the last day on which any
    of these answers can be taken back."""

    owners: Mapping[str, pl.Series]
    until: date


def row_map_path(dataset: Path) -> Path:
    """Beside the dataset."""
    return ROW_MAP.path(dataset)


def write_next_row_map(dataset: Path, version: str, found: RowMap) -> None:
    """The map of the dataset that will have this version, as `Sidecar.write_next`."""
    tables = [
        owners.to_frame("row_id").select(pl.lit(name).alias("table"), "row_id") for name, owners in found.owners.items()
    ]
    frame = pl.concat([pl.DataFrame(schema=dict(ROW_MAP.schema)), *tables])
    ROW_MAP.write_next(dataset, frame, version, until=found.until.isoformat())


def read_row_map(dataset: Path, version: str) -> RowMap:
    """The map of a dataset. Raises ArchiveError DATA_014 (none, damaged, or of another dataset)."""
    frame, said = ROW_MAP.read(dataset, version)
    try:
        until = date.fromisoformat(said["until"])
    except (KeyError, ValueError):
        raise ROW_MAP.unusable_error(dataset, "the map of its rows is damaged") from None
    tables = frame.partition_by("table", as_dict=True, maintain_order=True)
    return RowMap({str(name): table["row_id"] for (name,), table in tables.items()}, until)


def destroy_row_map(dataset: Path) -> bool:
    """As `Sidecar.destroy`."""
    return ROW_MAP.destroy(dataset)
