"""The socket for a monitor of the machine: one state a minute, whoever asks, and no other door."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kuule.store.database import close_connections
from kuule.usecases.monitoring import status_socket
from kuule.usecases.monitoring.health_findings import HealthFinding, HealthState
from kuule.usecases.monitoring.host_status import HostStatus
from kuule.usecases.monitoring.open_metrics import open_metrics_text
from kuule.usecases.monitoring.status_socket import FRESH_SECONDS, FreshStatus, StatusServer
from kuule.web.unix_socket import own_unix_socket
from tests.loaded.loaded_process import LoadedProcess
from tests.patience import PATIENCE, wait_until

STATUS = HostStatus(
    program='1"0\n',
    study="voice",
    edition="ab",
    key="12345",
    phase=None,
    store_version=8,
    backup_days=None,
    findings=(HealthFinding("up", HealthState.WELL, "it does"),),
)


def test_state_is_read_once_a_minute_however_often_it_is_asked_for() -> None:
    now, reads = [0.0], []
    fresh = FreshStatus(lambda: reads.append(now[0]) or STATUS, clock=lambda: now[0])
    for moment in (0, 1, FRESH_SECONDS - 1, FRESH_SECONDS, FRESH_SECONDS + 1):
        now[0] = moment
        assert fresh() is STATUS
    assert reads == [0, FRESH_SECONDS]


def test_metrics_are_openmetrics() -> None:
    parser = pytest.importorskip("prometheus_client.openmetrics.parser")
    families = {one.name: one for one in parser.text_string_to_metric_families(open_metrics_text(STATUS))}
    assert {name: one.type for name, one in families.items()} == {
        "kuule_collector": "info",
        "kuule_health": "stateset",
        "kuule_store_version": "gauge",
    }
    [known] = families["kuule_collector"].samples
    assert known.labels["version"] == '1"0\n'
    assert {one.labels["kuule_health"] for one in families["kuule_health"].samples if one.value} == {"well"}


def test_metrics_have_no_counter() -> None:
    kinds = {line.split()[-1] for line in open_metrics_text(STATUS).splitlines() if line.startswith("# TYPE")}
    assert kinds == {"info", "stateset", "gauge"}


@contextmanager
def answering(path: Path) -> Iterator[None]:
    with StatusServer(own_unix_socket(path), lambda: STATUS) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join(PATIENCE)


def silent(path: Path) -> socket.socket:
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(PATIENCE)
    line.connect(str(path))
    return line


def test_who_holds_the_socket_keeps_nobody_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(status_socket, "ASKING_SECONDS", 100.0 * PATIENCE)
    path = tmp_path / "status.sock"
    with answering(path):
        held = [silent(path) for _ in range(status_socket.MOST_AT_ONCE - 1)]
        assert ask(path, "/metrics")[0] == 200, "the last place"
        held.append(silent(path))
        wait_until(lambda: is_sent_away(path), lambda: "more than so many are let in")
        for line in held:
            line.close()
        wait_until(lambda: not is_sent_away(path), lambda: "no place came free")


def is_sent_away(path: Path) -> bool:
    """Whether there is no place for who asks now."""
    with silent(path) as line:
        try:
            line.sendall(b"GET / HTTP/1.0\r\n\r\n")
            return line.recv(1) == b""
        except (BrokenPipeError, ConnectionResetError):
            return True


def test_who_writes_a_letter_now_and_then_is_ended_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(status_socket, "ASKING_SECONDS", 0.2)
    path = tmp_path / "status.sock"

    def writes_and_is_ended() -> bool:
        try:
            line.sendall(b"G")
        except OSError:
            return True
        return False

    with answering(path), silent(path) as line:
        wait_until(writes_and_is_ended, lambda: "it may go on for ever")


@pytest.fixture
def asked(database: Path, edition_folder: Path, tmp_path: Path) -> Iterator[tuple[Path, subprocess.Popen[str]]]:
    close_connections()
    path = tmp_path / "status.sock"
    command = ["status", str(edition_folder), "--database", f"sqlite:///{database}", "--socket", str(path), "--json"]
    process = LoadedProcess([sys.executable, "-m", "kuule", *command], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["result"] == {"address": str(path)}
        yield path, process
    finally:
        process.kill()
        process.communicate(timeout=PATIENCE)


def ask(path: Path, address: str) -> tuple[int, dict[str, str], str]:
    line = http.client.HTTPConnection("localhost", timeout=PATIENCE)
    line.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.sock.connect(str(path))
    line.request("GET", address)
    answer = line.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read().decode()
    line.close()
    return found


@pytest.mark.slow
def test_socket_says_what_the_command_says(asked: tuple[Path, subprocess.Popen[str]]) -> None:
    path, process = asked
    assert stat.S_IMODE(path.stat().st_mode) == 0o660
    status, headers, words = ask(path, "/")
    assert (status, words.splitlines()[3]) == (200, "well     phase: open")
    assert not {"Date", "Server"} & set(headers)
    table = json.loads(ask(path, "/status.json")[2])
    assert (table["phase"], table["broken"]) == ("open", 1)  # no collector answers at the usual port
    assert ask(path, "/metrics")[2].endswith("# EOF\n")
    assert ask(path, "/answers")[0] == 404
    silent = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    silent.connect(str(path))
    silent.close()  # whoever says nothing and goes away stops nobody
    assert ask(path, "/")[0] == 200
    process.send_signal(signal.SIGTERM)
    assert (process.wait(PATIENCE), path.exists()) == (0, False)
