"""Archives into a dataset: by one process or by several, and a grown archive into the dataset that is there."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import polars as pl
import pytest

from kuule.core.problems import ArchiveError
from kuule.dataset.ingest.table_schemas import TableSchemas
from kuule.dataset.lifecycle.dataset_folder import exclusive_access
from kuule.dataset.lifecycle.dataset_opening import ArchiveSource, OpeningRequest, OpeningResult, open_dataset
from kuule.dataset.lifecycle.incremental_opening import read_existing
from kuule.dataset.lifecycle.locking import lock_dataset
from kuule.dataset.lifecycle.opened_rows import OPENED_ROWS, read_opened_rows
from kuule.dataset.lifecycle.row_map import ROW_MAP, read_row_map, row_map_path
from kuule.dataset.lifecycle.row_removal import forget_rows
from kuule.dataset.schema.columns import dataset_variables
from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.opening.private_key import PrivateKey
from kuule.sealing.envelope import SealedResponse
from kuule.sealing.withdrawal_list import WithdrawalList
from tests.dataset.lifecycle.test_row_removal import AFTER, code_of
from tests.dataset.small import edition, record
from tests.factories import KEY, UNTIL, archived, lenient, person, source

ROOT = Path(__file__).resolve().parents[3]
OTHER = PrivateKey.generate(bytes(range(32)), rehearsal=True)


def opened(to: Path, *sources: ArchiveSource, jobs: int = 1, keys: tuple[PrivateKey, ...] = (KEY,)) -> OpeningResult:
    return open_dataset(OpeningRequest(sources, keys, jobs), to)


def said_of(dataset: Path) -> tuple[object, ...]:
    """All that there is of a dataset, apart from its salt: every byte of its files, its map and its list of rows."""
    info = read_dataset(dataset).info
    files = {path.name: path.read_bytes() for path in dataset.iterdir() if path.name != "dataset.json"}
    owners = {}
    if row_map_path(dataset).exists():
        owners = {name: ids.to_list() for name, ids in read_row_map(dataset, info.version).owners.items()}
    return {**asdict(info), "salt": ""}, files, owners, read_opened_rows(dataset, info.version)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("until", [UNTIL, None])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_grown_archive_gives_what_opening_it_anew_gives(tmp_path: Path, seed: int, until: object) -> None:
    dice = random.Random(seed)
    of = lenient(until)  # type: ignore[arg-type]
    ids = dice.sample(range(2**62), 60)
    people = {row_id: person(number) if number % 9 else b"no record" for number, row_id in enumerate(ids)}
    before = {row_id: people[row_id] for row_id in ids[:35]}
    gone = set(dice.sample(ids, 8)) if until else set()
    after = {row_id: one for row_id, one in people.items() if row_id not in gone}
    opened(tmp_path / "ds", source(tmp_path / "old", before, of=of, rows_a_part=7))
    new = source(tmp_path / "new", after, of=of, gone=gone, rows_a_part=7)
    done = opened(tmp_path / "ds", new)
    opened(tmp_path / "anew", new)
    assert said_of(tmp_path / "ds") == said_of(tmp_path / "anew")
    fits = {row_id for row_id, one in people.items() if isinstance(one, type(record()))}
    there = fits & set(ids[:35])
    assert (done.added, done.removed, done.opened_before) == (
        len(fits - there - gone), len(there & gone), len(there - gone)
    )  # fmt: skip
    assert names(tmp_path) == sorted(
        [
            "anew",
            "anew.opened-rows",
            "ds",
            "ds.opened-rows",
            "new",
            "old",
            *(["anew.row-map", "ds.row-map"] if until else []),
        ]
    )


def test_several_processes_give_what_one_gives(tmp_path: Path) -> None:
    given = source(tmp_path / "a", {1000 + number: person(number) for number in range(40)}, of=lenient(), rows_a_part=3)
    reached: list[int] = []
    opened(tmp_path / "one", given)
    open_dataset(OpeningRequest([given], [KEY], 2, reached.append), tmp_path / "two")
    assert said_of(tmp_path / "one") == said_of(tmp_path / "two")
    assert (len(reached), reached[-1]) == (14, 40)


@pytest.mark.parametrize("jobs", [1, 2])
def test_row_that_stands_in_two_parts_counts_once(tmp_path: Path, jobs: int) -> None:
    given = source(tmp_path / "a", {1 + number: person(number) for number in range(32)}, of=lenient(), rows_a_part=4)
    first, _, third, *_ = (part.content or b"" for part in given.reader.parts())
    row = len(first) // 4
    given.path.write_bytes(given.path.read_bytes().replace(third[:row], first[:row]))
    again = ArchiveSource(given.path, type(given.reader)(given.path), given.edition)
    done = open_dataset(OpeningRequest([again], [KEY], jobs), tmp_path / "ds")
    assert [(one.place, one.reason) for one in done.unopened] == [("part 3, row 1", "repeated_row")]
    assert (done.added, done.info.responses) == (31, 31)


@pytest.mark.parametrize("jobs", [1, 2])
def test_archives_of_two_stores_are_opened_together_each_row_once(tmp_path: Path, jobs: int) -> None:
    """A collector went on in a second store: one visit was kept in both, and one of the first was taken back later."""
    of = lenient()
    first = source(tmp_path / "a", {number: person(number) for number in range(1, 21)}, of=of, rows_a_part=2)
    second = source(
        tmp_path / "b", {20: person(41), **{number: person(number) for number in range(21, 31)}}, of=of,
        gone=[3, 30], rows_a_part=2,
    )  # fmt: skip
    done = open_dataset(OpeningRequest([first, second], [KEY], jobs), tmp_path / "ds")
    assert (done.info.responses, done.withdrawn, done.in_several_archives, done.unopened) == (28, 2, 1, ())
    assert done.info.editions == (of.id,)
    only_once = source(tmp_path / "c", {n: person(n) for n in range(1, 31) if n not in (3, 30)}, of=of, gone=[3, 30])
    opened(tmp_path / "ds-c", only_once)
    rows, expected = (pl.read_parquet(tmp_path / name / "responses.parquet") for name in ("ds", "ds-c"))
    assert sorted(rows.drop("@record_key").rows(), key=str) == sorted(expected.drop("@record_key").rows(), key=str)


def test_dataset_grows_from_the_archives_of_two_stores(tmp_path: Path) -> None:
    of = lenient()
    first = source(tmp_path / "a", {number: person(number) for number in range(1, 11)}, of=of)
    opened(tmp_path / "ds", first)
    second = source(tmp_path / "b", {number: person(number) for number in range(10, 16)}, of=of)
    done = opened(tmp_path / "ds", first, second)
    assert (done.opened_before, done.added, done.in_several_archives, done.info.responses) == (10, 5, 1, 15)
    with pytest.raises(ArchiveError, match="DATA_023"):
        opened(tmp_path / "ds", second)


def test_id_of_one_row_before_the_envelope_of_another_opens_nothing(tmp_path: Path) -> None:
    given = source(tmp_path / "a", {1 + number: person(number) for number in range(12)}, of=lenient(), rows_a_part=4)
    first, second, *_ = (part.content or b"" for part in given.reader.parts())
    row = len(second) // 4
    given.path.write_bytes(given.path.read_bytes().replace(second[:row], first[:8] + second[8:row]))
    done = opened(tmp_path / "ds", ArchiveSource(given.path, type(given.reader)(given.path), given.edition))
    assert [(one.place, one.reason) for one in done.unopened] == [("part 2, row 1", "not_authentic")]


def test_rows_that_were_opened_before_are_not_opened_again(tmp_path: Path) -> None:
    of = lenient()
    given = source(tmp_path / "a", {number: person(number) for number in range(1, 6)}, of=of)
    opened(tmp_path / "ds", given)
    [part] = given.reader.parts()
    closed = [SealedResponse(row.row_id, row.key_id, row.envelope[:-9] + bytes(9)) for row in part.rows()]
    done = opened(tmp_path / "ds", archived(tmp_path / "b", closed, of=of))
    assert (done.opened_before, done.unopened) == (5, ())


def test_what_stayed_closed_is_tried_again_with_another_key(tmp_path: Path) -> None:
    of = lenient()
    given = source(tmp_path / "a", {1: person(1), 2: person(2)}, of=of, key=OTHER)
    assert [one.reason for one in opened(tmp_path / "ds", given).unopened] == ["other_key"] * 2
    done = opened(tmp_path / "ds", given, keys=(KEY, OTHER))
    assert (done.added, done.unopened, done.info.unopened) == (2, (), 0)


def test_archive_without_anything_new_changes_nothing(tmp_path: Path) -> None:
    given = source(tmp_path / "a", {1: person(1), 2: b"no record"}, of=lenient())
    opened(tmp_path / "ds", given)
    before = (tmp_path / "ds" / "dataset.json").read_bytes()
    assert opened(tmp_path / "ds", given).added == 0
    assert (tmp_path / "ds" / "dataset.json").read_bytes() == before


def test_what_was_taken_back_is_not_brought_in_again_by_an_older_archive(tmp_path: Path) -> None:
    of = lenient()
    old = source(tmp_path / "old", {1: person(1), 2: person(2)}, of=of)
    opened(tmp_path / "ds", old)
    assert forget_rows(tmp_path / "ds", {2}) == 1
    assert opened(tmp_path / "ds", old).info.responses == 1
    later = source(tmp_path / "later", {1: person(1)}, of=of, gone={3})
    opened(tmp_path / "ds", later)
    done = opened(tmp_path / "ds", source(tmp_path / "other", {1: person(1), 3: person(3)}, of=of))
    assert (done.info.responses, done.withdrawn) == (1, 1)


def test_older_archive_is_refused_and_the_dataset_stays(tmp_path: Path) -> None:
    of = lenient()
    opened(tmp_path / "ds", source(tmp_path / "new", {1: person(1), 2: person(2)}, of=of))
    before = said_of(tmp_path / "ds")
    with pytest.raises(ArchiveError, match=r"DATA_023 .*old.*lack 1 of the answers"):
        opened(tmp_path / "ds", source(tmp_path / "old", {2: person(2), 3: person(3)}, of=of))
    assert said_of(tmp_path / "ds") == before


def test_two_editions_grow_together_in_the_order_of_the_dataset(tmp_path: Path) -> None:
    first, second = lenient(None, 1), lenient(UNTIL, 2)

    def sources(name: str, count: int) -> list[ArchiveSource]:
        numbers = range(1, count)
        return [
            source(
                tmp_path / f"{name}{of.id[-1]}",
                {10 * int(of.id) + at: record({"told": "yes"}, number=int(of.id)) for at in numbers},
                of=of,
            )
            for of in (first, second)
        ]

    opened(tmp_path / "ds", *sources("old", 3))
    done = opened(tmp_path / "ds", *reversed(sources("new", 5)))
    opened(tmp_path / "anew", *sources("new", 5))
    assert (done.added, said_of(tmp_path / "ds")) == (4, said_of(tmp_path / "anew"))
    assert code_of(opened, tmp_path / "ds", sources("new", 5)[0]) == "DATA_019"


def standing(folder: Path, until: object = UNTIL) -> tuple[Path, ArchiveSource]:
    given = source(folder / "a", {1: person(1), 2: person(2)}, of=lenient(until))  # type: ignore[arg-type]
    opened(folder / "ds", given)
    return folder / "ds", given


def test_locked_dataset_never_grows(tmp_path: Path) -> None:
    dataset, given = standing(tmp_path)
    lock_dataset(dataset, {given.path: WithdrawalList(frozenset(), UNTIL, closed=True)}, AFTER)
    assert code_of(opened, dataset, given) == "DATA_011"
    assert names(tmp_path) == ["a", "ds"]


@pytest.mark.parametrize(
    ("other", "code"),
    [
        (edition(1, rehearsal=False), "DATA_001"),
        (lenient(number=2), "DATA_019"),
    ],
)
def test_archive_of_something_else_is_refused(tmp_path: Path, other: object, code: str) -> None:
    dataset, _ = standing(tmp_path)
    assert code_of(opened, dataset, source(tmp_path / "b", {5: person(5)}, of=other)) == code  # type: ignore[arg-type]


def test_archive_of_another_study_is_refused(tmp_path: Path) -> None:
    dataset, _ = standing(tmp_path)
    of = lenient()
    other = replace(of, study=replace(of.study, id="help-us"))
    assert code_of(opened, dataset, source(tmp_path / "b", {5: person(5)}, of=other)) == "DATA_002"


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (lambda dataset: OPENED_ROWS.path(dataset).unlink(), "DATA_017"),
        (lambda dataset: OPENED_ROWS.path(dataset).write_bytes(b"PAR1"), "DATA_017"),
        (lambda dataset: ROW_MAP.path(dataset).unlink(), "DATA_014"),
        (lambda dataset: (dataset / "report.md").write_text("another"), "DATA_006"),
        (lambda dataset: (dataset / "dataset.json").write_text('{"format": 1}'), "DATA_005"),
    ],
)
def test_dataset_that_is_not_whole_does_not_grow(tmp_path: Path, harm: object, code: str) -> None:
    dataset, given = standing(tmp_path)
    harm(dataset)  # type: ignore[operator]
    assert code_of(opened, dataset, given) == code


def test_dataset_with_columns_of_another_version_does_not_grow(tmp_path: Path) -> None:
    dataset, _ = standing(tmp_path)
    info, of = read_dataset(dataset).info, [lenient()]
    shape = TableSchemas.for_dataset([one.id for one in of], dataset_variables(of))
    assert read_existing(dataset, info, of, shape).path == dataset
    later = TableSchemas({name: {"added": pl.Int64(), **columns} for name, columns in shape.by_table.items()})
    assert code_of(read_existing, dataset, info, of, later) == "DATA_005"


def test_row_that_was_taken_back_where_nothing_tells_which_it_is_is_told(tmp_path: Path) -> None:
    dataset, _ = standing(tmp_path, None)
    before = said_of(dataset)
    later = source(tmp_path / "b", {1: person(1)}, of=lenient(None), gone={2})
    assert code_of(opened, dataset, later) == "DATA_020"
    assert said_of(dataset) == before


def test_what_an_analyst_put_into_the_folder_stays(tmp_path: Path) -> None:
    dataset, _ = standing(tmp_path)
    (dataset / "notes.txt").write_text("mine")
    opened(dataset, source(tmp_path / "b", {number: person(number) for number in (1, 2, 3)}, of=lenient()))
    assert ((dataset / "notes.txt").read_text(), read_dataset(dataset).info.responses) == ("mine", 3)


def test_list_of_rows_has_nothing_but_ids_in_order_and_is_for_this_user_alone(tmp_path: Path) -> None:
    dataset, _ = standing(tmp_path)
    assert list(read_opened_rows(dataset, read_dataset(dataset).info.version).present) == [1, 2]
    assert OPENED_ROWS.path(dataset).stat().st_mode & 0o777 == 0o600


def test_two_at_once_into_one_folder_are_told(tmp_path: Path) -> None:
    given = source(tmp_path / "a", {1: person(1)}, of=lenient())
    with exclusive_access(tmp_path / "ds"):
        assert code_of(opened, tmp_path / "ds", given) == "DATA_016"
    opened(tmp_path / "ds", given)
    with exclusive_access(tmp_path / "ds"):
        assert code_of(forget_rows, tmp_path / "ds", {1}) == "DATA_016"


def test_disk_that_is_full_is_told_and_loses_nothing(tmp_path: Path) -> None:
    dataset, _ = standing(tmp_path)
    before, there = said_of(dataset), names(tmp_path)
    grown = source(tmp_path / "b", {number: person(number) for number in range(1, 9)}, of=lenient())
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        codes = [code_of(opened, folder, grown) for folder in (dataset, tmp_path / "new")]
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert codes == ["DATA_018"] * 2
    assert (said_of(dataset), names(tmp_path)) == (before, sorted([*there, "b"]))


def test_stopped_before_the_last_step_and_then_out_of_room_has_its_files_beside(tmp_path: Path) -> None:
    dataset, _ = standing(tmp_path)
    before = said_of(dataset)
    for kind in (OPENED_ROWS, ROW_MAP):
        kind.path(dataset).rename(kind.next_path(dataset))
    grown = source(tmp_path / "b", {number: person(number) for number in range(1, 9)}, of=lenient())
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        assert code_of(opened, dataset, grown) == "DATA_018"
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert said_of(dataset) == before


def test_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    given = source(tmp_path / "a", {1: person(1)}, of=lenient())
    (tmp_path / "file").touch()
    assert code_of(opened, tmp_path / "file" / "ds", given) == "DATA_018"


@pytest.fixture
def ctrl_c_stops() -> Iterator[None]:
    """As at a terminal: a shell that starts the tests in its background lets them ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def children() -> list[int]:
    return [int(pid) for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()]


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGKILL])
def test_stopped_or_a_process_ended_from_outside_leaves_nothing(
    tmp_path: Path, stop: signal.Signals, ctrl_c_stops: None
) -> None:
    given = source(tmp_path / "a", {number: person(number) for number in range(1, 41)}, of=lenient(), rows_a_part=2)
    others = set(children())

    def reached(rows: int) -> None:
        for process in [os.getpid()] if stop is signal.SIGINT else set(children()) - others:
            os.kill(process, stop)

    expected = KeyboardInterrupt if stop is signal.SIGINT else ArchiveError
    with pytest.raises(expected, match=None if stop is signal.SIGINT else "OPEN_012"):
        open_dataset(OpeningRequest([given], [KEY], 2, reached), tmp_path / "ds")
    assert (names(tmp_path), set(children()) - others) == (["a"], set())


_GROWS_UNTIL_KILLED = """
import os, signal, sys
from pathlib import Path
from kuule.dataset.lifecycle.dataset_opening import OpeningRequest, ArchiveSource, open_dataset
from kuule.sealing.archive import ArchiveReader
from tests.factories import KEY, lenient

left = int(sys.argv[2])

def hook(event, arguments):
    global left
    if event in ("open", "os.rename", "os.remove", "os.rmdir", "os.mkdir") and "ds" in str(arguments[0]):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

archive = Path(sys.argv[1]) / "b"
given = OpeningRequest([ArchiveSource(archive, ArchiveReader(archive), lenient())], [KEY], 1)
sys.addaudithook(hook)
open_dataset(given, archive.parent / "ds")
print(left)
"""
_SAMPLE = (48, 59)
_BEFORE_ANYTHING, _LAST = 28, 63


def grown_until_killed(folder: Path, steps: int) -> int | None:
    """None where it was killed at that step, else how many more steps there would have to be."""
    command = [sys.executable, "-c", _GROWS_UNTIL_KILLED, str(folder), str(steps)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return None if done.returncode else int(done.stdout)


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(step, marks=() if step in _SAMPLE else pytest.mark.whole)
        for step in range(_BEFORE_ANYTHING, _LAST + 1)
    ],
)
def test_killed_at_any_step_it_is_the_old_dataset_or_the_new_one_and_grows(tmp_path: Path, step: int) -> None:
    dataset, _ = standing(tmp_path)
    of = lenient()
    people = {number: person(number) for number in range(2, 6)}
    source(tmp_path / "b", people, of=of, gone={1})
    before = said_of(dataset)
    grown = source(tmp_path / "again", people, of=of, gone={1})
    opened(tmp_path / "anew", grown)
    if grown_until_killed(tmp_path, step) is None:
        assert said_of(dataset) in (before, said_of(tmp_path / "anew"))
        opened(dataset, grown)
    assert said_of(dataset) == said_of(tmp_path / "anew")


def test_part_that_is_damaged_is_told_by_a_worker_as_here(tmp_path: Path) -> None:
    given = source(tmp_path / "a", {number: person(number) for number in range(1, 17)}, of=lenient(), rows_a_part=2)
    content = bytearray(given.path.read_bytes())
    content[content.index(b"KUULE") + 3000] ^= 1
    given.path.write_bytes(bytes(content))
    given = ArchiveSource(given.path, type(given.reader)(given.path), given.edition)
    for jobs in (1, 2):
        assert [one.reason for one in opened(tmp_path / str(jobs), given, jobs=jobs).unopened] == ["not_authentic"]
    assert json.loads((tmp_path / "2" / "unopened.json").read_bytes()) == [
        {"place": "part 1, row 1", "reason": "not_authentic"}
    ]
