"""Removing responses that were withdrawn meanwhile from a database that was restored from an older copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kuule.core.problems import Problem, StoreError
from kuule.sealing.archive import ArchiveReader
from kuule.store.database import close_connections, configure, database_name, prepare_store
from kuule.store.rewriting import rewrite_store
from kuule.store.rows.responses import keeps_response
from kuule.store.rows.restored_store import restored_day, settle_restored_store
from kuule.store.rows.withdrawals import apply_withdrawals
from kuule.store.rows.withdrawals import withdrawn_row_ids as stored_withdrawals
from kuule.usecases.progress import SILENT, ProgressListener
from kuule.usecases.withdrawn_lists import withdrawn_row_ids


@dataclass(frozen=True, slots=True)
class AppliedWithdrawals:
    """How many responses were removed, and how many are in the archives and not in the database, though nobody withdrew
    them: those were sent after the copy was made."""

    removed: int
    lacking: int = 0


def restore_withdrawals(
    archives: Sequence[Path], database: str, *, progress: ProgressListener = SILENT
) -> AppliedWithdrawals:
    """Remove from a database the responses that the archives list as withdrawn. A restored store is settled by that.

    `progress` is warned where a log of the server still has them (STORE_024, STORE_042).

    Raises ArchiveError (the archives, CLI_021: they are of different studies), StoreError: STORE_030 (the store was
    restored, and the archives are from before its backup).
    """
    study = str(ArchiveReader(archives[0]).manifest["study"])
    row_ids = withdrawn_row_ids(archives, study)
    configure(database)
    prepare_store()  # the restored store must exist: this never makes one
    restored = restored_day()
    if restored is not None:
        _check_newer(row_ids, restored)
    gone = apply_withdrawals(row_ids)
    settle_restored_store()
    progress.warn(rewrite_store())
    lacking = _lacking(archives) if restored is not None else 0
    close_connections()
    return AppliedWithdrawals(gone, lacking)


def _check_newer(row_ids: frozenset[int], restored: date) -> None:
    """Tombstones are never removed, so an archive from after a backup lists all that the backup has."""
    missing = len(set(stored_withdrawals()) - row_ids)
    if missing:
        cause = f"the archives are older than the backup of {restored}: {missing:,} withdrawals are not in them"
        remedy = "give an archive from after that day; where none was made, say so with --no-archive-since"
        raise StoreError(Problem("STORE_030", database_name(), cause, remedy))


def _lacking(archives: Sequence[Path]) -> int:
    gone = set(stored_withdrawals())
    found = {row.row_id for path in archives for part in ArchiveReader(path).parts() for row in part.rows()}
    return sum(not keeps_response(row_id) for row_id in found - gone)


def state_no_archive(database: str, since: date) -> None:
    """Settle a restored store for which there is no archive from after its backup: what was withdrawn since that day is
    lost, and whoever runs it says that they know.

    Raises StoreError: STORE_031 (it was not restored from the backup of that day).
    """
    configure(database)
    prepare_store()
    restored = restored_day()
    if restored != since:
        cause = f"it was restored from the backup of {restored}" if restored else "it is settled, or was never restored"
        remedy = f"give --no-archive-since {restored}" if restored else "nothing is to be done: it can be served"
        raise StoreError(Problem("STORE_031", database_name(), cause, remedy))
    settle_restored_store()
    close_connections()
