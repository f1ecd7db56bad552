"""Where whoever runs a server hears that its store is not rewritten: the talk, the status of the service, the end."""

from __future__ import annotations

import socket
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kuule.cli.console import Exit
from kuule.collector.server.rewrite_record import RewriteRecord
from kuule.collector.server.rewrite_status import RewriteStatus, notify_status
from kuule.core.problems import Problem, StoreError
from kuule.store.rewriting import REWRITE_INTERVAL
from tests.collector.server.servers import wait_for
from tests.loaded.loaded_process import LoadedProcess
from tests.patience import PATIENCE
from tests.ports import free_port
from tests.study.small_study import make_edition

FULL = StoreError(Problem("STORE_004", "kept.sqlite3", "the disk is full", "make room there"))
LEFT = StoreError(Problem("STORE_024", "a server", "its log stays", "let it begin a new one"))


class Manager:
    """A service manager, as far as it listens."""

    def __init__(self, address: str) -> None:
        self.line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.line.bind(address)
        self.line.settimeout(10)

    def hears(self) -> str:
        return self.line.recv(4096).decode()


@pytest.fixture
def manager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Manager]:
    address = str(tmp_path / "notify")
    monkeypatch.setenv("NOTIFY_SOCKET", address)
    made = Manager(address)
    with made.line:
        yield made


def test_one_attempt_that_failed_is_said_and_so_is_the_next_that_did_not(manager: Manager) -> None:
    said: list[str] = []
    rewritings = RewriteStatus(clock=lambda: 7.0, say=said.append)
    rewritings.record_failure(FULL)
    assert (rewritings.last_succeeded, len(said)) == (False, 1)
    assert manager.hears() == f"STATUS=serving, but {said[0]}"
    assert said[0].startswith("the store was not rewritten: STORE_004 kept.sqlite3: the disk is full")
    rewritings.record_success()
    assert (rewritings.last_succeeded, said[1:], manager.hears()) == (
        True,
        ["the store was rewritten again"],
        "STATUS=serving",
    )


def test_after_a_day_it_is_said_for_how_long(manager: Manager) -> None:
    said: list[str] = []
    now = 0.0
    rewritings = RewriteStatus(clock=lambda: now, say=said.append)
    now = 2.5 * REWRITE_INTERVAL
    rewritings.record_failure(FULL)
    assert said[1] == "the store was not rewritten for 2 d: it tells more of the order of answers than pages say"
    assert manager.hears().endswith("(2 d)")


def test_what_only_stands_in_a_log_for_a_while_is_no_failure() -> None:
    said: list[str] = []
    rewritings = RewriteStatus(clock=lambda: 0.0, say=said.append)
    rewritings.record_success()
    rewritings.record_failure(LEFT)
    assert rewritings.last_succeeded
    assert [sentence.partition(":")[0] for sentence in said] == ["the store was rewritten"]


@pytest.mark.parametrize("address", ["", "/nowhere/at/all"])
def test_no_service_manager_is_no_harm(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", address)
    notify_status("serving")


def test_status_is_one_line_also_by_an_abstract_address(monkeypatch: pytest.MonkeyPatch) -> None:
    other = Manager("")  # the system gives an abstract one
    with other.line:
        monkeypatch.setenv("NOTIFY_SOCKET", "@" + other.line.getsockname()[1:].decode())
        notify_status("serving,\nREADY=1")
        assert other.hears() == "STATUS=serving, READY=1"


@pytest.mark.parametrize("locked", [False, True])
def test_end_after_a_rewriting_that_failed_is_no_clean_end(tmp_path: Path, locked: bool) -> None:
    make_edition(tmp_path)
    port, file, said = free_port(), tmp_path / "kept.sqlite3", tmp_path / "said"
    command = [sys.executable, "-m", "kuule.cli", "serve", str(tmp_path / "edition"), "--port", str(port)]
    command += ["--database", f"sqlite:///{file}?timeout=0.2", "--rehearsal", "--drafts", "--no-scrub-memory"]
    with said.open("wb") as output:
        process = LoadedProcess(command, stdout=output, stderr=output)
    try:
        wait_for(port, process, said)
        with closing(sqlite3.connect(file)) as other:
            if locked:
                other.execute("BEGIN EXCLUSIVE")
            process.terminate()
            process.wait(PATIENCE)
    finally:
        process.kill()
        process.wait(PATIENCE)
    assert process.returncode == (Exit.PROBLEM if locked else Exit.DONE)
    assert ("the store was not rewritten: STORE_003" in said.read_text("utf-8")) == locked


def test_what_an_attempt_came_to_is_kept_without_a_time() -> None:
    now, kept = 0.0, []
    rewritings = RewriteStatus(clock=lambda: now, say=lambda _: None, keep=kept.append)
    rewritings.record_failure(FULL)
    now = 2 * REWRITE_INTERVAL
    rewritings.record_failure(FULL)
    rewritings.record_success()
    rewritings.record_failure(LEFT)
    assert kept == [RewriteRecord("STORE_004", 0), RewriteRecord("STORE_004", 2), RewriteRecord()]
