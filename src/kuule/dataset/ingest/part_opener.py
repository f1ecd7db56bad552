"""Opens one part of an archive and turns its records into columns. Parts do not depend on each other, so that several
processes can share them."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kuule.dataset.ingest.batch_validation import BatchValidator
from kuule.dataset.ingest.record_validation import RecordValidator
from kuule.dataset.ingest.row_ids import NO_ROW_IDS, RowIds
from kuule.dataset.ingest.table_schemas import TableFrames, TableSchemas
from kuule.opening.archive_rows import (
    Keyring,
    OpenedRecord,
    PreviouslyOpenedRow,
    UnopenedEntry,
    WithdrawnRow,
    open_part,
)
from kuule.opening.private_key import PrivateKey
from kuule.sealing.archive_part import PartLocations


@dataclass(frozen=True, slots=True)
class SealedArchive:
    """The parts of one archive, and what its envelopes are bound to."""

    part_locations: PartLocations
    study: str
    edition: str

    @property
    def part_numbers(self) -> range:
        """The numbers of its parts, from 1."""
        return range(1, len(self.part_locations.entries) + 1)


@dataclass(frozen=True, slots=True)
class OpeningTask:
    """All that is needed to open a part, except the keys. Rows that are `withdrawn`, or in `opened_before`, are not
    opened."""

    archives: tuple[SealedArchive, ...]
    validator: RecordValidator
    schemas: TableSchemas
    withdrawn: RowIds = NO_ROW_IDS
    opened_before: RowIds = NO_ROW_IDS


@dataclass(frozen=True, slots=True)
class OpenedPart:
    """The result of opening part `number` of archive `archive`. `invalid` has the row id and the reason of each record
    that fits no row of the dataset.

    `row_ids` are those of rows that were opened, now or earlier; `positions` say which row of the part each is;
    `withdrawn` are ids too. Whether a row is in another part too is found when all parts are combined.
    """

    archive: int
    number: int
    tables: TableFrames
    unopened: tuple[UnopenedEntry, ...]
    invalid: tuple[tuple[int, str], ...]
    withdrawn: array[int]
    opened_before: int
    row_ids: array[int]
    positions: array[int]
    edition: str = ""


class PartOpener:
    """Opens parts, one after another."""

    def __init__(self, task: OpeningTask, keys: Sequence[PrivateKey]) -> None:
        self._task = task
        self._rings = [Keyring.from_keys(keys, one.study, one.edition) for one in task.archives]
        self._batches: Mapping[str, BatchValidator] = {
            one.edition: BatchValidator(task.validator, task.schemas, one.edition) for one in task.archives
        }

    def open(self, archive: int, number: int) -> OpenedPart:
        """Open the part of an archive with that number. Raises ArchiveError OPEN_001."""
        task, sealed = self._task, self._task.archives[archive]
        part = sealed.part_locations.part(number)
        opened: list[OpenedRecord] = []
        unopened: list[UnopenedEntry] = []
        ids, at, taken_back = array("q"), array("q"), array("q")
        before = 0
        found = open_part(part, self._rings[archive], set(), gone=task.withdrawn, before=task.opened_before)
        for row, one in enumerate(found, start=1):
            if isinstance(one, UnopenedEntry):
                unopened.append(one)
            elif isinstance(one, WithdrawnRow):
                taken_back.append(one.row_id)
            else:
                ids.append(one.row_id)
                at.append(row)
                before += isinstance(one, PreviouslyOpenedRow)
            if isinstance(one, OpenedRecord):
                opened.append(one)
        tables, misfits = self._batches[sealed.edition].validate(opened)
        reasons = tuple((one.row_id, str(misfit)) for one, misfit in misfits)
        return OpenedPart(
            archive, number, tables, tuple(unopened), reasons, taken_back, before, ids, at, sealed.edition
        )
