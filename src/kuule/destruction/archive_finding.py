"""Which files are archives of a study: by what stands in them, whatever they are called."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kuule.core.problems import ArchiveError, Problem
from kuule.destruction.file_destruction import DestructionError, files_below
from kuule.sealing.archive import ArchiveReader


def archives_below(path: Path, study: str) -> Iterator[Path]:
    """Every archive of this study, also earlier ones; other files of a folder stay. Raises DestructionError END_009 for
    a file that is none."""
    if path.is_dir():
        yield from (file for file in files_below(path) if _is_archive_of(file, study))
    elif _is_archive_of(path, study):
        yield path
    else:
        remedy = "name an archive, or a folder with them; nothing was destroyed"
        raise DestructionError(Problem("END_009", str(path), f"it is no archive of {study!r}", remedy))


def _is_archive_of(path: Path, study: str) -> bool:
    try:
        return str(ArchiveReader(path).manifest["study"]) == study
    except ArchiveError:
        return False
