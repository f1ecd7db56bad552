"""`kuule open ARCHIVE --key KEY --to DATASET`: offline, with the key. What cannot be opened is said."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.files import check_is_free, read_private_key
from kuule.cli.voice import Exit, result, say
from kuule.errors import ArchiveError, KeyProblem, Problem
from kuule.opening.archive import open_archive
from kuule.opening.keys import PrivateKey
from kuule.sealing.archive import ArchiveReader
from kuule.study.edition import Edition, edition_from_files

_MOST_LISTED = 20


def open_into_dataset(
    archive: Annotated[Path, typer.Argument(help="The file that `kuule archive` wrote.")],
    key: Annotated[list[Path], typer.Option(help="The secret key; more than once where a study has had several.")],
    to: Annotated[Path, typer.Option(help="The dataset folder to write.")],
) -> int:
    """Open sealed answers into a dataset: Parquet and a codebook. From here on, whoever holds it can read them."""
    check_is_free(to, "a dataset")
    opening = open_archive_file(archive, [read_private_key(path) for path in key], to)
    result(str(to))
    say(f"{opening.responses:,} answers opened, {len(opening.unopened):,} could not be opened")
    for left in opening.unopened[:_MOST_LISTED]:
        say(f"  {left}")
    if len(opening.unopened) > _MOST_LISTED:
        say(f"  and {len(opening.unopened) - _MOST_LISTED:,} more, all in {to / 'unopened.json'}")
    return Exit.SOME_UNOPENED if opening.unopened else Exit.DONE


@dataclass(frozen=True, slots=True)
class Opening:
    """What came of an archive: rows of the dataset, and a line "place: reason" for each envelope left out."""

    responses: int
    unopened: tuple[str, ...]


def open_archive_file(archive: Path, keys: Sequence[PrivateKey], to: Path) -> Opening:
    """Open every envelope of an archive into a dataset folder.

    Raises ArchiveError CLI_003 (the archive names another edition than it carries), KeyProblem CLI_004 (no key fits).
    """
    from kuule.dataset.build import build_dataset  # slow: Polars; and only the analyst's role has it

    reader = ArchiveReader(archive)
    edition = edition_from_files(reader.files)
    _check_fits(archive, reader, edition, keys)
    info = build_dataset(open_archive(reader, keys), [edition], to)
    left = json.loads((to / "unopened.json").read_text(encoding="utf-8"))
    return Opening(info.responses, tuple(f"{one['place']}: {one['reason']}" for one in left))


def _check_fits(archive: Path, reader: ArchiveReader, edition: Edition, keys: Sequence[PrivateKey]) -> None:
    """Answers are read with the very form that people saw, and with the key that it sealed to."""
    named = reader.manifest["edition"]
    if named != edition.id:
        cause = f"it says that it holds answers to edition {named[:8]}, and carries edition {edition.short}"
        raise ArchiveError(Problem("CLI_003", str(archive), cause, "copy it once more from where it was made"))
    if edition.key not in [key.public for key in keys]:
        cause = f"the answers are sealed to the key {edition.key.fingerprint}, and this is another"
        raise KeyProblem(Problem("CLI_004", "--key", cause, "give the secret key with that fingerprint"))
