"""What people took back meanwhile, taken out of a database that was restored from an older copy."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kuule.sealing.archive import ArchiveReader
from kuule.store.database import configure, prepare_store
from kuule.store.rewriting import rewrite_store
from kuule.store.rows.withdrawals import apply_withdrawals
from kuule.usecases.withdrawn_lists import withdrawn_row_ids


def restore_withdrawals(archives: Sequence[Path], database: str) -> int:
    """Take out of a database what the archives say was taken back; returns how many answers that were.

    Raises ArchiveError (the archives, CLI_021: they are of different studies), StoreError.
    """
    study = str(ArchiveReader(archives[0]).manifest["study"])
    row_ids = withdrawn_row_ids(archives, study)
    configure(database)
    prepare_store()  # a restored store is there; one that is not is never made here
    gone = apply_withdrawals(row_ids)
    rewrite_store()
    return gone
