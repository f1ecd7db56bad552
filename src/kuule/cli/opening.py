"""`kuule open ARCHIVE... --key KEY --to DATASET`: offline, with the key. What cannot be opened is said."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.files import check_is_free
from kuule.cli.keyring import KeySources, gather_keys
from kuule.cli.voice import Exit, result, say
from kuule.errors import ArchiveError, KeyProblem, Problem
from kuule.opening.archive import Opened, TakenBack, Unopened, open_archive
from kuule.opening.keys import PrivateKey
from kuule.sealing.archive import ArchiveReader
from kuule.sealing.keys import PublicKey
from kuule.sealing.memory import keep_out_of_dumps
from kuule.study.edition import Edition, edition_from_files

_MOST_LISTED = 20


def open_into_dataset(
    archives: Annotated[
        list[Path], typer.Argument(help="Files that `kuule archive` wrote, one an edition, oldest first.")
    ],
    to: Annotated[Path, typer.Option(help="The dataset folder to write.")],
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
) -> int:
    """Open sealed answers into a dataset: Parquet and a codebook. From here on, whoever holds it can read them."""
    from kuule.dataset.row_map import map_path  # slow: Polars; and only the analyst's role has it

    check_is_free(to, "a dataset")
    sources = [read_source(archive) for archive in archives]
    _check_differ(sources)
    wanted = [source.edition.key for source in sources]
    _keep_out(wanted)
    keys = gather_keys(KeySources(key or (), share or (), passphrase_fd), wanted)
    _keep_out(())
    try:
        opening = open_sources(sources, keys, to)
    finally:
        for one in keys:
            one.wipe()
    result(str(to))
    _tell(opening, to)
    if map_path(to).exists():
        say(
            f"{map_path(to)} tells which row is whose, so that answers can be taken back: keep it here, copy it nowhere"
        )
        say("  `kuule lock` destroys it when the day is over; `kuule forget` takes out what was taken back until then")
    return Exit.SOME_UNOPENED if opening.unopened else Exit.DONE


def _keep_out(wanted: Sequence[PublicKey]) -> None:
    """Before the keys come, and once more when they are there: what is locked is what is in memory now."""
    for sentence in keep_out_of_dumps(later=False):
        if any(not key.rehearsal for key in wanted):
            say(f"note: {sentence}. Use a live system without swap, or switch swap off")


def _tell(opening: Opening, to: Path) -> None:
    say(f"{opening.responses:,} answers opened, {len(opening.unopened):,} could not be opened")
    if opening.taken_back:
        say(f"{opening.taken_back:,} were taken back by those who sent them, and stayed closed")
    for left in opening.unopened[:_MOST_LISTED]:
        say(f"  {left}")
    if len(opening.unopened) > _MOST_LISTED:
        say(f"  and {len(opening.unopened) - _MOST_LISTED:,} more, all in {to / 'unopened.json'}")
    for missing in opening.missing:
        say(f"not given: the key {missing.key_id.hex()}, fingerprint {missing.fingerprint}")


@dataclass(frozen=True, slots=True)
class Source:
    """One archive and the edition that it carries."""

    path: Path
    reader: ArchiveReader
    edition: Edition


@dataclass(frozen=True, slots=True)
class Opening:
    """What came of archives: rows of the dataset, a line "place: reason" for each envelope left out, keys not given."""

    responses: int
    unopened: tuple[str, ...]
    missing: tuple[PublicKey, ...] = ()
    taken_back: int = 0
    """Envelopes that their senders took back: they were not opened."""


def open_archive_file(archive: Path, keys: Sequence[PrivateKey], to: Path) -> Opening:
    """Open every envelope of an archive into a dataset folder. Raises as `read_source` and `open_sources`."""
    return open_sources([read_source(archive)], keys, to)


def read_source(archive: Path) -> Source:
    """Read an archive up to its rows, and its edition: the very form that people saw.

    Raises ArchiveError OPEN_001 to OPEN_006, OPEN_009, CLI_003 (it names another edition than it carries).
    """
    reader = ArchiveReader(archive)
    edition = edition_from_files(reader.files, with_media=False)
    named = reader.manifest["edition"]
    if named != edition.id:
        cause = f"it says that it holds answers to edition {named[:8]}, and carries edition {edition.short}"
        raise ArchiveError(Problem("CLI_003", str(archive), cause, "copy it once more from where it was made"))
    return Source(archive, reader, edition)


def open_sources(sources: Sequence[Source], keys: Sequence[PrivateKey], to: Path) -> Opening:
    """Open every envelope into a dataset folder, as far as the keys go.

    Raises KeyProblem CLI_004 where no key fits any archive.
    """
    from kuule.dataset.build import build_dataset  # slow: Polars; and only the analyst's role has it

    given = [key.public for key in keys]
    needed = list(dict.fromkeys(source.edition.key for source in sources))
    missing = tuple(key for key in needed if key not in given)
    if len(missing) == len(needed):
        fingerprints = " and ".join(key.fingerprint for key in missing)
        cause = f"the answers are sealed to the key {fingerprints}, and this is another"
        raise KeyProblem(Problem("CLI_004", "--key", cause, "give the secret key with that fingerprint"))
    taken: Counter[str] = Counter()
    info = build_dataset(_opened(sources, keys, taken), [source.edition for source in sources], to)
    left = json.loads((to / "unopened.json").read_text(encoding="utf-8"))
    return Opening(info.responses, tuple(f"{one['place']}: {one['reason']}" for one in left), missing, taken.total())


def _opened(
    sources: Sequence[Source], keys: Sequence[PrivateKey], taken: Counter[str]
) -> Iterator[Opened | Unopened | TakenBack]:
    """The rows of all archives. With more than one, a place names its archive. What one says was taken back, all obey;
    `taken` counts it."""
    gone = frozenset[int]().union(*(source.reader.withdrawn.row_ids for source in sources))
    for source in sources:
        for one in open_archive(source.reader, keys, gone):
            taken[source.path.name] += isinstance(one, TakenBack)
            if isinstance(one, Unopened) and len(sources) > 1:
                yield replace(one, place=f"{source.path.name}, {one.place}")
            else:
                yield one


def _check_differ(sources: Sequence[Source]) -> None:
    """Raises ArchiveError CLI_010 where two archives are of one edition: the newer holds what the older does."""
    seen: dict[str, Path] = {}
    for source in sources:
        if source.edition.id in seen:
            cause = f"it is of the same edition as {str(seen[source.edition.id])!r}, whose answers would count twice"
            raise ArchiveError(Problem("CLI_010", str(source.path), cause, "give the newer of the two"))
        seen[source.edition.id] = source.path
