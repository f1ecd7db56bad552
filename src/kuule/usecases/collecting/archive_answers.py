"""Putting the sealed answers of an edition into one file for the analyst. Nothing here can open them."""

from __future__ import annotations

from pathlib import Path

from kuule.core.problems import StoreError
from kuule.store.database import configure
from kuule.store.edition_archive import archive_edition
from kuule.store.rewriting import rewrite_store
from kuule.study.edition.study_edition import read_edition
from kuule.usecases.input_files import check_path_is_free
from kuule.usecases.progress import SILENT, ProgressListener

_ARCHIVED_ALL_THE_SAME = ("STORE_003", "STORE_004", "STORE_005")
"""The problems with which a database cannot be rewritten now: locked for too long, a full disk, no writes allowed."""


def archive_answers(
    edition: Path, database: str, out: Path, *, replace: bool = False, progress: ProgressListener = SILENT
) -> int:
    """Rewrite the database, so that the order of its rows reveals nothing, then write the archive. Returns the number
    of envelopes.

    `progress` is warned where a server's log, or that of a member of a cluster, still tells the order (STORE_024,
    STORE_042). If the database cannot be rewritten now (its disk is full, it allows no writes, it is busy), it gets a
    note and the archive is written all the same: a copy elsewhere is then needed most. Its envelopes are in the order
    of random ids anyway.

    Raises FileError CLI_001 if something is at `out` already, unless `replace`; StudyError and StoreError.
    """
    if not replace:
        check_path_is_free(out, "an archive")
    read_edition(edition)
    configure(database)
    try:
        progress.warn(rewrite_store())
    except StoreError as error:
        if any(problem.code not in _ARCHIVED_ALL_THE_SAME for problem in error.problems):
            raise
        for problem in error.problems:
            progress.note(f"note: the database was not rewritten: {problem}")
        progress.note(
            "  the archive tells no order; the database itself, and a copy of it, tells some until it is rewritten"
        )
    return archive_edition(edition, out)
