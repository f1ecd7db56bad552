"""Parts that were opened, put together: a row counts once, and what was left out is told in an order of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import polars as pl

from kuule.dataset.parts import OpenedPart
from kuule.dataset.row_ids import NO_ROWS, RowIds
from kuule.dataset.tables import RESPONSES, ROW_ID, Shape, Tables, joined
from kuule.opening.archive import Unopened, place_of
from kuule.opening.envelope import Reason

OPENED_PLACE = "an opened response"
"""Where a response stood in the archive is not told once it is opened."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Tables of what was opened (ROW_ID last); what was left out, with the reason; how many were taken back.

    `before` are the ids that were not opened again.
    """

    tables: Tables
    left: tuple[Unopened, ...]
    taken_back: int = 0
    before: RowIds = NO_ROWS


def gather(
    parts: Iterable[OpenedPart], shape: Shape, named: Callable[[int, Unopened], Unopened], known: RowIds
) -> Gathered:
    """Put parts together, in whichever order they come. `named` says of which archive (its number) something is;
    `known` are the ids that were opened before. Raises RuntimeError where a row that was opened is nowhere."""
    ordered = _each_once(sorted(map(_whole, parts), key=lambda part: (part.archive, part.number)))
    left = [named(part.archive, one) for part in ordered for one in part.left]
    left += [Unopened(OPENED_PLACE, reason) for part in ordered for _, reason in part.misfits]
    found = {row_id for part in ordered if part.before for row_id in part.ids if row_id in known}
    tables = joined([part.tables for part in ordered], shape)
    return Gathered(tables, tuple(left), sum(part.taken_back for part in ordered), RowIds(found))


def _whole(part: OpenedPart) -> OpenedPart:
    """The part, in which each row that was opened came to a row of the dataset or to a reason."""
    rows = part.tables[RESPONSES].height
    if rows + len(part.misfits) + part.before != len(part.ids):
        raise RuntimeError(f"part {part.number}: {len(part.ids)} opened, {rows} of them rows of the dataset")
    return part


def _each_once(parts: Sequence[OpenedPart]) -> Sequence[OpenedPart]:
    """Where a row id was opened under two parts of an archive, the first counts. None is, in an archive of ours."""
    whose = [pl.repeat(part.archive, len(part.ids), dtype=pl.Int64, eager=True) for part in parts]
    ids = [pl.Series(list(part.ids), dtype=pl.Int64) for part in parts]
    frame = pl.DataFrame({"archive": pl.concat(whose), "id": pl.concat(ids)}) if parts else pl.DataFrame()
    if frame.n_unique() == frame.height:
        return parts
    seen: set[tuple[int, int]] = set()
    return [_without(part, seen) for part in parts]


def _without(part: OpenedPart, seen: set[tuple[int, int]]) -> OpenedPart:
    """A part without the rows that are in `seen`, which grows by those that stay."""
    again = {row_id: row for row_id, row in zip(part.ids, part.at, strict=True) if (part.archive, row_id) in seen}
    seen.update((part.archive, row_id) for row_id in part.ids)
    if not again:
        return part
    ids = pl.Series(list(again), dtype=pl.Int64)
    altered = Unopened(f"part {part.number}", str(Reason.PART_ALTERED))
    told = [one for one in part.left if one != altered]
    told += [Unopened(place_of(part.number, row), str(Reason.REPEATED_ROW)) for row in again.values()]
    return replace(
        part,
        tables={name: table.filter(~pl.col(ROW_ID).is_in(ids.implode())) for name, table in part.tables.items()},
        left=tuple(told),
        misfits=tuple(misfit for misfit in part.misfits if misfit[0] not in again),
    )
