"""Archives opened into a dataset: a new one, or one that grows by what is new. `kuule open` is this with words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kuule.dataset.beside import check_free, held
from kuule.dataset.build import BESIDE, Content, check_together, owned, told, write_dataset
from kuule.dataset.columns import Variable, variables
from kuule.dataset.fitting import Fitting
from kuule.dataset.gathering import Gathered, gather
from kuule.dataset.growing import Standing, check_of, grown, standing
from kuule.dataset.info import FILE, DatasetInfo
from kuule.dataset.opened_rows import ROWS, OpenedRows, write_next_rows
from kuule.dataset.parts import OpenedPart, Sealed, Task
from kuule.dataset.pool import open_parts
from kuule.dataset.read import read_dataset
from kuule.dataset.row_ids import NO_ROWS, RowIds
from kuule.dataset.tables import RESPONSES, ROW_ID, Shape
from kuule.opening.archive import UnopenedEntry, altered_header_entries
from kuule.opening.keys import PrivateKey
from kuule.sealing.archive import ArchiveReader
from kuule.study.edition import Edition


@dataclass(frozen=True, slots=True)
class Source:
    """One archive and the edition that it carries."""

    path: Path
    reader: ArchiveReader
    edition: Edition

    @property
    def sealed(self) -> Sealed:
        return Sealed(self.reader.part_locations, str(self.reader.manifest["study"]), self.edition.id)


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it. `new` rows were opened now, `before` were there and stayed, `taken_out` left the dataset, and
    `taken_back` envelopes stayed closed, since their senders took them back."""

    info: DatasetInfo
    left: tuple[UnopenedEntry, ...]
    new: int
    taken_back: int
    before: int = 0
    taken_out: int = 0
    twice: int = 0
    """Rows that stood in more than one archive, and count once."""


@dataclass(frozen=True, slots=True)
class Given:
    """What is to be opened, and with what. `jobs`: processes at most; `reached` is told how many rows are done."""

    sources: Sequence[Source]
    keys: Sequence[PrivateKey]
    jobs: int | None = None
    reached: Callable[[int], None] = lambda rows: None


def open_dataset(given: Given, to: Path) -> Done:
    """Open archives into a new dataset folder `to`, or into the dataset that stands there: whole or not at all.

    Raises ArchiveError: what an archive says, OPEN_012 (a process was ended from outside), DATA_001 to DATA_003,
    DATA_016, DATA_018; for one that stands there also DATA_004 to DATA_006, DATA_011, DATA_014, DATA_017, DATA_019,
    DATA_020, DATA_023.
    """
    check_together([source.edition for source in given.sources], to)
    with held(to):
        return _grow(given, to) if is_dataset(to) else _begin(given, to)


def check_may_grow(sources: Sequence[Source], to: Path) -> None:
    """What can be said without a key of archives and the dataset that stands at `to`. Raises as `open_dataset`."""
    check_together([source.edition for source in sources], to)
    _standing(sources, to)


def is_dataset(to: Path) -> bool:
    """Whether a dataset stands there, whole or not."""
    return (to / FILE).is_file()


def _begin(given: Given, to: Path) -> Done:
    check_free(to)
    plan = _Plan.of(given.sources)
    gathered = plan.open(given, NO_ROWS, plan.gone)
    new = gathered.tables[RESPONSES]
    content = Content(owned(gathered.tables, plan.editions), gathered.left, OpenedRows(RowIds(new[ROW_ID]), plan.gone))
    info = write_dataset(content, plan.editions, plan.known, to)
    return Done(info, gathered.left, new.height, gathered.taken_back, twice=gathered.twice)


def _grow(given: Given, to: Path) -> Done:
    version = read_dataset(to).info.version
    for kind in BESIDE:
        kind.recover(to, version)
    plan, there = _standing(given.sources, to)
    gone = plan.gone | there.rows.gone
    stays = there.without(gone)
    gathered = plan.open(given, stays.rows.there, gone)
    names = ", ".join(str(source.path) for source in plan.sources)
    content = grown(stays, gathered, plan.editions, names)
    new, out = gathered.tables[RESPONSES].height, len(there.rows.there) - len(stays.rows.there)
    info = there.info
    if new or out or told(gathered.left) != json.loads((to / "unopened.json").read_bytes()):
        info = write_dataset(content, plan.editions, plan.known, to, there.kept)
    elif content.rows != there.rows and content.rows is not None:
        write_next_rows(to, info.version, content.rows)
        ROWS.settle(to)
    return Done(info, gathered.left, new, gathered.taken_back, len(stays.rows.there), out, gathered.twice)


def _standing(sources: Sequence[Source], to: Path) -> tuple[_Plan, Standing]:
    """The dataset that stands at `to`, and what its editions come to, in its own order of them."""
    info = read_dataset(to).info
    check_of(info, [source.edition for source in sources], to)
    plan = _Plan.of(sorted(sources, key=lambda source: info.editions.index(source.edition.id)))
    return plan, standing(to, info, plan.editions, plan.shape)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the editions come to: each once, though several archives may be of one."""

    sources: Sequence[Source]
    editions: Sequence[Edition]
    known: Sequence[Variable]
    shape: Shape
    gone: RowIds
    """What one archive says was taken back, all obey."""

    @classmethod
    def of(cls, sources: Sequence[Source]) -> _Plan:
        editions = list({source.edition.id: source.edition for source in sources}.values())
        known = variables(editions)
        gone = RowIds(frozenset[int]().union(*(source.reader.withdrawn.row_ids for source in sources)))
        return cls(sources, editions, known, Shape.for_dataset([edition.id for edition in editions], known), gone)

    def open(self, given: Given, before: RowIds, gone: RowIds) -> Gathered:
        """All rows of all archives but those."""
        fitting = Fitting.of(self.editions, self.known)
        task = Task(tuple(source.sealed for source in self.sources), fitting, self.shape, gone, before)
        parts = _told_on(open_parts(task, given.keys, given.jobs), given, self.sources)
        gathered = gather(parts, self.shape, self._named, before)
        headers = [
            self._named(place, one)
            for place, source in enumerate(self.sources)
            for one in altered_header_entries(source.reader)
        ]
        return replace(gathered, left=(*headers, *gathered.left))

    def _named(self, archive: int, one: UnopenedEntry) -> UnopenedEntry:
        """With more than one archive, a place names its own."""
        if len(self.sources) == 1:
            return one
        return replace(one, place=f"{self.sources[archive].path.name}, {one.place}")


def _told_on(parts: Iterable[OpenedPart], given: Given, sources: Sequence[Source]) -> Iterator[OpenedPart]:
    done = 0
    for part in parts:
        done += sources[part.archive].reader.part_locations.entries[part.number - 1].rows
        given.reached(done)
        yield part
