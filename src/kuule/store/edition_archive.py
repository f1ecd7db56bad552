"""Writes the responses of an edition into an archive, as the ciphertext that is stored. Nothing here opens one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from kuule.sealing.archive import write_archive
from kuule.sealing.withdrawal_list import WithdrawalList
from kuule.store.rows.responses import read_responses
from kuule.store.rows.restored_store import check_settled
from kuule.store.rows.withdrawals import withdrawn_row_ids
from kuule.study.edition.edition_files import files_without_media
from kuule.study.edition.study_edition import read_edition, read_edition_files


def archive_edition(edition_folder: Path, out: Path) -> int:
    """Write the archive of an edition from the configured store. Returns the number of envelopes.

    The store is only read: an archive is in the order of the random row ids, whether or not the store was rewritten
    before. Raises StudyError, StoreError (STORE_029: it was restored, and what was withdrawn since is not settled), and
    whatever writing raises; `out` does not exist then.
    """
    check_settled()
    edition = read_edition(edition_folder)
    manifest = {"study": edition.study.id, "edition": edition.id, "rehearsal": edition.rehearsal}
    files = files_without_media(read_edition_files(edition_folder))
    coming_back = edition.study.coming_back
    # Asked before the list is read: if it is too late to withdraw by then, the list cannot grow any more.
    closed = not coming_back.accepts_withdrawals(datetime.now(UTC))
    gone = WithdrawalList.from_row_ids(withdrawn_row_ids(), until=coming_back.withdraw_until, closed=closed)
    return write_archive(out, manifest=manifest, files=files, envelopes=read_responses(edition.id), withdrawn=gone)
