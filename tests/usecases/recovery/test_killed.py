"""Killed (-9) at any step, a backup or a restoring leaves nothing that passes for one, and can be begun again.

A process is killed at its n-th act on files (opening, renaming, linking, removing, connecting to a database), for every
n or, but in `make test-all`, for a sample of them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kuule.backup.backup_file import BackupFile
from kuule.core.problems import StoreError
from kuule.store.database import close_connections, configure, prepare_store
from kuule.usecases.recovery.make_backup import MadeBackup
from kuule.usecases.recovery.restore_backup import ReadBackup, restore_backup
from tests.killed_acts import killed_at
from tests.store.conftest import Kept
from tests.usecases.recovery.answered import DAY, Answered, content_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="a process is forked, and killed"),
    pytest.mark.timeout(1800),
]


def acts(every: int) -> list[int]:
    return list(range(1, 2000, every))


@pytest.mark.parametrize("every", [25, pytest.param(1, marks=pytest.mark.whole)])
def test_backup_that_is_killed_leaves_the_earlier_one_or_a_whole_one(in_file: Answered, every: int) -> None:
    before = in_file.back_up(today=DAY.replace(day=1))
    last = in_file.backups / f"small-study-{DAY}.kuule-backup"
    for act in acts(every):
        ended = not killed_at(act, in_file.back_up)
        assert before.path.exists()
        if last.exists():
            assert BackupFile(last).read_manifest().day == DAY
            last.unlink()
        if ended:
            break
    else:
        pytest.fail("it never came to its end")
    in_file.back_up()
    assert sorted(path.name for path in in_file.backups.iterdir()) == [before.path.name, last.name]


def is_served(kept: Kept) -> bool:
    """Whether a collector would find a store there."""
    configure(kept.url)
    try:
        prepare_store()
    except StoreError as error:
        found = error.problems[0].code
    else:
        found = ""
    assert found in ("", "STORE_007", "STORE_025")
    return not found


def restored_or_not(made: MadeBackup, to: Kept, answered: Answered, every: int) -> None:
    whole = content_of(answered.kept)
    read = ReadBackup(BackupFile(made.path), made.manifest)
    folder = answered.folder / "out"
    for act in acts(every):
        ended = not killed_at(act, lambda: restore_backup(read, database=to.url, to=folder))
        there = is_served(to)
        close_connections()
        if there:
            assert content_of(to) == whole
            assert to.ask("SELECT restored_from FROM store_identity") == [(DAY.isoformat(),)]
            assert folder.exists(), "the database comes last"
        if ended:
            assert there
            break
    else:
        pytest.fail("it never came to its end")
    done = restore_backup(read, database=to.url, to=folder)
    assert (done.folder, done.database) == (False, False)
    left = [path.name for path in (*answered.folder.iterdir(), *folder.iterdir()) if "unfinished" in path.name]
    assert left == []


@pytest.mark.parametrize("every", [25, pytest.param(1, marks=pytest.mark.whole)])
def test_restoring_a_file_that_is_killed_is_whole_or_not_there(in_file: Answered, empty_file: Kept, every: int) -> None:
    restored_or_not(in_file.back_up(), empty_file, in_file, every)
    assert empty_file.path is not None
    assert [path.name for path in empty_file.path.parent.iterdir()] == [empty_file.path.name]


@pytest.mark.parametrize("every", [25, pytest.param(3, marks=pytest.mark.whole)])
def test_restoring_a_server_that_is_killed_is_whole_or_not_there(
    in_file: Answered, empty_server: Callable[[], Kept], every: int
) -> None:
    restored_or_not(in_file.back_up(), empty_server(), in_file, every)


def test_leftover_of_one_that_was_killed_is_no_backup(in_file: Answered) -> None:
    folder: Path = in_file.backups / ".kuule-backup.unfinished"
    folder.mkdir()
    (folder / "backup").write_bytes(b"half")
    made = in_file.back_up()
    assert [path.name for path in in_file.backups.iterdir()] == [made.path.name]
