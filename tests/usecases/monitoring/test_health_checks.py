"""Each thing that is looked at is said as it is, from well to broken."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from kuule.collector.server.rewrite_record import RewriteRecord, find_rewrite_record, write_rewrite_record
from kuule.core.problems import KuuleError
from kuule.helplines.service import service_id
from kuule.store.database import close_connections
from kuule.store.rows.field_control import change_field_control
from kuule.store.rows.hidden_services import set_service_hidden
from kuule.study.edition.study_edition import read_edition
from kuule.study.settings.field_phase import FieldOrder, StandingOrder
from kuule.usecases.monitoring.collector_answer import check_collector_answers, check_is_of_this_machine
from kuule.usecases.monitoring.disk_room import DiskSpace, DiskWatch
from kuule.usecases.monitoring.health_findings import HealthFinding, HealthState
from kuule.usecases.monitoring.host_status import HostStatus, WatchedHost, read_host_status
from kuule.usecases.monitoring.kept_files import check_backup, check_rewriting, check_secret
from tests.ports import free_port

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
TODAY = NOON.date()
STORE = 0x1234


def stated(host: WatchedHost, now: datetime = NOON) -> HostStatus:
    disks = DiskWatch([], lambda _: DiskSpace(100, 50))
    return read_host_status(
        host, now, disks, answers=lambda _: HealthFinding("up", HealthState.WELL, "it does"), memory=[Path("/nowhere")]
    )


@pytest.mark.parametrize(
    ("free", "state"),
    [(1000, "well"), (100, "well"), (99, "look"), (30, "look"), (29, "broken"), (0, "broken")],
)
def test_disk_is_told_in_classes(tmp_path: Path, free: int, state: str) -> None:
    found = DiskWatch([tmp_path], lambda _: DiskSpace(1000, free)).find(NOON)
    assert found.state == state
    assert {int(word) for word in found.told.split() if word.isdecimal()} <= {3, 10}


def test_fullest_disk_counts_and_is_looked_at_once_an_hour() -> None:
    shares = {Path("/a"): 50, Path("/b"): 5}
    disks = DiskWatch(list(shares), lambda folder: DiskSpace(100, shares[folder]))
    assert disks.find(NOON).told == "less than 10 % of the disk of /b is free"
    shares[Path("/b")] = 0
    assert disks.find(NOON + timedelta(minutes=59)).state is HealthState.LOOK
    assert disks.find(NOON + timedelta(minutes=60)).state is HealthState.BROKEN


def test_disk_that_is_not_there_is_broken(tmp_path: Path) -> None:
    found = DiskWatch([tmp_path / "unmounted"]).find(NOON)
    assert (found.state, "no such file" in found.told) == (HealthState.BROKEN, True)


def test_secret_has_to_be_there_whole(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    assert check_secret(None).state is HealthState.UNKNOWN
    assert check_secret(secret).state is HealthState.BROKEN
    secret.write_bytes(bytes(31))
    assert check_secret(secret).state is HealthState.BROKEN
    secret.write_bytes(bytes(32))
    assert check_secret(secret) == HealthFinding("secret", HealthState.WELL, "there")


@pytest.mark.parametrize(
    ("day", "state", "age"),
    [("2026-11-28", "well", 0), ("2026-11-26", "well", 2), ("2026-11-25", "look", 3), ("2026-12-01", "look", None)],
)
def test_backup_is_as_old_as_its_name_says(tmp_path: Path, day: str, state: str, age: int | None) -> None:
    (tmp_path / f"voice-{day}.kuule-backup").touch()
    (tmp_path / "other-2026-11-28.kuule-backup").touch()
    found, days = check_backup(tmp_path, "voice", TODAY, days=2)
    assert (found.state, days) == (state, age)


def test_no_backup_is_broken_and_none_that_was_asked_for_is_unknown(tmp_path: Path) -> None:
    assert check_backup(tmp_path, "voice", TODAY, days=2)[0].state is HealthState.BROKEN
    assert check_backup(tmp_path / "gone", "voice", TODAY, days=2)[0].state is HealthState.BROKEN
    assert check_backup(None, "voice", TODAY, days=2)[0].state is HealthState.UNKNOWN


@pytest.mark.parametrize(
    ("record", "state"),
    [(RewriteRecord(), "well"), (RewriteRecord("STORE_004"), "look"), (RewriteRecord("STORE_004", 2), "broken")],
)
def test_rewriting_is_what_the_collector_kept_of_it(tmp_path: Path, record: RewriteRecord, state: str) -> None:
    write_rewrite_record(tmp_path, STORE, record)
    assert find_rewrite_record([tmp_path / "no", tmp_path], STORE) == record
    found = check_rewriting([tmp_path], STORE)
    assert (found.state, record.code in found.told) == (state, True)
    assert check_rewriting([tmp_path], STORE + 1).state is HealthState.UNKNOWN


def test_record_of_a_rewriting_that_is_damaged_says_nothing(tmp_path: Path) -> None:
    write_rewrite_record(tmp_path, STORE, RewriteRecord())
    [file] = tmp_path.iterdir()
    file.write_bytes(b"\xff\xff")
    assert find_rewrite_record([tmp_path], STORE) is None
    write_rewrite_record(tmp_path / "gone", STORE, RewriteRecord())  # and what cannot be kept stops nobody


def test_nobody_who_answers_is_broken(tmp_path: Path) -> None:
    port = free_port()
    found = check_collector_answers(f"http://127.0.0.1:{port}")
    assert found.told == f"nobody answers at http://127.0.0.1:{port} (connection refused)"
    assert check_collector_answers(str(tmp_path / "none.sock")).state is HealthState.BROKEN


@pytest.mark.parametrize(
    "address", ["https://survey.example.org", "http://10.0.0.1:80", "http://localhost:80", "x", ""]
)
def test_other_machine_is_not_asked(address: str) -> None:
    with pytest.raises(KuuleError, match="STATUS_001"):
        check_is_of_this_machine(address)


def test_address_of_this_machine_is_asked() -> None:
    check_is_of_this_machine("http://127.0.0.1:8000")
    check_is_of_this_machine("/run/kuule/collector.sock")


def test_phase_is_what_the_store_orders(database: Path, edition_folder: Path) -> None:
    host = WatchedHost(edition_folder, f"sqlite:///{database}")
    assert stated(host).findings[3] == HealthFinding("phase", HealthState.WELL, "open")
    change_field_control(lambda _: StandingOrder(FieldOrder.CLOSE, date(2026, 11, 20), 2))
    close_connections()
    told = stated(host).findings[3].told
    assert told.startswith("closed: paused visits can still be finished; closed on 2026-11-20; finishing until ")


def test_service_that_is_hidden_is_to_be_looked_at_while_the_edition_has_it(
    database: Path, edition_folder: Path
) -> None:
    host = WatchedHost(edition_folder, f"sqlite:///{database}")
    assert stated(host).findings[4] == HealthFinding("help", HealthState.WELL, "no service of this edition is hidden")
    set_service_hidden(service_id("SE", "Not in the edition"), hidden=True)
    close_connections()
    assert stated(host).findings[4].state is HealthState.WELL
    service = read_edition(edition_folder).support.services[0]
    set_service_hidden(service_id(service.country, service.name), hidden=True)
    close_connections()
    told = f"hidden until an edition without it is served: {service.name!r} in {service.country}"
    assert stated(host).findings[4] == HealthFinding("help", HealthState.LOOK, told)


def test_store_that_is_gone_and_an_edition_that_is_none_are_said_and_raise_nothing(tmp_path: Path) -> None:
    status = stated(WatchedHost(tmp_path / "edition", f"sqlite:///{tmp_path}/gone.sqlite3", backups=tmp_path))
    broken = {one.check: one.told for one in status.findings if one.state is HealthState.BROKEN}
    assert set(broken) == {"edition", "store", "backup"}
    assert broken["store"].startswith("STORE_025 ")
    assert (status.phase, status.store_version, status.study) == (None, None, "")
