"""Parts that were opened, put together: a row counts once, and what was left out is told in an order of its own."""

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
"""Where a response stood in the archive is not told once it is opened."""


@dataclass(frozen=True, slots=True)
class CombinedParts:
    """Tables of what was opened (ROW_ID last), what was left out, with the reason, and how many were withdrawn.

    `opened_before` are the ids that were not opened again; `in_several_archives` counts rows that stood in more than
    one archive.
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
    """Put parts together, in whichever order they come. `named` says of which archive (its number) something is;
    `known` are the ids that were opened before. Raises RuntimeError where a row that was opened is nowhere."""
    ordered: Sequence[OpenedPart] = sorted(map(_whole, parts), key=lambda part: (part.archive, part.number))
    rows = _ids(ordered)
    if rows.select("edition", "id").n_unique() < rows.height:
        ordered = _each_once(ordered)
    left = [named(part.archive, one) for part in ordered for one in part.unopened]
    left += [UnopenedEntry(OPENED_PLACE, reason) for part in ordered for _, reason in part.invalid]
    found = {row_id for part in ordered if part.opened_before for row_id in part.row_ids if row_id in known}
    tables = concat_tables([part.tables for part in ordered], shape)
    taken_back = frozenset(row_id for part in ordered for row_id in part.withdrawn)
    return CombinedParts(tables, tuple(left), len(taken_back), RowIds(found), _in_several(rows))


def _whole(part: OpenedPart) -> OpenedPart:
    """The part, in which each row that was opened came to a row of the dataset or to a reason."""
    rows = part.tables[RESPONSES].height
    if rows + len(part.invalid) + part.opened_before != len(part.row_ids):
        raise RuntimeError(f"part {part.number}: {len(part.row_ids)} opened, {rows} of them rows of the dataset")
    return part


def _ids(parts: Sequence[OpenedPart]) -> pl.DataFrame:
    """The rows that were opened: the number of the archive, that of its edition (the first of its archives), the id."""
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


def _in_several(rows: pl.DataFrame) -> int:
    """How many rows stand in more than one archive: of one store at two times, or of two that both kept a visit."""
    return rows.unique().height - rows.select("edition", "id").n_unique()


def _each_once(parts: Sequence[OpenedPart]) -> Sequence[OpenedPart]:
    """A row id counts once. Where it was opened from two archives, the one that was given first counts; under two parts
    of one archive (none is, in an archive of ours) the first, and the other is told of."""
    seen: dict[tuple[str, int], int] = {}
    return [_without(part, seen) for part in parts]


def _without(part: OpenedPart, seen: dict[tuple[str, int], int]) -> OpenedPart:
    """A part without the rows in `seen` (by edition and id, the archive of each), which grows by the others."""
    rows = zip(part.row_ids, part.positions, strict=True)
    again = {row_id: row for row_id, row in rows if (part.edition, row_id) in seen}
    repeated = [row for row_id, row in again.items() if seen[part.edition, row_id] == part.archive]
    for row_id in part.row_ids:
        seen.setdefault((part.edition, row_id), part.archive)
    if not again:
        return part
    ids = pl.Series(list(again), dtype=pl.Int64)
    altered = UnopenedEntry(f"part {part.number}", str(UnopenedReason.PART_ALTERED))
    told = [one for one in part.unopened if not repeated or one != altered]
    told += [UnopenedEntry(row_place(part.number, row), str(UnopenedReason.REPEATED_ROW)) for row in repeated]
    return replace(
        part,
        tables={name: table.filter(~pl.col(ROW_ID).is_in(ids.implode())) for name, table in part.tables.items()},
        unopened=tuple(told),
        invalid=tuple(misfit for misfit in part.invalid if misfit[0] not in again),
    )
