"""Taking rows out of a dataset, and locking it: what was taken back is in no table, and after that nothing goes."""

from __future__ import annotations

import resource
import stat
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from kuule.core.problems import ArchiveError
from kuule.dataset.coded_dataset import write_code_counts
from kuule.dataset.lifecycle.lock_marker import is_locked
from kuule.dataset.lifecycle.locking import lock_dataset
from kuule.dataset.lifecycle.row_map import destroy_row_map, read_row_map, row_map_path
from kuule.dataset.lifecycle.row_removal import forget_rows
from kuule.dataset.schema.columns import RECORD_KEY
from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.sealing.withdrawal_list import WithdrawalList
from tests.dataset.small import record
from tests.factories import UNTIL, lenient, make_dataset

AFTER = datetime(2027, 7, 1, 12, 0, tzinfo=UTC)
MARKS = ["first wish of one", "second wish", "third wish"]


def made(folder: Path, *, until: date | None = UNTIL) -> Path:
    """Three people, ids 10, 20 and 30: each with a wish and as many helpers as their number. A fourth took back what
    was sent, and is on the archive's list."""
    people = {}
    for number, mark in enumerate(MARKS, start=1):
        one = record({"told": "yes", "age": str(30 + number), "wish": mark})
        helpers = {f"/data/helper[{at}]/helped": "yes" if number == 1 else "no" for at in range(1, number + 1)}
        people[number * 10] = replace(one, answers={**one.answers, **helpers})
    folder.mkdir(exist_ok=True)
    make_dataset(people, [lenient(until)], folder / "ds", withdrawn=() if until is None else [40])
    return folder / "ds"


def held(dataset: Path) -> tuple[list[int], list[str], list[str]]:
    ages, texts, helped = (
        pl.read_parquet(dataset / name) for name in ("responses.parquet", "open_text.parquet", "repeat.helper.parquet")
    )
    return sorted(ages["age"]), sorted(texts["text"]), sorted(helped["helped"])


def code_of(call: object, *arguments: object) -> str:
    with pytest.raises(ArchiveError) as raised:
        call(*arguments)  # type: ignore[operator]
    return raised.value.problems[0].code


def test_all_of_a_response_goes_and_nothing_of_another(tmp_path: Path) -> None:
    dataset = made(tmp_path)
    assert held(dataset) == ([31, 32, 33], MARKS, ["no"] * 5 + ["yes"])
    before = read_dataset(dataset).info
    assert forget_rows(dataset, {10, 999}) == 1
    assert held(dataset) == ([32, 33], MARKS[1:], ["no"] * 5)
    after = read_dataset(dataset).info
    assert (after.responses, after.version == before.version) == (2, False)
    assert forget_rows(dataset, {10}) == 0
    assert forget_rows(dataset, {30}) == 1
    assert held(dataset) == ([32], [MARKS[1]], ["no"] * 2)
    content = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert [mark.encode() in content for mark in MARKS] == [False, True, False]


def test_counts_of_codes_go_with_the_first_that_is_taken_back(tmp_path: Path) -> None:
    """Beside those of the rest they would say what was coded of who went."""
    dataset = made(tmp_path)
    path = write_code_counts(read_dataset(dataset), ())
    assert forget_rows(dataset, {999}) == 0
    assert path.exists()
    assert forget_rows(dataset, {10}) == 1
    assert not path.exists()


def test_last_row_can_go_too(tmp_path: Path) -> None:
    dataset = made(tmp_path)
    assert forget_rows(dataset, {10, 20, 30}) == 3
    assert (held(dataset), read_dataset(dataset).info.responses) == (([], [], []), 0)


def test_map_stands_apart_and_is_for_this_user_alone(tmp_path: Path) -> None:
    dataset = made(tmp_path)
    path = row_map_path(dataset)
    assert (path.parent, stat.S_IMODE(path.stat().st_mode)) == (tmp_path, 0o600)
    assert read_row_map(dataset, read_dataset(dataset).info.version).until == UNTIL
    names = {column for file in dataset.glob("*.parquet") for column in pl.read_parquet_schema(file)}
    assert [name for name in names if "row_id" in name or "place" in name] == []


def test_where_nothing_can_be_taken_back_there_is_no_map(tmp_path: Path) -> None:
    dataset = made(tmp_path, until=None)
    assert not row_map_path(dataset).exists()
    assert code_of(forget_rows, dataset, {10}) == "DATA_014"
    assert lock_dataset(dataset, {}, AFTER) == 0
    assert is_locked(dataset)


def test_rows_of_an_edition_without_that_day_have_no_id_in_the_map(tmp_path: Path) -> None:
    rows = {one * 10: record({"told": "yes"}, number=one) for one in (1, 2)}
    make_dataset(rows, [lenient(None, 1), lenient(UNTIL, 2)], tmp_path / "ds")
    found = read_row_map(tmp_path / "ds", read_dataset(tmp_path / "ds").info.version)
    assert sorted(found.owners["responses.parquet"]) == [-1, 20]


@pytest.mark.parametrize("breaking", [lambda path: path.unlink(), lambda path: path.write_bytes(b"PAR1")])
def test_map_that_is_gone_or_damaged_is_said(tmp_path: Path, breaking: object) -> None:
    dataset = made(tmp_path)
    breaking(row_map_path(dataset))  # type: ignore[operator]
    assert code_of(forget_rows, dataset, {10}) == "DATA_014"
    assert code_of(lock_dataset, dataset, {}, AFTER) == "DATA_014"


def test_map_of_another_dataset_is_not_taken(tmp_path: Path) -> None:
    one, other = (made(tmp_path / name) for name in ("one", "other"))
    row_map_path(other).replace(row_map_path(one))
    assert code_of(forget_rows, one, {10}) == "DATA_014"


def test_stopped_in_the_middle_is_said_and_nothing_wrong_is_read(tmp_path: Path) -> None:
    dataset = made(tmp_path)
    told = (dataset / "dataset.json").read_bytes()
    forget_rows(dataset, {10})
    (dataset / "dataset.json").write_bytes(told)  # as if the last step had not come
    assert code_of(forget_rows, dataset, {20}) == "DATA_006"


def lists(
    *, closed: bool = True, until: date | None = UNTIL, ids: frozenset[int] = frozenset()
) -> dict[Path, WithdrawalList]:
    return {Path("a.archive"): WithdrawalList(ids, until, closed)}


def test_lock_takes_out_what_was_taken_back_and_destroys_the_map(tmp_path: Path) -> None:
    dataset = made(tmp_path)
    assert lock_dataset(dataset, lists(ids=frozenset({20})), AFTER) == 1
    assert (held(dataset)[0], is_locked(dataset), row_map_path(dataset).exists()) == ([31, 33], True, False)
    assert read_dataset(dataset).info.responses == 2
    assert code_of(lock_dataset, dataset, lists(), AFTER) == "DATA_011"
    assert code_of(forget_rows, dataset, {10}) == "DATA_011"


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_lock_takes_out_what_any_of_the_archives_says_was_taken_back(tmp_path: Path, order: tuple[int, int]) -> None:
    """There are as many archives as collectors, and each knows what was taken back where it is."""
    dataset = made(tmp_path)
    both = [
        (Path("a"), WithdrawalList(frozenset({10}), UNTIL, True)),
        (Path("b"), WithdrawalList(frozenset({20}), UNTIL, True)),
    ]
    assert lock_dataset(dataset, dict(both[at] for at in order), AFTER) == 2
    assert held(dataset)[0] == [33]


def test_lock_keeps_the_promised_day(tmp_path: Path) -> None:
    dataset = made(tmp_path)
    assert code_of(lock_dataset, dataset, lists(), AFTER - timedelta(seconds=1)) == "DATA_012"
    assert (is_locked(dataset), row_map_path(dataset).exists()) == (False, True)


@pytest.mark.parametrize("given", [{}, lists(closed=False), lists(until=UNTIL - timedelta(days=1)), lists(until=None)])
def test_lock_needs_an_archive_of_after_that_day(tmp_path: Path, given: dict[Path, WithdrawalList]) -> None:
    assert code_of(lock_dataset, made(tmp_path), given, AFTER) == "DATA_013"


def test_lock_that_was_stopped_before_the_map_was_gone_is_ended_by_the_next(tmp_path: Path) -> None:
    dataset = made(tmp_path)
    kept = row_map_path(dataset).read_bytes()
    lock_dataset(dataset, lists(), AFTER)
    row_map_path(dataset).write_bytes(kept)
    assert lock_dataset(dataset, {}, AFTER) == 0
    assert not row_map_path(dataset).exists()


def test_map_is_written_over_before_it_is_deleted(tmp_path: Path) -> None:
    dataset = made(tmp_path)
    link = tmp_path / "another name"
    link.hardlink_to(row_map_path(dataset))
    size = link.stat().st_size
    assert destroy_row_map(dataset)
    assert link.read_bytes() == bytes(size)
    assert not destroy_row_map(dataset)


def test_forgetting_and_locking_leave_every_other_record_key_as_it_was(tmp_path: Path) -> None:
    dataset = made(tmp_path)
    keys = dict(read_dataset(dataset).frame.select("age", RECORD_KEY).collect().iter_rows())
    forget_rows(dataset, {20})
    lock_dataset(dataset, lists(ids=frozenset({10})), AFTER)
    after = dict(read_dataset(dataset).frame.select("age", RECORD_KEY).collect().iter_rows())
    assert after == {33: keys[33]}


def test_disk_that_is_full_does_not_lock_it(tmp_path: Path) -> None:
    """An empty mark would lock a dataset of which the person was told that it could not be."""
    dataset = made(tmp_path, until=None)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            lock_dataset(dataset, {}, AFTER)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not is_locked(dataset)
    lock_dataset(dataset, {}, AFTER)
    assert is_locked(dataset)


@pytest.mark.parametrize("given", [".", "..", "link"])
def test_dataset_is_the_same_by_whichever_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    dataset = made(tmp_path)
    (dataset / "mine").mkdir()
    (tmp_path / "link").symlink_to(dataset)
    monkeypatch.chdir({".": dataset, "..": dataset / "mine", "link": tmp_path}[given])
    assert forget_rows(Path(given), {10}) == 1
    monkeypatch.chdir({".": dataset, "..": dataset / "mine", "link": tmp_path}[given])
    assert lock_dataset(Path(given), lists(ids=frozenset({20})), AFTER) == 1
    assert (is_locked(dataset), read_dataset(dataset).info.responses, row_map_path(dataset).exists()) == (
        True,
        1,
        False,
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ds", "link"]
