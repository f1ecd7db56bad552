"""The watch over workers: what a service manager hears, and what becomes of a worker that hangs."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from kuule.web import worker_watch
from kuule.web.service_manager import notify_service_manager
from kuule.web.worker_watch import watched_workers
from tests.patience import PATIENCE, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="only Linux has the watch")]


@pytest.fixture
def manager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """A service manager that listens."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.settimeout(PATIENCE)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        yield listening


WORKER = "import time; from kuule.web.worker_pulses import send_pulses; send_pulses(); time.sleep(600)"
"""It does nothing but show that it is alive."""


def worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", WORKER])


def end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait(PATIENCE)


def heard(manager: socket.socket, wanted: str) -> list[str]:
    """All messages until a wanted one."""
    messages = [""]
    while wanted not in messages[-1]:
        messages.append(manager.recv(1000).decode())
    return messages[1:]


def test_it_is_ready_when_all_workers_are_and_says_that_it_lives(manager: socket.socket) -> None:
    looks = count()
    with watched_workers(2, lambda: next(looks), print):
        first = worker()
        before = heard(manager, "WATCHDOG=1")
        second = worker()
        assert heard(manager, "READY=1")[-1] == "READY=1\nSTATUS=serving"
        heard(manager, "WATCHDOG=1")
    assert "READY=1" not in "".join(before)
    assert heard(manager, "STOPPING=1")[-1] == "STOPPING=1"
    end(first)
    end(second)


def test_worker_that_hangs_is_killed_and_it_is_said(manager: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kuule.web.worker_pulses.LONGEST_SILENCE", 10)
    said: list[str] = []
    looks = count()
    with watched_workers(2, lambda: next(looks), said.append):
        stopped, lively = worker(), worker()
        heard(manager, "READY=1")
        os.kill(stopped.pid, signal.SIGSTOP)
        assert stopped.wait(PATIENCE) == -signal.SIGKILL
        wait_until(lambda: said)
        assert lively.poll() is None
    end(lively)
    assert said == [worker_watch.SAID_OF_A_KILL]


def test_master_that_hangs_says_no_more_that_it_lives(manager: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_watch, "LONGEST_SILENCE", 1)
    with watched_workers(1, lambda: 7, print):
        messages = [manager.recv(1000).decode() for _ in range(2)]
        assert messages == ["WATCHDOG=1", "WATCHDOG=1"]
        manager.settimeout(4)
        with pytest.raises(TimeoutError):
            manager.recv(1000)


def test_only_living_children_are_watched() -> None:
    process = worker()
    try:
        assert worker_watch.is_living_child(process.pid)
        assert not worker_watch.is_living_child(os.getppid())
    finally:
        end(process)
    assert not worker_watch.is_living_child(process.pid)


def test_manager_that_reads_nothing_holds_nothing_up(manager: socket.socket) -> None:
    """A socket takes some messages and then no more until somebody reads: the watch goes on, and the site ends."""
    looks = count()
    with watched_workers(1, lambda: next(looks), print):
        for _ in range(1000):
            notify_service_manager("WATCHDOG=1", wait=False)
    assert manager.recv(1000) == b"WATCHDOG=1"
