"""`kuule forget` and `kuule lock`: what people took back leaves archives, datasets and restored databases."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kuule.cli.app import run
from kuule.cli.commands import lock
from kuule.cli.console import Exit
from kuule.dataset.lifecycle.lock_marker import is_locked
from kuule.dataset.lifecycle.row_map import row_map_path
from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.sealing.archive import ArchiveReader, write_archive
from kuule.sealing.withdrawal_list import WithdrawalList
from kuule.store import edition_archive
from kuule.store.database import configure
from kuule.store.rows.withdrawals import withdraw_response, withdrawn_row_ids
from tests.cli.conftest import Kit
from tests.store.kept import count_responses

BANDS = ["18_to_24", "25_to_34", "35_to_44"]
GONE = 1000 + 17
"""The row of the second of them."""


class Later(datetime):
    """The clock of a day after the last on which answers of our-voice can be taken back."""

    @classmethod
    def now(cls, tz: object = None) -> datetime:
        return datetime(2028, 2, 1, tzinfo=UTC)


def archived(kit: Kit, name: str) -> Path:
    out = kit.folder / name
    assert run(["archive", kit.edition_folder, str(out), "--database", kit.database]) == Exit.DONE
    return out


def opened(kit: Kit, *archives: Path, name: str = "dataset") -> Path:
    to = kit.folder / name
    assert run(["open", *map(str, archives), "--key", kit.secret, "--to", str(to)]) == Exit.DONE
    return to


def bands(dataset: Path) -> list[str]:
    return sorted(read_dataset(dataset).frame.collect()["age_band"].to_list())


def test_archive_after_taking_back_has_no_such_row_and_says_so(kit: Kit) -> None:
    kit.answer(BANDS)
    withdraw_response(GONE)
    reader = ArchiveReader(archived(kit, "new"))
    assert (reader.count, reader.withdrawn.row_ids, reader.withdrawn.closed) == (2, {GONE}, False)


def test_dataset_forgets_what_a_newer_archive_says(kit: Kit, capsys: pytest.CaptureFixture[str]) -> None:
    kit.answer(BANDS)
    dataset = opened(kit, archived(kit, "old"))
    withdraw_response(GONE)
    newer = archived(kit, "new")
    assert run(["forget", str(newer), "--dataset", str(dataset)]) == Exit.DONE
    assert "took them back: 1 answer\n" in capsys.readouterr().err
    assert bands(dataset) == ["18_to_24", "35_to_44"]


def test_restored_database_forgets_what_an_archive_says(kit: Kit) -> None:
    kit.answer(BANDS)
    shutil.copy(kit.folder / "collector.sqlite3", kit.folder / "copy")
    withdraw_response(GONE)
    newer = archived(kit, "new")
    shutil.copy(kit.folder / "copy", kit.folder / "collector.sqlite3")
    assert count_responses(kit.edition.id) == 3
    assert run(["forget", str(newer), "--database", kit.database]) == Exit.DONE
    configure(kit.database)
    assert (count_responses(kit.edition.id), withdrawn_row_ids()) == (2, (GONE,))


def test_lock_waits_for_the_day_and_for_an_archive_of_after_it(
    kit: Kit, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kit.answer(BANDS)
    before = archived(kit, "before")
    dataset = opened(kit, before)
    withdraw_response(GONE)
    assert run(["lock", str(dataset), "--archive", str(before)]) == Exit.PROBLEM
    for module in (edition_archive, lock):
        monkeypatch.setattr(module, "datetime", Later)
    assert run(["lock", str(dataset), "--archive", str(before)]) == Exit.PROBLEM
    said = capsys.readouterr().err
    assert [code in said for code in ("DATA_012", "DATA_013")] == [True, True]
    assert run(["lock", str(dataset), "--archive", str(archived(kit, "after"))]) == Exit.DONE
    assert (bands(dataset), is_locked(dataset)) == (["18_to_24", "35_to_44"], True)
    assert not row_map_path(dataset).exists()
    assert run(["forget", str(before), "--dataset", str(dataset)]) == Exit.PROBLEM
    assert "DATA_011" in capsys.readouterr().err


@pytest.mark.parametrize("first", ["quiet", "after"])
def test_lock_obeys_each_archive_that_is_given(kit: Kit, monkeypatch: pytest.MonkeyPatch, first: str) -> None:
    """Of two collectors' archives one alone lists the row."""
    kit.answer(BANDS)
    dataset = opened(kit, archived(kit, "before"))
    for module in (edition_archive, lock):
        monkeypatch.setattr(module, "datetime", Later)
    quiet = archived(kit, "quiet")
    withdraw_response(GONE)
    given = [quiet, archived(kit, "after")]
    given.sort(key=lambda path: path.name != first)
    assert run(["lock", str(dataset), *(part for one in given for part in ("--archive", str(one)))]) == Exit.DONE
    assert (bands(dataset), is_locked(dataset)) == (["18_to_24", "35_to_44"], True)


@pytest.mark.parametrize("options", [[], ["--dataset", "a", "--database", "sqlite:///b"]])
def test_from_where_is_one_of_two(kit: Kit, options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    kit.answer(BANDS)
    assert run(["forget", str(archived(kit, "a")), *options]) == Exit.PROBLEM
    assert "CLI_020" in capsys.readouterr().err


def test_archive_of_another_study_is_not_obeyed(kit: Kit, capsys: pytest.CaptureFixture[str]) -> None:
    kit.answer(BANDS)
    dataset = opened(kit, archived(kit, "a"))
    other = kit.folder / "other"
    manifest = {"study": "another", "edition": kit.edition.id}
    write_archive(other, manifest=manifest, files={}, envelopes=[], withdrawn=WithdrawalList(frozenset({GONE})))
    assert run(["forget", str(other), "--dataset", str(dataset)]) == Exit.PROBLEM
    assert "CLI_021" in capsys.readouterr().err
    assert bands(dataset) == sorted(BANDS)
