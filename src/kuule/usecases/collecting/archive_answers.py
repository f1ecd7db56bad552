"""The sealed answers of an edition put into one file for the analyst. Nothing here opens one."""

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
"""Locked for too long, a full disk, a database that takes no writes."""


def archive_answers(
    edition: Path, database: str, out: Path, *, replace: bool = False, progress: ProgressListener = SILENT
) -> int:
    """Rewrite the database, so that its rows tell no order, then write the archive. Returns the number of envelopes.

    A database that cannot be rewritten now (its disk is full, it takes no writes, it is busy) is archived all the same,
    and that is said: a copy elsewhere is what is needed most then. The archive is in the order of random ids anyway.

    Raises FileError CLI_001 where something is at `out` already, unless `replace`; StudyError, StoreError.
    """
    if not replace:
        check_path_is_free(out, "an archive")
    read_edition(edition)
    configure(database)
    try:
        rewrite_store()
    except StoreError as error:
        if any(problem.code not in _ARCHIVED_ALL_THE_SAME for problem in error.problems):
            raise
        for problem in error.problems:
            progress.note(f"note: the database was not rewritten: {problem}")
        progress.note(
            "  the archive tells no order; the database itself, and a copy of it, tells some until it is rewritten"
        )
    return archive_edition(edition, out)
