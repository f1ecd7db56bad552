"""`kuule open ARCHIVE... --key KEY --to DATASET`: offline, with the key. What cannot be opened is said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kuule.cli.console import Exit, print_result, progress_bar, say, stop_on_signals
from kuule.cli.keyring import KeySources, gather_keys
from kuule.core.problems import ArchiveError, KeyMaterialError, Problem
from kuule.opening.private_key import PrivateKey
from kuule.sealing.archive import ArchiveReader
from kuule.sealing.keys import PublicKey
from kuule.sealing.memory_protection import protect_process_memory
from kuule.study.edition.study_edition import edition_from_files
from kuule.usecases.input_files import check_path_is_free

if TYPE_CHECKING:
    from kuule.dataset.lifecycle.dataset_opening import ArchiveSource

_MOST_LISTED = 20


def open_into_dataset(
    archives: Annotated[list[Path], typer.Argument(help="Files that `kuule archive` wrote, the oldest edition first.")],
    to: Annotated[
        Path, typer.Option(help="The dataset folder to write; one that is there takes in what is new in its archives.")
    ],
    key: Annotated[
        list[Path] | None, typer.Option(help="A secret key's file; more than once where a study has had several.")
    ] = None,
    share: Annotated[
        list[str] | None, typer.Option(help="A text file with the words of one sheet, or - to type them; once a sheet.")
    ] = None,
    passphrase_fd: Annotated[
        int | None,
        typer.Option(help="Read passphrases from this file descriptor, a line for each protected key.", min=0),
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(help="How many processes open at once; as many as there are processors.", min=1)
    ] = None,
) -> int:
    """Open sealed answers into a dataset: Parquet and a codebook. From here on, whoever holds it can read them."""
    from kuule.dataset.lifecycle.dataset_folder import path_with_name  # slow: Polars, of the analyst's role
    from kuule.dataset.lifecycle.dataset_opening import check_can_extend, is_dataset
    from kuule.dataset.lifecycle.row_map import row_map_path

    to = path_with_name(to)
    if not is_dataset(to):
        check_path_is_free(to, "a dataset")
    sources = [read_source(archive) for archive in archives]
    if is_dataset(to):
        check_can_extend(sources, to)
    wanted = list(dict.fromkeys(source.edition.key for source in sources))
    _keep_out(wanted)
    keys = gather_keys(KeySources(key or (), share or (), passphrase_fd), wanted)
    _keep_out(())
    try:
        with stop_on_signals(), progress_bar("opening", sum(source.reader.count for source in sources)) as bar:
            opening = open_sources(sources, keys, to, jobs=jobs, reached=bar.advance_to)
    finally:
        for one in keys:
            one.wipe()
    print_result(str(to))
    _tell(opening, to)
    _tell_of_map(row_map_path(to))
    return Exit.SOME_UNOPENED if opening.unopened else Exit.DONE


def _keep_out(wanted: Sequence[PublicKey]) -> None:
    """Before the keys come, and once more when they are there: what is locked is what is in memory now."""
    for sentence in protect_process_memory(later=False):
        if any(not key.rehearsal for key in wanted):
            say(f"note: {sentence}. Use a live system without swap, or switch swap off")


def _tell(opening: OpenedArchives, to: Path) -> None:
    closed = f"{len(opening.unopened):,} could not be opened"
    if opening.rows_before is None:
        say(f"{opening.responses:,} answers opened, {closed}")
    else:
        new = opening.responses - opening.rows_before
        say(
            f"{new:,} new answers opened, {opening.taken_out:,} taken out, {opening.rows_before:,} were there; {closed}"
        )
    if opening.taken_back:
        say(f"{opening.taken_back:,} were taken back by those who sent them, and stayed closed")
    if opening.duplicates:
        say(f"{opening.duplicates:,} stood in more than one archive, and count once")
    for left in opening.unopened[:_MOST_LISTED]:
        say(f"  {left}")
    if len(opening.unopened) > _MOST_LISTED:
        say(f"  and {len(opening.unopened) - _MOST_LISTED:,} more, all in {to / 'unopened.json'}")
    for missing in opening.missing_keys:
        say(f"not given: the key {missing.key_id.hex()}, fingerprint {missing.fingerprint}")


def _tell_of_map(path: Path) -> None:
    if path.exists():
        say(f"{path} tells which row is whose, so that answers can be taken back: keep it here, copy it nowhere")
        say("  `kuule lock` destroys it when the day is over; `kuule forget` takes out what was taken back until then")


@dataclass(frozen=True, slots=True)
class OpenedArchives:
    """What came of archives: rows of the dataset, a line "place: reason" for each envelope left out, keys not given."""

    responses: int
    unopened: tuple[str, ...]
    missing_keys: tuple[PublicKey, ...] = ()
    taken_back: int = 0
    """Envelopes that their senders took back: they were not opened."""
    rows_before: int | None = None
    """Rows that were there and stayed, None for a new dataset."""
    taken_out: int = 0
    duplicates: int = 0
    """Rows that stood in more than one archive, and count once."""


def open_archive_file(archive: Path, keys: Sequence[PrivateKey], to: Path) -> OpenedArchives:
    """Open every envelope of an archive into a dataset folder, or what is new of it.

    Raises as `read_source` and `open_sources`.
    """
    return open_sources([read_source(archive)], keys, to)


def read_source(archive: Path) -> ArchiveSource:
    """Read an archive up to its rows, and its edition: the very form that people saw.

    Raises ArchiveError OPEN_001 to OPEN_006, OPEN_009, CLI_003 (it names another edition than it carries).
    """
    from kuule.dataset.lifecycle.dataset_opening import (
        ArchiveSource,  # slow: Polars; and only the analyst's role has it
    )

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
    reached: Callable[[int], None] = lambda rows: None,
) -> OpenedArchives:
    """Open every envelope into a dataset folder, as far as the keys go; of one that is there, what is new.

    Raises KeyProblem CLI_004 where no key fits any archive, ArchiveError as `open_dataset`.
    """
    from kuule.dataset.lifecycle.dataset_opening import OpeningRequest, is_dataset, open_dataset

    given = [key.public for key in keys]
    needed = list(dict.fromkeys(source.edition.key for source in sources))
    missing = tuple(key for key in needed if key not in given)
    if len(missing) == len(needed):
        fingerprints = " and ".join(key.fingerprint for key in missing)
        cause = f"the answers are sealed to the key {fingerprints}, and this is another"
        raise KeyMaterialError(Problem("CLI_004", "--key", cause, "give the secret key with that fingerprint"))
    grows = is_dataset(to)
    done = open_dataset(OpeningRequest(sources, keys, jobs, reached), to)
    left = tuple(f"{one.place}: {one.reason}" for one in sorted(done.unopened, key=lambda one: (one.place, one.reason)))
    return OpenedArchives(
        done.info.responses,
        left,
        missing,
        done.withdrawn,
        done.opened_before if grows else None,
        done.removed,
        done.in_several_archives,
    )
