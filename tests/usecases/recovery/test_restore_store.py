"""A store comes out of a backup as it went in, of either kind into either kind, and says that it was restored."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from django.core.management import call_command

from kuule.backup.backup_file import BackupFile
from kuule.backup.backup_manifest import BackupManifest
from kuule.backup.backup_writing import backup_writer
from kuule.collector.served.serve_options import ServeOptions
from kuule.collector.server.collector_server import check_study_and_machine
from kuule.core.problems import BackupError, KuuleError, StoreError
from kuule.store.database import close_connections, configure, prepare_store
from kuule.store.edition_archive import archive_edition
from kuule.store.location.identity import read_identity
from kuule.store.rewriting import rewrite_store
from kuule.store.rows.responses import save_response
from kuule.store.rows.restored_store import check_settled, restored_day
from kuule.store.rows.table_transfer import read_rows
from kuule.store.rows.visit_status import VisitStatus, visit_status
from kuule.store.rows.withdrawals import find_response_row, withdraw_response
from kuule.usecases.collecting.archive_answers import archive_answers
from kuule.usecases.collecting.restore_withdrawals import restore_withdrawals, state_no_archive
from kuule.usecases.recovery import table_reading
from kuule.usecases.recovery.store_restoring import restore_store
from tests.heard import Heard
from tests.store.conftest import Kept
from tests.usecases.recovery.answered import DAY, DRAFT, Answered, content_of


def identity_of(kept: Kept) -> int:
    configure(kept.url)
    found = read_identity()
    close_connections()
    return found


def restored(made: BackupManifest, path: Path, kept: Kept) -> bool:
    return restore_store(BackupFile(path), made, kept.url)


@pytest.mark.parametrize("target", ["file", "server"])
def test_store_of_either_kind_is_restored_into_either_kind(
    answered: Answered, empty_file: Kept, empty_server: Callable[[], Kept], target: str
) -> None:
    made, to = answered.back_up(), empty_file if target == "file" else empty_server()
    assert restored(made.manifest, made.path, to) is True
    assert content_of(to) == content_of(answered.kept)
    assert to.ask("SELECT count(*) FROM store_draft") == [(0,)]
    assert identity_of(to) != identity_of(answered.kept)
    audience = answered.edition.study.audience
    assert to.ask("SELECT audience, restored_from FROM store_identity") == [(audience, DAY.isoformat())]
    assert restored(made.manifest, made.path, to) is False, "once more: it is there, and nothing is done"


def test_what_somebody_can_withdraw_by_their_code_they_still_can(in_file: Answered, empty_file: Kept) -> None:
    [(row_id, tag)] = in_file.kept.ask(f"SELECT row_id, tag FROM store_response WHERE row_id={in_file.rows[7].row_id}")
    made = in_file.back_up()
    restored(made.manifest, made.path, empty_file)
    configure(empty_file.url)
    assert find_response_row(range(row_id - 5, row_id + 5), tag, 0) is not None
    assert visit_status(in_file.rows[0].row_id) is VisitStatus.ENDED
    close_connections()


@pytest.mark.parametrize("target", ["file", "server"])
def test_nothing_is_written_over(
    in_file: Answered, empty_file: Kept, empty_server: Callable[[], Kept], target: str
) -> None:
    made, to = in_file.back_up(), empty_file if target == "file" else empty_server()
    configure(to.url)
    prepare_store(new=True)
    close_connections()
    before = content_of(to)
    with pytest.raises(BackupError, match="BACKUP_009"):
        restored(made.manifest, made.path, to)
    assert content_of(to) == before


def test_file_of_another_program_is_left_as_it_is(in_file: Answered, empty_file: Kept) -> None:
    made = in_file.back_up()
    assert empty_file.path is not None
    empty_file.path.write_bytes(b"something else")
    with pytest.raises(KuuleError, match=r"STORE_008|BACKUP_009"):
        restored(made.manifest, made.path, empty_file)
    assert empty_file.path.read_bytes() == b"something else"


def test_store_of_an_older_version_is_brought_forward(in_file: Answered, empty_file: Kept) -> None:
    """Its tables are made as they were, filled, and migrated."""
    configure(in_file.url)
    call_command("migrate", "store", "0007_audience", verbosity=0, interactive=False)
    close_connections()
    made = in_file.back_up()
    assert made.manifest.store is not None
    assert made.manifest.store.migration == "0007_audience"
    restored(made.manifest, made.path, empty_file)
    assert empty_file.ask("SELECT restored_from FROM store_identity") == [(DAY.isoformat(),)]
    assert len(content_of(empty_file)["response"]) == 18


def test_store_of_a_newer_version_is_refused_in_words(in_file: Answered, empty_file: Kept) -> None:
    made = in_file.back_up()
    assert made.manifest.store is not None
    assert empty_file.path is not None
    newer = replace(made.manifest, store=replace(made.manifest.store, migration="0099_of_another_time"))
    with pytest.raises(BackupError, match="BACKUP_003"):
        restored(newer, made.path, empty_file)
    assert list(empty_file.path.parent.iterdir()) == []


def test_answer_withdrawn_while_the_backup_was_made_is_not_restored(
    in_file: Answered, empty_file: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is in the file, since it was there when its batch was read, and so is its tombstone."""
    late = in_file.rows[9].row_id
    withdrawn = []

    def withdrawn_between(table: str, columns: tuple[str, ...]) -> object:
        yield from read_rows(table, columns)
        if table == "store_response" and not withdrawn:
            withdraw_response(late)
            withdrawn.append(late)

    monkeypatch.setattr(table_reading, "read_rows", withdrawn_between)
    made = in_file.back_up()
    restored(made.manifest, made.path, empty_file)
    assert empty_file.path is not None
    assert (late,) in empty_file.ask("SELECT row_id FROM store_withdrawal")
    assert in_file.rows[9].envelope[100:160] not in empty_file.path.read_bytes()
    assert DRAFT[:40] not in empty_file.path.read_bytes()


def test_who_rewrites_by_a_command_is_told_that_a_log_of_the_server_stays(in_file: Answered, humble: str) -> None:
    """It has the answers one after the other, and what was withdrawn, until the server needs it no more."""
    made, edition, archive = in_file.back_up(), in_file.folder / "edition", in_file.folder / "newer.archive"
    configure(in_file.url)
    archive_edition(edition, archive)
    heard = {"restore": Heard(), "forget": Heard(), "archive": Heard()}
    restore_store(BackupFile(made.path), made.manifest, humble, heard["restore"])
    restore_withdrawals([archive], humble, progress=heard["forget"])
    archive_answers(edition, humble, in_file.folder / "restored.archive", progress=heard["archive"])
    assert {name: one.codes for name, one in heard.items()} == {name: ["STORE_024"] for name in heard}


def restored_after_withdrawal(answered: Answered, to: Kept) -> tuple[Path, int]:
    """A backup is made; then somebody withdraws and an archive is made; then the backup is restored."""
    made, gone = answered.back_up(), answered.rows[11].row_id
    configure(answered.url)
    withdraw_response(gone)
    archive_edition(answered.folder / "edition", answered.folder / "newer.archive")
    close_connections()
    restored(made.manifest, made.path, to)
    return answered.folder / "newer.archive", gone


def test_restored_store_is_not_served_and_not_archived_before_it_forgot(in_file: Answered, empty_file: Kept) -> None:
    archive, gone = restored_after_withdrawal(in_file, empty_file)
    edition = in_file.folder / "edition"
    options = ServeOptions((edition,), empty_file.url, rehearsal=True, drafts=True)
    with pytest.raises(StoreError, match="STORE_029"):
        check_study_and_machine(options)
    configure(empty_file.url)
    with pytest.raises(StoreError, match="STORE_029"):
        archive_edition(edition, in_file.folder / "no.archive")
    assert not (in_file.folder / "no.archive").exists()
    applied = restore_withdrawals([archive], empty_file.url)
    assert (applied.removed, applied.lacking) == (1, 0)
    assert (gone,) in empty_file.ask("SELECT row_id FROM store_withdrawal")
    configure(empty_file.url)
    check_settled()
    archive_edition(edition, in_file.folder / "no.archive")


def test_archive_from_before_the_backup_settles_nothing(in_file: Answered, empty_file: Kept) -> None:
    edition, older = in_file.folder / "edition", in_file.folder / "older.archive"
    configure(in_file.url)
    archive_edition(edition, older)
    withdraw_response(in_file.rows[11].row_id)
    close_connections()
    made = in_file.back_up()
    restored(made.manifest, made.path, empty_file)
    with pytest.raises(StoreError, match="STORE_030"):
        restore_withdrawals([older], empty_file.url)
    configure(empty_file.url)
    assert restored_day() == DAY


def test_answers_that_only_an_archive_has_are_counted(in_file: Answered, empty_file: Kept) -> None:
    made = in_file.back_up()
    configure(in_file.url)
    for row in in_file.sealed(3, Random(90)):
        save_response(row)
    archive_edition(in_file.folder / "edition", in_file.folder / "newer.archive")
    close_connections()
    restored(made.manifest, made.path, empty_file)
    assert restore_withdrawals([in_file.folder / "newer.archive"], empty_file.url).lacking == 3


def test_statement_that_no_archive_was_made_names_the_day_of_the_backup(in_file: Answered, empty_file: Kept) -> None:
    made = in_file.back_up()
    restored(made.manifest, made.path, empty_file)
    with pytest.raises(StoreError, match="STORE_031"):
        state_no_archive(empty_file.url, DAY.replace(day=1))
    configure(empty_file.url)
    assert restored_day() == DAY
    state_no_archive(empty_file.url, DAY)
    configure(empty_file.url)
    check_settled()
    close_connections()
    with pytest.raises(StoreError, match="STORE_031"):
        state_no_archive(empty_file.url, DAY)


def test_table_that_is_in_no_backup_is_not_taken_from_one(in_file: Answered, empty_file: Kept) -> None:
    """A file that somebody made, with drafts in it."""
    made = in_file.back_up()
    assert made.manifest.store is not None
    [table, *_] = made.manifest.store.tables
    strange = replace(made.manifest.store, tables=(replace(table, name="store_draft"),))
    path = in_file.folder / "strange"
    with path.open("wb") as file, backup_writer(file, None) as (_, finish):
        finish(replace(made.manifest, store=strange, files={}))
    with pytest.raises(BackupError, match="BACKUP_003"):
        restored(replace(made.manifest, store=strange), path, empty_file)


def test_restored_file_has_no_page_that_is_free_and_no_time(in_file: Answered, empty_file: Kept) -> None:
    made = in_file.back_up()
    restored(made.manifest, made.path, empty_file)
    assert empty_file.path is not None
    with closing(sqlite3.connect(empty_file.path)) as file:
        assert file.execute("PRAGMA freelist_count").fetchone() == (0,)
        assert file.execute("SELECT DISTINCT applied FROM django_migrations").fetchall() == [("2000-01-01 00:00:00",)]
    configure(empty_file.url)
    before = empty_file.path.read_bytes()
    rewrite_store()
    close_connections()
    # but for what the head of a file counts: how often it was written
    assert empty_file.path.read_bytes()[100:] == before[100:]
