"""One part of an archive to columns: what can be done with it alone, in whichever process."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kuule.dataset.batches import Batches
from kuule.dataset.fitting import Fitting
from kuule.dataset.row_ids import NO_ROWS, RowIds
from kuule.dataset.tables import Shape, Tables
from kuule.opening.archive import Keyring, OpenedRecord, PreviouslyOpenedRow, UnopenedEntry, WithdrawnRow, open_part
from kuule.opening.keys import PrivateKey
from kuule.sealing.part import PartLocations


@dataclass(frozen=True, slots=True)
class Sealed:
    """The parts of one archive, and what its envelopes are bound to."""

    parts_at: PartLocations
    study: str
    edition: str

    @property
    def numbers(self) -> range:
        """Of its parts, from 1."""
        return range(1, len(self.parts_at.entries) + 1)


@dataclass(frozen=True, slots=True)
class Task:
    """All that opening a part needs, but for the keys. Rows in `gone` were taken back, those in `before` were opened
    at an earlier time: neither is opened."""

    archives: tuple[Sealed, ...]
    fitting: Fitting
    shape: Shape
    gone: RowIds = NO_ROWS
    before: RowIds = NO_ROWS


@dataclass(frozen=True, slots=True)
class OpenedPart:
    """What came of part `number` of archive `archive`. `misfits` are (row id, reason) of records that fit no row.

    `ids` are those of the rows that were opened, now or before; `at` is which row of the part each is; `taken_back` are
    ids. Whether one was opened under another part already is for who has all of them.
    """

    archive: int
    number: int
    tables: Tables
    left: tuple[UnopenedEntry, ...]
    misfits: tuple[tuple[int, str], ...]
    taken_back: array[int]
    before: int
    ids: array[int]
    at: array[int]
    edition: str = ""


class Opener:
    """Opens parts, one after the other."""

    def __init__(self, task: Task, keys: Sequence[PrivateKey]) -> None:
        self._task = task
        self._rings = [Keyring.of(keys, one.study, one.edition) for one in task.archives]
        self._batches: Mapping[str, Batches] = {
            one.edition: Batches(task.fitting, task.shape, one.edition) for one in task.archives
        }

    def open(self, archive: int, number: int) -> OpenedPart:
        """The part of this number of an archive. Raises ArchiveError OPEN_001."""
        task, sealed = self._task, self._task.archives[archive]
        part = sealed.parts_at.part(number)
        opened: list[OpenedRecord] = []
        left: list[UnopenedEntry] = []
        ids, at, taken_back = array("q"), array("q"), array("q")
        before = 0
        found = open_part(part, self._rings[archive], set(), gone=task.gone, before=task.before)
        for row, one in enumerate(found, start=1):
            if isinstance(one, UnopenedEntry):
                left.append(one)
            elif isinstance(one, WithdrawnRow):
                taken_back.append(one.row_id)
            else:
                ids.append(one.row_id)
                at.append(row)
                before += isinstance(one, PreviouslyOpenedRow)
            if isinstance(one, OpenedRecord):
                opened.append(one)
        tables, misfits = self._batches[sealed.edition].fit(opened)
        reasons = tuple((one.row_id, str(misfit)) for one, misfit in misfits)
        return OpenedPart(archive, number, tables, tuple(left), reasons, taken_back, before, ids, at, sealed.edition)
