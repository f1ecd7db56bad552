"""`kuule upgrade` as a person runs it, and again after it was killed at any statement."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.installations.making import unpack
from tests.loaded.loaded_process import run_loaded
from tests.outside.trees import run_here
from tests.sampling import FEW, is_sampled

STUDY = "ways-through-town"
_KILLED = """
import os, signal, sqlite3, sys
left = int(sys.argv[1])
connect = sqlite3.connect

def counted(*given, **named):
    line = connect(*given, **named)
    line.set_trace_callback(count)
    return line

def count(statement):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

sqlite3.connect = sqlite3.dbapi2.connect = counted
from kuule.store.database import configure, prepare_store
configure(sys.argv[2])
prepare_store()
"""


@pytest.fixture
def left(tmp_path: Path) -> Path:
    return unpack("before-0.1.0", tmp_path)


def database(left: Path) -> str:
    return f"sqlite:///{left / 'store.sqlite3'}"


def test_check_says_what_would_be_done_and_changes_nothing(left: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (left / "store.sqlite3").read_bytes()
    assert run_here("upgrade", str(left / "edition"), "--check", "--database", database(left)) == 0
    out, err = capsys.readouterr()
    assert "brought forward: database of answers 5 to" in out
    assert "4 migrations (0007_audience, 0008_restored_from, 0009_field_control, 0010_hiding_order)" in out
    assert "s on a copy" in out
    assert "collectors may go on serving meanwhile" in err
    assert "should it fail, put back the backup, with the version that ran until now" in err
    assert (left / "store.sqlite3").read_bytes() == before


def test_what_is_at_this_version_already_is_said_once(left: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_here("upgrade", str(left / "edition")) == 0
    out, err = capsys.readouterr()
    assert (out.count("stays as it is"), err) == (1, "nothing has to be brought forward\n")


def test_without_parts_it_prints_the_formats_for_a_program(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_here("upgrade", "--check", "--json") == 0
    result = json.loads(capsys.readouterr().out)["result"]
    assert {"format", "written", "read", "since", "kept"} == set(result["formats"][0])
    assert result["parts"] == []


def test_check_that_finds_something_ends_with_3_and_doing_it_with_1(
    left: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_here("upgrade", str(left / "study"), "--check", "--database", database(left)) == 3
    assert run_here("upgrade", str(left / "study"), "--database", database(left), "--backup-unchecked") == 1
    assert capsys.readouterr().err.count("UPGRADE_001") == 2


def test_nothing_is_done_without_a_backup(left: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_here("upgrade", str(left / "edition"), "--database", database(left), "--study", STUDY) == 1
    assert "UPGRADE_004" in capsys.readouterr().err


def test_nothing_is_done_without_the_name_of_the_study(left: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ("upgrade", str(left / "edition"), "--database", database(left), "--backup-unchecked")
    before = (left / "store.sqlite3").read_bytes()
    assert (run_here(*given), run_here(*given, "--study", "another-study")) == (1, 1)
    assert capsys.readouterr().err.count("CLI_028 --study") == 2
    assert (left / "store.sqlite3").read_bytes() == before


def statements_of(store: Path) -> int:
    """How many statements a migration has: it is killed after more than there are, and so not at all."""
    number = 1
    while killed_at(number, store):
        number *= 2
    return number


def killed_at(number: int, store: Path) -> bool:
    """Whether it was killed at this statement of a copy of the store."""
    command = [sys.executable, "-c", _KILLED, str(number), f"sqlite:///{store}"]
    done = run_loaded(command)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode != 0


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="processes are killed")
def test_upgrade_goes_on_after_a_kill_at_any_statement(left: Path, tmp_path: Path) -> None:
    """At each of them in `make test-all`, at some otherwise."""
    store = left / "store.sqlite3"
    last = statements_of(Path(shutil.copy(store, tmp_path / "all.sqlite3")))
    step = max(1, last // FEW) if is_sampled() else 1
    kills = 0
    for number in range(1, last, step):
        copy = Path(shutil.copy(store, tmp_path / "killed.sqlite3"))
        kills += killed_at(number, copy)
        given = ("--database", f"sqlite:///{copy}", "--study", STUDY, "--backup-unchecked")
        assert run_here("upgrade", str(left / "edition"), *given) == 0
        assert rows_in(copy) == rows_in(store)
        copy.with_name(f"{copy.name}-journal").unlink(missing_ok=True)
    assert kills > 1


def rows_in(store: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(store)) as line:
        return line.execute("SELECT row_id, envelope FROM store_response ORDER BY row_id").fetchall()
