"""Opens archives into a new dataset, or into an existing one, which gains the new rows. `kuule open` calls this and
reports the result."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kuule.dataset.ingest.combined_parts import CombinedParts, combine_parts
from kuule.dataset.ingest.part_opener import OpenedPart, OpeningTask, SealedArchive
from kuule.dataset.ingest.process_pool import open_parts
from kuule.dataset.ingest.record_validation import RecordValidator
from kuule.dataset.ingest.row_ids import NO_ROW_IDS, RowIds
from kuule.dataset.ingest.table_schemas import RESPONSES, ROW_ID, TableSchemas
from kuule.dataset.lifecycle.added_editions import tables_with_added_editions
from kuule.dataset.lifecycle.dataset_folder import check_target_is_free, exclusive_access
from kuule.dataset.lifecycle.dataset_writer import (
    SIDECARS,
    DatasetContent,
    check_compatible_editions,
    mask_row_ids,
    unopened_json,
    write_dataset,
)
from kuule.dataset.lifecycle.incremental_opening import (
    ExistingDataset,
    check_has_all_editions,
    extended_content,
    read_existing,
)
from kuule.dataset.lifecycle.opened_rows import OPENED_ROWS, OpenedRows, write_next_opened_rows
from kuule.dataset.schema.columns import DatasetVariable, dataset_variables
from kuule.dataset.schema.dataset_info import INFO_FILE, DatasetInfo
from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.opening.archive_rows import UnopenedEntry, altered_header_entries
from kuule.opening.private_key import PrivateKey
from kuule.sealing.archive import ArchiveReader
from kuule.study.edition.study_edition import Edition


@dataclass(frozen=True, slots=True)
class ArchiveSource:
    """One archive and the edition that it carries."""

    path: Path
    reader: ArchiveReader
    edition: Edition

    @property
    def sealed(self) -> SealedArchive:
        return SealedArchive(self.reader.part_locations, str(self.reader.manifest["study"]), self.edition.id)


@dataclass(frozen=True, slots=True)
class OpeningResult:
    """The result of an opening: `added` rows are new in the dataset, `opened_before` stayed, `removed` left it, and
    `withdrawn` envelopes were not opened because their senders withdrew them."""

    info: DatasetInfo
    unopened: tuple[UnopenedEntry, ...]
    added: int
    withdrawn: int
    opened_before: int = 0
    removed: int = 0
    in_several_archives: int = 0
    """Rows that were in more than one archive. They count once."""


@dataclass(frozen=True, slots=True)
class OpeningRequest:
    """The archives to open, and the keys, in at most `jobs` processes. `report_progress` is called with the number of
    finished rows."""

    sources: Sequence[ArchiveSource]
    keys: Sequence[PrivateKey]
    jobs: int | None = None
    report_progress: Callable[[int], None] = lambda rows: None


def open_dataset(given: OpeningRequest, to: Path) -> OpeningResult:
    """Open archives into a new dataset folder `to`, or into the dataset that is there: whole or not at all.

    Raises ArchiveError: what an archive raises, OPEN_012 (a process was ended from outside), DATA_001 to DATA_003,
    DATA_016, DATA_018; for an existing dataset also DATA_004 to DATA_006, DATA_011, DATA_014, DATA_017, DATA_019,
    DATA_020, DATA_023.
    """
    check_compatible_editions([source.edition for source in given.sources], to)
    with exclusive_access(to):
        return _grow(given, to) if is_dataset(to) else _begin(given, to)


def check_can_extend(sources: Sequence[ArchiveSource], to: Path) -> None:
    """Check without a key whether archives can extend the dataset at `to`. Raises what `open_dataset` raises."""
    check_compatible_editions([source.edition for source in sources], to)
    _existing(sources, to)


def is_dataset(to: Path) -> bool:
    """Whether a dataset is there, whole or not."""
    return (to / INFO_FILE).is_file()


def _begin(given: OpeningRequest, to: Path) -> OpeningResult:
    check_target_is_free(to)
    plan = _Plan.from_sources(given.sources)
    gathered = plan.open(given, NO_ROW_IDS, plan.gone)
    new = gathered.tables[RESPONSES]
    content = DatasetContent(
        mask_row_ids(gathered.tables, plan.editions), gathered.unopened, OpenedRows(RowIds(new[ROW_ID]), plan.gone)
    )
    info = write_dataset(content, plan.editions, plan.known, to)
    return OpeningResult(
        info, gathered.unopened, new.height, gathered.withdrawn_count, in_several_archives=gathered.in_several_archives
    )


def _grow(given: OpeningRequest, to: Path) -> OpeningResult:
    version = read_dataset(to).info.version
    for kind in SIDECARS:
        kind.recover(to, version)
    plan, there = _existing(given.sources, to)
    gone = plan.gone | there.opened_rows.withdrawn
    stays = there.without_rows(gone)
    gathered = plan.open(given, stays.opened_rows.present, gone)
    names = ", ".join(str(source.path) for source in plan.sources)
    content = extended_content(stays, gathered, plan.editions, names)
    new, out = gathered.tables[RESPONSES].height, len(there.opened_rows.present) - len(stays.opened_rows.present)
    info = there.info
    added = len(plan.editions) > len(there.info.editions)
    if new or out or added or unopened_json(gathered.unopened) != json.loads((to / "unopened.json").read_bytes()):
        info = write_dataset(content, plan.editions, plan.known, to, there.file_names)
    elif content.opened_rows != there.opened_rows:
        write_next_opened_rows(to, info.version, content.opened_rows)
        OPENED_ROWS.promote_next(to)
    return OpeningResult(
        info,
        gathered.unopened,
        new,
        gathered.withdrawn_count,
        len(stays.opened_rows.present),
        out,
        gathered.in_several_archives,
    )


def _existing(sources: Sequence[ArchiveSource], to: Path) -> tuple[_Plan, ExistingDataset]:
    """The dataset at `to`, with the columns that its editions and those that are new have together, and the plan for
    all of them: its own in its own order, then the others as they are given."""
    info = read_dataset(to).info
    check_has_all_editions(info, [source.edition for source in sources], to)
    places = {edition: place for place, edition in enumerate(info.editions)}
    plan = _Plan.from_sources(sorted(sources, key=lambda source: places.get(source.edition.id, len(places))))
    own = [edition for edition in plan.editions if edition.id in places]
    known = dataset_variables(own)
    there = read_existing(to, info, own, TableSchemas.for_dataset([edition.id for edition in own], known))
    if len(own) == len(plan.editions):
        return plan, there
    return plan, replace(there, tables=tables_with_added_editions(there.tables, known, plan.known, plan.shape))


@dataclass(frozen=True, slots=True)
class _Plan:
    """What follows from the editions. Each is there once, although several archives may be of one."""

    sources: Sequence[ArchiveSource]
    editions: Sequence[Edition]
    known: Sequence[DatasetVariable]
    shape: TableSchemas
    gone: RowIds
    """The withdrawn rows. What one archive lists counts for all."""

    @classmethod
    def from_sources(cls, sources: Sequence[ArchiveSource]) -> _Plan:
        editions = list({source.edition.id: source.edition for source in sources}.values())
        known = dataset_variables(editions)
        gone = RowIds(frozenset[int]().union(*(source.reader.withdrawn.row_ids for source in sources)))
        return cls(
            sources, editions, known, TableSchemas.for_dataset([edition.id for edition in editions], known), gone
        )

    def open(self, given: OpeningRequest, before: RowIds, gone: RowIds) -> CombinedParts:
        """All rows of all archives except those."""
        fitting = RecordValidator.from_editions(self.editions, self.known)
        task = OpeningTask(tuple(source.sealed for source in self.sources), fitting, self.shape, gone, before)
        parts = _told_on(open_parts(task, given.keys, given.jobs), given, self.sources)
        gathered = combine_parts(parts, self.shape, self._with_archive_name, before)
        headers = [
            self._with_archive_name(place, one)
            for place, source in enumerate(self.sources)
            for one in altered_header_entries(source.reader)
        ]
        return replace(gathered, unopened=(*headers, *gathered.unopened))

    def _with_archive_name(self, archive: int, one: UnopenedEntry) -> UnopenedEntry:
        """An entry whose place names its archive, if there is more than one."""
        if len(self.sources) == 1:
            return one
        return replace(one, place=f"{self.sources[archive].path.name}, {one.place}")


def _told_on(
    parts: Iterable[OpenedPart], given: OpeningRequest, sources: Sequence[ArchiveSource]
) -> Iterator[OpenedPart]:
    done = 0
    for part in parts:
        done += sources[part.archive].reader.part_locations.entries[part.number - 1].rows
        given.report_progress(done)
        yield part
