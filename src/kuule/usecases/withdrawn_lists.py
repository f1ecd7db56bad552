"""The withdrawal lists of archives, which can be read without a key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from kuule.core.problems import ArchiveError, Problem
from kuule.sealing.archive import ArchiveReader
from kuule.sealing.withdrawal_list import WithdrawalList


def read_withdrawn_lists(archives: Iterable[Path], study: str) -> Mapping[Path, WithdrawalList]:
    """The withdrawal list of each archive. Raises ArchiveError if an archive is damaged, or CLI_021 if it is of another
    study."""
    found = {}
    for path in archives:
        reader = ArchiveReader(path)
        named = str(reader.manifest["study"])
        if named != study:
            cause = f"it is an archive of the study {named!r}, and {study!r} is wanted"
            raise ArchiveError(Problem("CLI_021", str(path), cause, "give an archive of this study"))
        found[path] = reader.withdrawn
    return found


def withdrawn_row_ids(archives: Iterable[Path], study: str) -> frozenset[int]:
    """The row ids in all these lists together. Raises ArchiveError like `read_withdrawn_lists`."""
    return frozenset[int]().union(*(one.row_ids for one in read_withdrawn_lists(archives, study).values()))
