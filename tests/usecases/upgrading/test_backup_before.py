"""What passes for the backup before an upgrade: of this study, this store, this day, and whole."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from kuule.backup.backup_writing import is_sealed_length
from kuule.core.problems import BackupError, KuuleError
from kuule.opening.private_key import PrivateKey
from kuule.usecases.recovery.make_backup import gather_sources, make_backup
from kuule.usecases.upgrading.backup_before import BackedUpParts, check_backups
from kuule.usecases.upgrading.carry_out_upgrade import UpgradeConsent, carry_out_upgrade
from kuule.usecases.upgrading.upgrade_plan import Installation, plan_upgrade
from tests.installations.making import unpack

STUDY, TODAY = "ways-through-town", date(2026, 11, 28)
KEY = PrivateKey.generate(bytes(range(9, 41)), rehearsal=True)


@dataclass(frozen=True)
class BackedUp:
    """An installation with a store of an earlier version, and a folder of its backups."""

    left: Path

    @property
    def database(self) -> str:
        return f"sqlite:///{self.left / 'store.sqlite3'}"

    @property
    def backups(self) -> Path:
        folder = self.left / "backups"
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder

    def back_up(self, today: date = TODAY, *, sealed: bool = False, **sources: Any) -> Path:
        given = {"editions": [self.left / "edition"], "database": self.database, **sources}
        made = make_backup(self.backups, gather_sources(**given), today=today, seal_to=KEY.public if sealed else None)
        return made.path

    def check(self, *places: Path, **more: Any) -> tuple[Path, ...]:
        return check_backups(places or (self.backups,), BackedUpParts(STUDY, TODAY, **more))

    def refusal(self, *places: Path, **more: Any) -> str:
        with pytest.raises(KuuleError) as refused:
            self.check(*places, **more)
        return refused.value.problems[0].code


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> BackedUp:
    """To be read: with one backup of today, not sealed."""
    found = BackedUp(unpack("before-0.1.0", tmp_path_factory.mktemp("kept")))
    found.back_up()
    return found


@pytest.fixture
def place(kept: BackedUp, tmp_path: Path) -> BackedUp:
    return BackedUp(Path(shutil.copytree(kept.left, tmp_path / "left")))


def test_backup_of_today_is_taken_by_its_folder_or_its_name(kept: BackedUp) -> None:
    [made] = kept.backups.glob("*.kuule-backup")
    assert kept.check(database=kept.database) == kept.check(made, database=kept.database) == (made,)


def test_one_of_another_day_is_refused(place: BackedUp) -> None:
    shutil.rmtree(place.backups)
    for sealed in (False, True):
        made = place.back_up(TODAY - timedelta(days=1), sealed=sealed)
        assert place.refusal(made, database=place.database) == "UPGRADE_009"


def test_one_of_another_study_is_refused(kept: BackedUp) -> None:
    with pytest.raises(KuuleError, match=r"UPGRADE_008.*the study 'ways-through-town', and this one is 'another'"):
        check_backups([*kept.backups.glob("*.kuule-backup")], BackedUpParts("another", TODAY))


def test_answers_that_this_store_never_had_are_of_another_one(place: BackedUp) -> None:
    with closing(sqlite3.connect(place.left / "store.sqlite3")) as line, line:
        line.execute("DELETE FROM store_response WHERE row_id = (SELECT max(row_id) FROM store_response)")
    assert place.refusal(database=place.database) == "UPGRADE_008"


def test_answer_that_was_withdrawn_since_is_no_hindrance(place: BackedUp) -> None:
    with closing(sqlite3.connect(place.left / "store.sqlite3")) as line, line:
        [gone] = line.execute("SELECT max(row_id) FROM store_response").fetchone()
        line.execute("DELETE FROM store_response WHERE row_id = ?", (gone,))
        line.execute("INSERT INTO store_withdrawal (row_id) VALUES (?)", (gone,))
    assert len(place.check(database=place.database)) == 1


def test_empty_backup_of_a_store_with_answers_is_refused(place: BackedUp) -> None:
    empty = Path(shutil.copy(place.left / "store.sqlite3", place.left / "empty.sqlite3"))
    with closing(sqlite3.connect(empty)) as line, line:
        line.execute("DELETE FROM store_response")
    place.back_up(database=f"sqlite:///{empty}")
    assert place.refusal(database=place.database) == "UPGRADE_008"


def test_what_is_brought_forward_has_to_be_in_one(place: BackedUp) -> None:
    assert place.refusal(accounts=True) == "UPGRADE_010"
    other = place.left / "other"
    other.mkdir(mode=0o700)
    sources = gather_sources([place.left / "edition"], workbench=place.left / "workbench")
    accounts = make_backup(other, sources, today=TODAY).path
    assert place.refusal(accounts, database=place.database) == "UPGRADE_010"
    assert len(place.check(place.backups, accounts, database=place.database, accounts=True)) == 2


def test_sealed_one_is_known_by_its_name_and_its_length(place: BackedUp) -> None:
    made = place.back_up(sealed=True)
    assert place.check(database=place.database, accounts=True) == (made,)
    whole = made.read_bytes()
    assert is_sealed_length(len(whole))
    for cut in (1, 16, 512, 10_240, 65_552, len(whole) // 2, len(whole) - 30, len(whole) - 2000):
        made.write_bytes(whole[:-cut])
        assert place.refusal(made) == "BACKUP_002", cut
    made.write_bytes(whole)
    renamed = made.rename(made.with_name("mine"))
    assert place.refusal(renamed) == "UPGRADE_008"


def test_damaged_missing_and_foreign_files_are_refused(place: BackedUp) -> None:
    [made] = place.backups.glob("*.kuule-backup")
    made.write_bytes(made.read_bytes()[:-100])
    assert place.refusal() == "BACKUP_002"
    assert place.refusal(place.left / "none") == "BACKUP_001"
    assert place.refusal(place.left / "store.sqlite3") == "BACKUP_002"
    made.unlink()
    with pytest.raises(BackupError, match="BACKUP_013"):
        place.check()


@pytest.mark.slow
def test_upgrade_after_a_backup_that_was_looked_at_and_none_after_an_old_one(place: BackedUp) -> None:
    installation = Installation((place.left / "edition",), place.database)
    consent, before = UpgradeConsent((place.backups,)), (place.left / "store.sqlite3").read_bytes()
    with pytest.raises(KuuleError, match="UPGRADE_009"):
        upgrade(installation, consent, TODAY + timedelta(days=1))
    assert (place.left / "store.sqlite3").read_bytes() == before
    upgrade(installation, consent, TODAY)
    assert plan_upgrade(installation).migrated == ()


def upgrade(installation: Installation, consent: UpgradeConsent, today: date) -> None:
    carry_out_upgrade(installation, plan_upgrade(installation), consent, today=today, confirm=lambda study: None)
