"""Which row of a dataset belongs to which row id: a separate file, kept until the dataset is locked. Withdrawing needs
it.

It ties free text and repeats to their response, which the dataset does not do. So it is made only if answers can be
withdrawn, only this user can read it, and locking destroys it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from kuule.dataset.lifecycle.sidecar import Sidecar

NO_OWNER = -1
"""In place of a row id, for a row that cannot be withdrawn."""
ROW_MAP = Sidecar("row-map", {"table": pl.String(), "row_id": pl.Int64()}, "DATA_014", "map of its rows")


@dataclass(frozen=True, slots=True)
class RowMap:
    """The owners of rows. `owners` has the row ids of each table (by the name of its file), in the order of its rows.
    `until` is the last day on which any of these answers can be withdrawn."""

    owners: Mapping[str, pl.Series]
    until: date


def row_map_path(dataset: Path) -> Path:
    """The path of the row map, beside the dataset."""
    return ROW_MAP.path(dataset)


def write_next_row_map(dataset: Path, version: str, found: RowMap) -> None:
    """Write the row map for the dataset that will have this version, as `Sidecar.write_next` does."""
    tables = [
        owners.to_frame("row_id").select(pl.lit(name).alias("table"), "row_id") for name, owners in found.owners.items()
    ]
    frame = pl.concat([pl.DataFrame(schema=dict(ROW_MAP.schema)), *tables])
    ROW_MAP.write_next(dataset, frame, version, until=found.until.isoformat())


def read_row_map(dataset: Path, version: str) -> RowMap:
    """The row map of a dataset. Raises ArchiveError DATA_014 (missing, damaged, or of another dataset)."""
    frame, said = ROW_MAP.read(dataset, version)
    try:
        until = date.fromisoformat(said["until"])
    except (KeyError, ValueError):
        raise ROW_MAP.unusable_error(dataset, "the map of its rows is damaged") from None
    tables = frame.partition_by("table", as_dict=True, maintain_order=True)
    return RowMap({str(name): table["row_id"] for (name,), table in tables.items()}, until)


def destroy_row_map(dataset: Path) -> bool:
    """Destroy the row map, as `Sidecar.destroy` does."""
    return ROW_MAP.destroy(dataset)
