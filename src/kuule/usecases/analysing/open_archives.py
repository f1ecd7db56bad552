"""Opening archives into a dataset, offline: the archives are read, the keys gathered, and the envelopes opened.

These are three functions, so that a caller can ask for keys in between and handle the end of each step differently.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kuule.core.problems import ArchiveError, KeyMaterialError, Problem
from kuule.dataset.lifecycle.dataset_folder import path_with_name
from kuule.dataset.lifecycle.dataset_opening import (
    ArchiveSource,
    OpeningRequest,
    check_can_extend,
    is_dataset,
    open_dataset,
)
from kuule.dataset.lifecycle.row_map import row_map_path
from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.opening.private_key import PrivateKey
from kuule.sealing.archive import ArchiveReader
from kuule.sealing.keys import PublicKey
from kuule.sealing.memory_protection import protect_process_memory
from kuule.study.edition.study_edition import edition_from_files
from kuule.usecases.analysing.edition_lines import edition_lines
from kuule.usecases.input_files import check_path_is_free
from kuule.usecases.key_custody.key_sources import KeySources, gather_keys
from kuule.usecases.progress import SILENT, ProgressListener
from kuule.usecases.prompt import Prompt

_MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class ArchivesToOpen:
    """Archives of which everything but the rows has been read, and the dataset folder to write."""

    sources: tuple[ArchiveSource, ...]
    to: Path

    @property
    def keys(self) -> list[PublicKey]:
        """The public keys that the answers are sealed to, each once."""
        return list(dict.fromkeys(source.edition.key for source in self.sources))


@dataclass(frozen=True, slots=True)
class OpenedArchives:
    """The result of opening archives: rows of the dataset, a line "place: reason" for each envelope left out, and the
    keys that were not given."""

    responses: int
    unopened: tuple[str, ...]
    missing_keys: tuple[PublicKey, ...] = ()
    taken_back: int = 0
    """How many envelopes were not opened because their senders had withdrawn them."""
    rows_before: int | None = None
    """How many rows were there before and stayed; None for a new dataset."""
    taken_out: int = 0
    duplicates: int = 0
    """How many rows were in more than one archive. They count once."""
    editions: tuple[str, ...] = ()
    """Lines on what several editions of the questionnaire mean for the columns."""

    def lines(self, to: Path) -> Iterator[str]:
        """The result as sentences, with what to do with the files of the dataset at `to`."""
        closed = f"{len(self.unopened):,} could not be opened"
        if self.rows_before is None:
            yield f"{self.responses:,} answers opened, {closed}"
        else:
            new, before = self.responses - self.rows_before, self.rows_before
            yield f"{new:,} new answers opened, {self.taken_out:,} taken out, {before:,} were there; {closed}"
        if self.taken_back:
            yield f"{self.taken_back:,} were taken back by those who sent them, and stayed closed"
        if self.duplicates:
            yield f"{self.duplicates:,} stood in more than one archive, and count once"
        yield from (f"  {left}" for left in self.unopened[:_MOST_LISTED])
        if len(self.unopened) > _MOST_LISTED:
            yield f"  and {len(self.unopened) - _MOST_LISTED:,} more, all in {to / 'unopened.json'}"
        yield from self.editions
        for missing in self.missing_keys:
            yield f"not given: the key {missing.key_id.hex()}, fingerprint {missing.fingerprint}"
        if (row_map := row_map_path(to)).exists():
            yield (
                f"{row_map} tells which row is whose, so that answers can be taken back: keep it here, copy it nowhere"
            )
            yield (
                "  `kuule lock` destroys it when the day is over; "
                "`kuule forget` takes out what was taken back until then"
            )


def read_archives(archives: Sequence[Path], to: Path) -> ArchivesToOpen:
    """Read archives that are to be opened into the dataset folder `to`, as far as this needs no key.

    Raises FileError CLI_001 (something else is at `to`), ArchiveError like `read_source`, and like `open_dataset` if
    there is a dataset that cannot take in these archives.
    """
    to = path_with_name(to)
    if not is_dataset(to):
        check_path_is_free(to, "a dataset")
    sources = tuple(read_source(archive) for archive in archives)
    if is_dataset(to):
        check_can_extend(sources, to)
    return ArchivesToOpen(sources, to)


def gather_opening_keys(
    archives: ArchivesToOpen, sources: KeySources, prompt: Prompt, *, progress: ProgressListener = SILENT
) -> list[PrivateKey]:
    """The private keys for these archives, in memory that is kept out of dumps and swap. Raises KeyMaterialError like
    `gather_keys`."""
    _protect_memory(archives.keys, progress)
    keys = gather_keys(sources, archives.keys, prompt, progress=progress)
    _protect_memory((), progress)
    return keys


def _protect_memory(wanted: Sequence[PublicKey], progress: ProgressListener) -> None:
    """Keep memory out of dumps and swap. This is called before the keys come and again afterwards, because it locks
    only what is in memory at the time."""
    for sentence in protect_process_memory(later=False):
        if any(not key.rehearsal for key in wanted):
            progress.note(f"note: {sentence}. Use a live system without swap, or switch swap off")


def open_archives(
    archives: ArchivesToOpen,
    keys: Sequence[PrivateKey],
    *,
    jobs: int | None = None,
    progress: ProgressListener = SILENT,
) -> OpenedArchives:
    """Open every envelope that the keys can open. The keys are wiped, however this ends. Raises KeyMaterialError and
    ArchiveError like `open_sources`."""
    rows = sum(source.reader.count for source in archives.sources)
    try:
        with progress.counter("opening", rows) as report_progress:
            return open_sources(archives.sources, keys, archives.to, jobs=jobs, report_progress=report_progress)
    finally:
        for key in keys:
            key.wipe()


def open_archive_file(archive: Path, keys: Sequence[PrivateKey], to: Path) -> OpenedArchives:
    """Open every envelope of an archive into a dataset folder or, if there is a dataset already, those that are new.

    Raises KeyMaterialError and ArchiveError like `read_source` and `open_sources`.
    """
    return open_sources([read_source(archive)], keys, to)


def read_source(archive: Path) -> ArchiveSource:
    """Read all of an archive but its rows, including its edition, which holds the very form that people saw.

    Raises ArchiveError OPEN_001 to OPEN_006, OPEN_009, and CLI_003 if the archive names another edition than it holds.
    """
    reader = ArchiveReader(archive)
    edition = edition_from_files(reader.files, with_media=False)
    named = reader.manifest["edition"]
    if named != edition.id:
        cause = f"it says that it holds answers to edition {named[:8]}, and carries edition {edition.short}"
        raise ArchiveError(Problem("CLI_003", str(archive), cause, "copy it once more from where it was made"))
    return ArchiveSource(archive, reader, edition)


def open_sources(
    sources: Sequence[ArchiveSource],
    keys: Sequence[PrivateKey],
    to: Path,
    *,
    jobs: int | None = None,
    report_progress: Callable[[int], None] = lambda rows: None,
) -> OpenedArchives:
    """Open every envelope that the keys can open into a dataset folder. If there is a dataset already, only new rows
    are added to it.

    Raises KeyMaterialError CLI_004 if no key fits any archive, and ArchiveError like `open_dataset`.
    """
    given = [key.public for key in keys]
    needed = list(dict.fromkeys(source.edition.key for source in sources))
    missing = tuple(key for key in needed if key not in given)
    if len(missing) == len(needed):
        fingerprints = " and ".join(key.fingerprint for key in missing)
        cause = f"the answers are sealed to the key {fingerprints}, and this is another"
        raise KeyMaterialError(Problem("CLI_004", "--key", cause, "give the secret key with that fingerprint"))
    before = read_dataset(to).info.editions if (grows := is_dataset(to)) else ()
    done = open_dataset(OpeningRequest(sources, keys, jobs, report_progress), to)
    left = tuple(f"{one.place}: {one.reason}" for one in sorted(done.unopened, key=lambda one: (one.place, one.reason)))
    return OpenedArchives(
        done.info.responses,
        left,
        missing,
        done.withdrawn,
        done.opened_before if grows else None,
        done.removed,
        done.in_several_archives,
        tuple(edition_lines(read_dataset(to).codebook, before)),
    )
