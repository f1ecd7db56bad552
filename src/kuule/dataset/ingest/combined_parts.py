"""Combines opened parts: a row counts once, and what could not be opened is listed in an order of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import polars as pl

from kuule.dataset.ingest.part_opener import OpenedPart
from kuule.dataset.ingest.row_ids import NO_ROW_IDS, RowIds
from kuule.dataset.ingest.table_schemas import RESPONSES, ROW_ID, TableFrames, TableSchemas, concat_tables
from kuule.opening.archive_rows import UnopenedEntry, row_place
from kuule.opening.decryption import UnopenedReason

OPENED_PLACE = "an opened response"
"""The place of a response that was opened. Where it was in the archive is not revealed any more."""


@dataclass(frozen=True, slots=True)
class CombinedParts:
    """The result of an opening: the tables (with ROW_ID last), what was not opened and why, and how many were
    withdrawn.

    `opened_before` has the ids that were not opened again. `in_several_archives` counts rows that were in more than one
    archive.
    """

    tables: TableFrames
    unopened: tuple[UnopenedEntry, ...]
    withdrawn_count: int = 0
    opened_before: RowIds = NO_ROW_IDS
    in_several_archives: int = 0


def combine_parts(
    parts: Iterable[OpenedPart],
    shape: TableSchemas,
    named: Callable[[int, UnopenedEntry], UnopenedEntry],
    known: RowIds,
) -> CombinedParts:
    """Combine parts, in whichever order they come. `named` gives the name of an archive by its number; `known` has the
    ids that were opened before. Raises RuntimeError if a row that was opened is missing from the result."""
    ordered: Sequence[OpenedPart] = sorted(map(_check_complete, parts), key=lambda part: (part.archive, part.number))
    rows = _ids(ordered)
    if rows.select("edition", "id").n_unique() < rows.height:
        ordered = _count_once(ordered)
    unopened = [named(part.archive, one) for part in ordered for one in part.unopened]
    unopened += [UnopenedEntry(OPENED_PLACE, reason) for part in ordered for _, reason in part.invalid]
    found = {row_id for part in ordered if part.opened_before for row_id in part.row_ids if row_id in known}
    tables = concat_tables([part.tables for part in ordered], shape)
    taken_back = frozenset(row_id for part in ordered for row_id in part.withdrawn)
    return CombinedParts(tables, tuple(unopened), len(taken_back), RowIds(found), _count_in_several_archives(rows))


def _check_complete(part: OpenedPart) -> OpenedPart:
    """The part, once it is certain that each of its opened rows became a row of the dataset or has a reason."""
    rows = part.tables[RESPONSES].height
    if rows + len(part.invalid) + part.opened_before != len(part.row_ids):
        raise RuntimeError(f"part {part.number}: {len(part.row_ids)} opened, {rows} of them rows of the dataset")
    return part


def _ids(parts: Sequence[OpenedPart]) -> pl.DataFrame:
    """The opened rows: the number of the archive, the number of its edition (that of the first archive with it), and
    the id."""
    editions: dict[str, int] = {}
    columns = {"archive": pl.Int64, "edition": pl.Int64, "id": pl.Int64}
    frames = [
        pl.DataFrame({"id": pl.Series(list(part.row_ids), dtype=pl.Int64)}).select(
            pl.lit(part.archive, pl.Int64).alias("archive"),
            pl.lit(editions.setdefault(part.edition, part.archive), pl.Int64).alias("edition"),
            "id",
        )
        for part in parts
    ]
    return pl.concat([pl.DataFrame(schema=columns), *frames])


def _count_in_several_archives(rows: pl.DataFrame) -> int:
    """How many rows are in more than one archive: of one store at two times, or of two stores that both kept a
    visit."""
    return rows.unique().height - rows.select("edition", "id").n_unique()


def _count_once(parts: Sequence[OpenedPart]) -> Sequence[OpenedPart]:
    """Count each row id once. If two archives have it, the one given first counts. If two parts of one archive have it,
    which Kuule never writes, the first counts and the other is reported."""
    seen: dict[tuple[str, int], int] = {}
    return [_without(part, seen) for part in parts]


def _without(part: OpenedPart, seen: dict[tuple[str, int], int]) -> OpenedPart:
    """A part without the rows in `seen` (by edition and id, with the archive of each). The others are added to
    `seen`."""
    rows = zip(part.row_ids, part.positions, strict=True)
    again = {row_id: row for row_id, row in rows if (part.edition, row_id) in seen}
    repeated = [row for row_id, row in again.items() if seen[part.edition, row_id] == part.archive]
    for row_id in part.row_ids:
        seen.setdefault((part.edition, row_id), part.archive)
    if not again:
        return part
    ids = pl.Series(list(again), dtype=pl.Int64)
    altered = UnopenedEntry(f"part {part.number}", str(UnopenedReason.PART_ALTERED))
    reported = [one for one in part.unopened if not repeated or one != altered]
    reported += [UnopenedEntry(row_place(part.number, row), str(UnopenedReason.REPEATED_ROW)) for row in repeated]
    return replace(
        part,
        tables={name: table.filter(~pl.col(ROW_ID).is_in(ids.implode())) for name, table in part.tables.items()},
        unopened=tuple(reported),
        invalid=tuple(misfit for misfit in part.invalid if misfit[0] not in again),
    )
