"""kill -9 at any moment: what was saved is there, what was not is not there by half, and no file has a word in
clear."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kuule.qualitative.project.project_files import new_project, opened_project
from tests.qualitative.project.saving_process import LARGE_AT, MARKER
from tests.qualitative.project.test_project_files import bytes_in, planted
from tests.qualitative.small_project import CHEAP, DAY, PASSPHRASE, mark, marks, text_of, with_texts

pytestmark = pytest.mark.slow
SIGKILLED = -9


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "voices.kuule-project"
    with new_project(path, PASSPHRASE, cost=CHEAP) as project:
        with_texts(project, (f"My uncle {MARKER} knew.",))
    return path


def saving(path: Path, statement: str = "") -> subprocess.Popen[str]:
    """A process that saves, and whose temporary files would be beside the project."""
    program = [sys.executable, "-m", "tests.qualitative.project.saving_process", str(path), statement]
    temporary = dict.fromkeys(("TMPDIR", "SQLITE_TMPDIR"), str(path.parent))
    return subprocess.Popen(program, stdout=subprocess.PIPE, text=True, env=os.environ | temporary)


def clear_words_in(folder: Path) -> list[bytes]:
    return [word for word in planted(MARKER) if word in bytes_in(folder)]


def pairs_saved(path: Path) -> list[int]:
    """The numbers of the pairs that are in the project, each with both halves."""
    with opened_project(path, PASSPHRASE) as project:
        halves = sorted(act.content.memo for act in project.log)
        text = next(iter(project.texts.values()))
        done = project.save([marks(text, "reader-2", mark(0, 2))], role="reader-2", day=DAY)
        assert done[0].clock == project.log.last_clock
    numbers = [int(memo[:31], 16) for memo in halves]
    assert numbers == sorted([*range(len(halves) // 2)] * 2)
    return numbers[::2]


@pytest.mark.parametrize("statement", ["INSERT INTO rows", "UPDATE header", "COMMIT"])
def test_killed_within_a_transaction(path: Path, statement: str) -> None:
    process = saving(path, statement)
    told, _ = process.communicate()
    assert (process.returncode, told.split()) == (SIGKILLED, ["0", "1", "2"])
    if statement == "COMMIT":
        assert path.with_name(f"{path.name}-journal").stat().st_size > 0, "SQLite was in the middle of it"
    assert clear_words_in(path.parent) == []
    assert pairs_saved(path) == list(range(LARGE_AT))
    assert clear_words_in(path.parent) == []
    assert not path.with_name(f"{path.name}-journal").exists()


@pytest.mark.parametrize("seed", [1, 2])
def test_killed_at_any_moment(path: Path, seed: int) -> None:
    chance = random.Random(seed)
    process = saving(path)
    assert process.stdout is not None
    acknowledged = [int(process.stdout.readline()) for _ in range(chance.randrange(2, 12))]
    time.sleep(chance.random() / 50)  # not waited for: the moment is the point
    process.kill()
    acknowledged += [int(line) for line in process.stdout.read().split()]
    process.wait()
    process.stdout.close()
    assert clear_words_in(path.parent) == []
    saved = pairs_saved(path)
    assert saved[: len(acknowledged)] == acknowledged
    assert len(saved) - len(acknowledged) in (0, 1)


def test_a_killed_process_keeps_nobody_out(path: Path) -> None:
    process = saving(path)
    assert process.stdout is not None
    process.stdout.readline()
    process.kill()
    process.communicate()
    assert path.with_name(f".{path.name}.held").exists()
    with opened_project(path, PASSPHRASE) as project:
        text = text_of(project, f"My uncle {MARKER} knew.")
        project.save([marks(text, "reader-2", mark(0, 2))], role="reader-2", day=DAY)
    assert sorted(one.name for one in path.parent.iterdir()) == [path.name]
