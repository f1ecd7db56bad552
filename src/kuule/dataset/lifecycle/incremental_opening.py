"""What may be added to an existing dataset from archives that have grown since, and how.

The result is what opening the grown archives anew would give, except for the random salt. Only rows that were not
opened before are opened; what was withdrawn leaves the dataset.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from kuule.core.problems import ArchiveError, Problem
from kuule.dataset.ingest.combined_parts import CombinedParts
from kuule.dataset.ingest.row_ids import RowIds
from kuule.dataset.ingest.table_schemas import RESPONSES, ROW_ID, TableFrames, TableSchemas, read_table
from kuule.dataset.lifecycle.dataset_writer import DatasetContent, last_withdrawal_day, mask_row_ids
from kuule.dataset.lifecycle.lock_marker import check_unlocked
from kuule.dataset.lifecycle.opened_rows import OPENED_ROWS, OpenedRows, read_opened_rows
from kuule.dataset.lifecycle.row_map import NO_OWNER, read_row_map
from kuule.dataset.schema.dataset_info import INFO_FILE, DatasetInfo
from kuule.study.edition.study_edition import Edition

_NEW_FOLDER = "open the archives into a new folder"


@dataclass(frozen=True, slots=True)
class ExistingDataset:
    """A dataset that may grow. ROW_ID in its tables says whose each row is, or NOBODY if it cannot be withdrawn."""

    path: Path
    info: DatasetInfo
    opened_rows: OpenedRows
    tables: TableFrames

    @property
    def file_names(self) -> tuple[str, ...]:
        """The names of its files."""
        return (*self.info.files, INFO_FILE)

    def without_rows(self, gone: RowIds) -> ExistingDataset:
        """The dataset without these rows, which were withdrawn since. Raises ArchiveError DATA_020 if they cannot be
        told apart from the others."""
        leaving = RowIds(row_id for row_id in self.opened_rows.present if row_id in gone)
        if not leaving:
            return ExistingDataset(self.path, self.info, self.opened_rows.without_rows(gone), self.tables)
        ids = pl.Series(list(leaving), dtype=pl.Int64).implode()
        owners = {row_id for row_id in self.tables[RESPONSES][ROW_ID] if row_id in leaving}
        if len(owners) < len(leaving):
            cause = (
                f"{len(leaving) - len(owners)} of its answers were taken back, and nothing tells which rows they are"
            )
            raise ArchiveError(Problem("DATA_020", str(self.path), cause, _NEW_FOLDER))
        tables = {name: table.filter(~pl.col(ROW_ID).is_in(ids)) for name, table in self.tables.items()}
        return ExistingDataset(self.path, self.info, self.opened_rows.without_rows(gone), tables)


def check_has_all_editions(info: DatasetInfo, editions: Sequence[Edition], to: Path) -> None:
    """Check that these editions, in any order, are those of a dataset, or those and further ones.

    Raises ArchiveError DATA_001 (rehearsed and real), DATA_002 (another study), DATA_019 (one that it has is not among
    them).
    """
    if any(edition.rehearsal != info.rehearsal for edition in editions):
        cause = "rehearsed and real answers would stand in one dataset"
        raise ArchiveError(Problem("DATA_001", str(to), cause, "open practice archives into a dataset of their own"))
    others = sorted({edition.study.id for edition in editions} - {info.study})
    if others:
        cause = f"it is a dataset of the study {info.study!r}, and an archive is of {others[0]!r}"
        raise ArchiveError(Problem("DATA_002", str(to), cause, "open each study into a dataset of its own"))
    given = {edition.id for edition in editions}
    if not given >= set(info.editions):
        of, these = (" and ".join(sorted(one[:8] for one in ids)) for ids in (info.editions, given))
        cause = f"it is of the editions {of}, and the archives are of {these}"
        remedy = f"give the archives of all its editions, beside those of new ones, or {_NEW_FOLDER}"
        raise ArchiveError(Problem("DATA_019", str(to), cause, remedy))


def read_existing(to: Path, info: DatasetInfo, editions: Sequence[Edition], shape: TableSchemas) -> ExistingDataset:
    """The dataset at `to`, whose `info` was read, with the ids of the rows in it.

    Raises ArchiveError DATA_005 (of another version), DATA_011 (locked), DATA_014 (no row map, although answers can be
    withdrawn), DATA_017 (no list of the rows that it was made of).
    """
    check_unlocked(to)
    rows = read_opened_rows(to, info.version)
    if len(rows.present) != info.responses:
        raise OPENED_ROWS.unusable_error(to, f"the {OPENED_ROWS.description} is damaged")
    owners = read_row_map(to, info.version).owners if last_withdrawal_day(editions) else {}
    tables = {name: _with_owners(read_table(to, name), owners.get(name)) for name in shape.by_table}
    if any(dict(tables[name].schema) != dict(schema) for name, schema in shape.by_table.items()):
        cause = "its columns are not those that this version makes of its editions"
        raise ArchiveError(Problem("DATA_005", str(to), cause, _NEW_FOLDER))
    return ExistingDataset(to, info, rows, tables)


def extended_content(
    found: ExistingDataset, gathered: CombinedParts, editions: Sequence[Edition], names: str
) -> DatasetContent:
    """What the dataset had, together with what was opened now. Raises ArchiveError DATA_023 if the archives (`names`)
    lack rows that the dataset has."""
    lacking = len(found.opened_rows.present) - len(gathered.opened_before)
    if lacking:
        cause = f"they lack {lacking:,} of the answers that the dataset {str(found.path)!r} has: older, or not whole"
        remedy = f"give the newest archives, copied whole (of two databases both); or {_NEW_FOLDER}"
        raise ArchiveError(Problem("DATA_023", names, cause, remedy))
    new = mask_row_ids(gathered.tables, editions)
    tables = {name: pl.concat([table, new[name]]) for name, table in found.tables.items()}
    ids = gathered.tables[RESPONSES][ROW_ID]
    return DatasetContent(
        tables, gathered.unopened, OpenedRows(found.opened_rows.present | ids, found.opened_rows.withdrawn)
    )


def _with_owners(table: pl.DataFrame, owners: pl.Series | None) -> pl.DataFrame:
    if owners is None:
        return table.with_columns(pl.lit(NO_OWNER, dtype=pl.Int64).alias(ROW_ID))
    return table.with_columns(owners.alias(ROW_ID))
