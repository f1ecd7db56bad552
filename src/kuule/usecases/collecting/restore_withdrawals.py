"""Removing responses that were withdrawn meanwhile from a database that was restored from an older copy."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kuule.sealing.archive import ArchiveReader
from kuule.store.database import configure, prepare_store
from kuule.store.rewriting import rewrite_store
from kuule.store.rows.withdrawals import apply_withdrawals
from kuule.usecases.withdrawn_lists import withdrawn_row_ids


def restore_withdrawals(archives: Sequence[Path], database: str) -> int:
    """Remove from a database the responses that the archives list as withdrawn. Returns how many were removed.

    Raises ArchiveError (the archives, CLI_021: they are of different studies), StoreError.
    """
    study = str(ArchiveReader(archives[0]).manifest["study"])
    row_ids = withdrawn_row_ids(archives, study)
    configure(database)
    prepare_store()  # the restored store must exist: this never makes one
    gone = apply_withdrawals(row_ids)
    rewrite_store()
    return gone
