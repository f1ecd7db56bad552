"""Which rows of archives a dataset was made of: a separate file, kept until the dataset is locked. Opening a grown
archive needs it.

It holds ids in order, and nothing that ties one to a row of the dataset: whoever has the archive knows as much. It also
holds the withdrawn ids, so that no older archive brings them in again.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from kuule.dataset.ingest.row_ids import NO_ROW_IDS, RowIds
from kuule.dataset.lifecycle.sidecar import Sidecar

OPENED_ROWS = Sidecar(
    "opened-rows", {"row_id": pl.Int64(), "gone": pl.Boolean()}, "DATA_017", "list of the rows that it was made of"
)


@dataclass(frozen=True, slots=True)
class OpenedRows:
    """Ids of rows: `present` are in the dataset, `withdrawn` were withdrawn."""

    present: RowIds = NO_ROW_IDS
    withdrawn: RowIds = NO_ROW_IDS

    def without_rows(self, gone: RowIds) -> OpenedRows:
        """The ids after these were withdrawn too."""
        return OpenedRows(self.present - gone, self.withdrawn | gone)


def write_next_opened_rows(dataset: Path, version: str, rows: OpenedRows) -> None:
    """Write the list for the dataset that will have this version, as `Sidecar.write_next` does."""
    ids = [pl.Series("row_id", list(one), pl.Int64) for one in (rows.present, rows.withdrawn)]
    flags = [pl.repeat(gone, len(one), dtype=pl.Boolean, eager=True).alias("gone") for gone, one in enumerate(ids)]
    OPENED_ROWS.write_next(dataset, pl.DataFrame([pl.concat(ids), pl.concat(flags)]), version)


def read_opened_rows(dataset: Path, version: str) -> OpenedRows:
    """The list of a dataset. Raises ArchiveError DATA_017 (missing, damaged, or of another dataset)."""
    frame, _ = OPENED_ROWS.read(dataset, version)
    there, gone = (frame.filter(pl.col("gone") == pl.lit(value))["row_id"].to_list() for value in (False, True))
    return OpenedRows(RowIds(there), RowIds(gone))
