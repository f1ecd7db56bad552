"""A backup has what a study needs and nothing that it must not have, and counts only once it was restored."""

from __future__ import annotations

import re
import sqlite3
import subprocess
from collections.abc import Iterable
from contextlib import closing
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from django.db import connection

from kuule.backup.backup_file import BackupFile
from kuule.backup.backup_folder import locked_folder
from kuule.core.problems import BackupError, KuuleError, StoreError
from kuule.store.rows.table_transfer import LEFT_OUT, TRANSFERRED, StoredRow, insert_rows
from kuule.usecases.recovery import store_restoring
from kuule.usecases.recovery.make_backup import Retention, gather_sources, make_backup
from tests.study.small_study import make_edition, make_study, rehearsal_key
from tests.usecases.recovery.answered import DAY, DRAFT, Answered, content_of


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_each_table_is_in_a_backup_or_left_out_for_a_reason(database: Path) -> None:
    tables = {name for name in connection.introspection.django_table_names() if name.startswith("store_")}
    assert tables == set(TRANSFERRED) | set(LEFT_OUT)
    assert not set(TRANSFERRED) & set(LEFT_OUT)


def test_backup_has_every_row_and_its_folder_nothing_else(answered: Answered) -> None:
    made = answered.back_up()
    rows = {table.name: table.rows for table in made.manifest.store.tables} if made.manifest.store else {}
    kept = {"store_response": 18, "store_withdrawal": 3, "store_counter": 2, "store_switchedoff": 1}
    assert rows == kept | {"store_fieldcontrol": 1, "store_hidingorder": 1}
    assert BackupFile(made.path).read_manifest() == made.manifest
    assert names_in(answered.backups) == [f"small-study-{DAY}.kuule-backup"]
    assert made.path.stat().st_mode & 0o777 == 0o600


def test_no_draft_and_no_byte_of_what_was_withdrawn_is_in_it(answered: Answered) -> None:
    content = answered.back_up().path.read_bytes()
    gone = [row.envelope[100:160] for row in answered.rows[:2]]
    assert [part for part in (DRAFT[:60], *gone) if part in content] == []
    assert answered.rows[5].envelope[100:160] in content, "the look finds what is there"


def test_study_and_workbench_are_in_it_without_secrets_and_sessions(in_file: Answered, tmp_path: Path) -> None:
    make_study(tmp_path / "study")
    data = tmp_path / "data"
    data.mkdir()
    (data / "secret").write_bytes(b"S" * 32)
    (data / "desk-seats.json").write_text("{}")
    with closing(sqlite3.connect(data / "accounts.sqlite3")) as accounts:
        accounts.execute("PRAGMA journal_mode = WAL")
        accounts.execute("CREATE TABLE django_session (session_key text, session_data text)")
        accounts.execute("CREATE TABLE workbench_person (name text, password text)")
        with accounts:
            accounts.execute("INSERT INTO django_session VALUES ('an-open-session-of-today', 'b')")
            accounts.execute("INSERT INTO workbench_person VALUES ('Maija', 'scrypt$…')")
        made = in_file.back_up(study=tmp_path / "study", workbench=data)
    files = set(made.manifest.files)
    assert {"study/study.toml", "workbench/accounts.sqlite3", "workbench/desk-seats.json"} <= files
    assert not [name for name in files if name.startswith("workbench/") and ("secret" in name or "-wal" in name)]
    content = made.path.read_bytes()
    assert b"Maija" in content
    assert [mark for mark in (b"an-open-session", b"S" * 32) if mark in content] == []


def test_workbench_without_an_edition_is_backed_up_by_its_study(tmp_path: Path) -> None:
    make_study(tmp_path / "study")
    folder = tmp_path / "backups"
    folder.mkdir(mode=0o700)
    made = make_backup(folder, gather_sources((), study=tmp_path / "study"), today=DAY)
    manifest = BackupFile(made.path).read_manifest()
    assert (manifest.study, manifest.rehearsal, manifest.store, manifest.editions) == ("small-study", False, None, ())
    assert "study/study.toml" in manifest.files


@pytest.mark.parametrize("given", [{}, {"database": "sqlite:///none.sqlite3"}])
def test_nothing_is_backed_up_of_nobody_knows_which_study(given: dict[str, str], tmp_path: Path) -> None:
    make_study(tmp_path / "study")
    study = tmp_path / "study" if given else None
    with pytest.raises(BackupError, match="BACKUP_014"):
        gather_sources((), study=study, **given)


def test_private_key_in_the_study_folder_stops_it_and_earlier_ones_stay(in_file: Answered, tmp_path: Path) -> None:
    before = in_file.back_up()
    make_study(tmp_path / "study")
    (tmp_path / "study" / "old.txt").write_text(rehearsal_key().to_text())
    with pytest.raises(BackupError, match="BACKUP_005"):
        in_file.back_up(study=tmp_path / "study", today=DAY + timedelta(days=1))
    assert names_in(in_file.backups) == [before.path.name]


def test_backup_that_is_not_restored_as_it_was_does_not_count(
    in_file: Answered, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = in_file.back_up()

    def lose_one(table: str, columns: tuple[str, ...], rows: Iterable[StoredRow]) -> None:
        insert_rows(table, columns, [*rows][1:])

    monkeypatch.setattr(store_restoring, "insert_rows", lose_one)
    with pytest.raises(BackupError, match="BACKUP_007"):
        in_file.back_up(today=DAY + timedelta(days=1))
    assert names_in(in_file.backups) == [before.path.name]


def test_one_of_a_day_takes_the_place_of_the_earlier_one_and_older_ones_go(in_file: Answered) -> None:
    sources = gather_sources([in_file.folder / "edition"], database=in_file.url)
    for age in (3, 2, 1, 1):
        day = DAY - timedelta(days=age)
        made = make_backup(in_file.backups, sources, today=day, retention=Retention(keep=2))
    assert [path.name[-23:-13] for path in sorted(in_file.backups.iterdir())] == ["2026-11-25", "2026-11-26"]
    assert made.removed == ()


def test_two_at_once_are_told_and_the_second_does_nothing(in_file: Answered) -> None:
    with locked_folder(in_file.backups):
        with pytest.raises(BackupError, match="BACKUP_008"):
            in_file.back_up()
        assert names_in(in_file.backups) == [".kuule-backup.lock"]


def test_database_of_another_study_is_refused(in_file: Answered, tmp_path: Path) -> None:
    other = make_edition(tmp_path / "other", key=rehearsal_key(bytes(range(7, 39))))
    assert other.id != in_file.edition.id
    sources = gather_sources([tmp_path / "other" / "edition"], database=in_file.url)
    with pytest.raises(BackupError, match="BACKUP_004"):
        make_backup(in_file.backups, sources, today=DAY)
    assert names_in(in_file.backups) == []


def test_study_folder_of_another_study_is_refused(in_file: Answered, tmp_path: Path) -> None:
    make_study(tmp_path / "study")
    settings = tmp_path / "study" / "study.toml"
    settings.write_text(re.sub('id = "[^"]*"', 'id = "another"', settings.read_text(), count=1))
    with pytest.raises(BackupError, match="BACKUP_010"):
        in_file.back_up(study=tmp_path / "study")


@pytest.mark.parametrize("address", ["sqlite:////nowhere/at/all.sqlite3", "sqlite:///{}/empty.sqlite3"])
def test_database_that_is_not_there_is_said_and_none_is_made(in_file: Answered, address: str, tmp_path: Path) -> None:
    (tmp_path / "empty.sqlite3").touch()
    sources = gather_sources([in_file.folder / "edition"], database=address.format(tmp_path))
    with pytest.raises(StoreError):
        make_backup(in_file.backups, sources, today=DAY)
    assert (names_in(in_file.backups), (tmp_path / "empty.sqlite3").stat().st_size) == ([], 0)


def test_folder_that_is_not_there_is_said(in_file: Answered) -> None:
    sources = gather_sources([in_file.folder / "edition"], database=in_file.url)
    with pytest.raises(KuuleError, match="BACKUP_001"):
        make_backup(in_file.folder / "none", sources, today=DAY)


def test_key_that_answers_are_sealed_to_is_not_taken_for_backups(in_file: Answered) -> None:
    sources = gather_sources([in_file.folder / "edition"], database=in_file.url)
    with pytest.raises(BackupError, match="BACKUP_012"):
        make_backup(in_file.backups, sources, today=DAY, seal_to=in_file.edition.key)


def test_sealed_backup_is_tried_as_well(in_file: Answered) -> None:
    key = rehearsal_key(bytes(range(9, 41)))
    sources = gather_sources([in_file.folder / "edition"], database=in_file.url)
    made = make_backup(in_file.backups, sources, today=DAY, seal_to=key.public)
    content = made.path.read_bytes()
    assert in_file.rows[5].envelope[100:160] not in content
    assert b"small-study" not in content


@pytest.fixture
def small_disk(tmp_path: Path) -> Path:
    """A disk of its own with room for a part of a backup."""
    folder = tmp_path / "small-disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("no right to mount a file system")
    return folder


@pytest.mark.parametrize("filled", [0, 600, 1000])
def test_full_disk_is_said_and_earlier_backups_stay(in_file: Answered, small_disk: Path, filled: int) -> None:
    """Without room for the file, for the database that it is tried in, or for anything."""
    try:
        (small_disk / f"small-study-{DAY}.kuule-backup").write_bytes(b"an earlier one")
        (small_disk / "filled").write_bytes(bytes(filled * 1024))
        sources = gather_sources([in_file.folder / "edition"], database=in_file.url)
        with pytest.raises(KuuleError) as raised:
            make_backup(small_disk, sources, today=DAY)
        assert raised.value.problems[0].code in ("BACKUP_001", "STORE_004")
        assert names_in(small_disk) == ["filled", f"small-study-{DAY}.kuule-backup"]
        assert (small_disk / f"small-study-{DAY}.kuule-backup").read_bytes() == b"an earlier one"
    finally:
        subprocess.run(["umount", str(small_disk)], check=True)


def test_backup_changes_nothing_in_the_store(answered: Answered) -> None:
    before = content_of(answered.kept)
    answered.back_up()
    assert content_of(answered.kept) == before


@pytest.mark.parametrize("sealed", [False, True])
def test_backup_without_answers_never_takes_the_place_of_one_that_may_have_some(
    in_file: Answered, tmp_path: Path, sealed: bool
) -> None:
    edition, key = in_file.folder / "edition", rehearsal_key(bytes(range(9, 41))).public if sealed else None
    folder = in_file.backups
    made = make_backup(folder, gather_sources([edition], database=in_file.url), today=DAY, seal_to=key)
    before = made.path.read_bytes()
    make_study(tmp_path / "study")
    (data := tmp_path / "data").mkdir()
    without = [gather_sources([edition]), gather_sources((), study=tmp_path / "study", workbench=data)]
    for sources, seal_to in product(without, (None, key)):
        with pytest.raises(BackupError, match=r"BACKUP_016 .*It was left as it is"):
            make_backup(folder, sources, today=DAY, seal_to=seal_to)
    assert names_in(folder) == [made.path.name]
    assert made.path.read_bytes() == before
    tomorrow = make_backup(folder, without[0], today=DAY + timedelta(days=1), seal_to=key)
    assert [path.name for path in sorted(folder.glob("*.kuule-backup"))] == [made.path.name, tomorrow.path.name]


@pytest.mark.parametrize("sealed", [False, True])
def test_backup_of_a_workbench_takes_the_place_of_its_earlier_one_of_the_day(tmp_path: Path, sealed: bool) -> None:
    make_study(tmp_path / "study")
    for name in ("data", "backups"):
        (tmp_path / name).mkdir(mode=0o700)
    key = rehearsal_key(bytes(range(9, 41))).public if sealed else None
    sources = gather_sources((), study=tmp_path / "study", workbench=tmp_path / "data")
    first = make_backup(tmp_path / "backups", sources, today=DAY, seal_to=key)
    (tmp_path / "data" / "desk-seats.json").write_text("{}")
    second = make_backup(tmp_path / "backups", sources, today=DAY, seal_to=key)
    assert second.path == first.path
    assert "workbench/desk-seats.json" in second.manifest.files


def test_backup_with_answers_takes_the_place_of_one_without_and_not_the_other_way(in_file: Answered) -> None:
    edition, key = in_file.folder / "edition", rehearsal_key(bytes(range(9, 41))).public
    without, full = gather_sources([edition]), gather_sources([edition], database=in_file.url)
    for sources in (without, full):
        made = make_backup(in_file.backups, sources, today=DAY, seal_to=key)
    with pytest.raises(BackupError, match="BACKUP_016"):
        make_backup(in_file.backups, without, today=DAY, seal_to=key)
    assert names_in(in_file.backups) == [made.path.name]


def test_file_of_the_day_that_is_no_whole_backup_is_replaced(tmp_path: Path) -> None:
    make_study(tmp_path / "study")
    folder = tmp_path / "backups"
    folder.mkdir(mode=0o700)
    sources = gather_sources((), study=tmp_path / "study")
    made = make_backup(folder, sources, today=DAY)
    made.path.write_bytes(made.path.read_bytes()[:-20])
    assert BackupFile(make_backup(folder, sources, today=DAY).path).read_manifest().files
