"""The collector as a server of its own: how it starts and stops, how many it bears, what a worker that dies costs."""

from __future__ import annotations

import ctypes
import fcntl
import http.client
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import pytest

from kuule.collector.served.serve_options import MASTER_VARIABLE, OPTIONS_VARIABLE, ServeOptions
from kuule.sealing.memory_scrubbing import ALLOCATOR_VARIABLES
from kuule.web.listening_sockets import own_sockets
from tests.collector.server.servers import (
    CODE,
    ask,
    children,
    empty_pages,
    is_free,
    leave_empty_pages,
    made_store,
    options,
    said_by,
    serving,
    wait_for,
    wait_until_rewritten,
    words_of,
)
from tests.journeys.crowd import Person
from tests.loaded.loaded_process import run_loaded
from tests.patience import PATIENCE, wait_until

FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def one_worker(edition_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServeOptions]:
    """A server of one worker, for tests that leave it as they found it."""
    wanted = options(edition_folder, folder=tmp_path_factory.mktemp("one-worker"), workers=1)
    with serving(wanted):
        yield wanted


def test_server_answers_without_name_or_time_and_stops_cleanly(edition_folder: Path, tmp_path: Path) -> None:
    wanted = options(edition_folder, folder=tmp_path)
    with serving(wanted) as process:
        status, headers, body = ask(wanted.port)
        assert (status, headers["server"], headers["date"]) == (200, "", "")
        assert b"A small study" in body
        ask(wanted.port, "/marker-7f3a")
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    assert words_of(wanted) == []


NOTES = """
import sys
from kuule.collector.server.collector_server import ServeOptions, memory_warnings
from tests.patience import PATIENCE, wait_until
print(*(note.partition(":")[0] for note in memory_warnings(ServeOptions.from_text(sys.argv[1]))))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc overwrites")
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"rehearsal": False}, "nobody has said that what stands before this server overwrites its memory too"),
        ({"rehearsal": False, "scrubbed_front": True}, ""),
        ({}, ""),  # practice: no page says a word of it
    ],
    ids=["unknown", "scrubbed", "practice"],
)
def test_who_starts_it_is_told_once_why_pages_speak_of_traces(
    edition_folder: Path, tmp_path: Path, changes: dict[str, bool], said: str
) -> None:
    wanted = options(edition_folder, folder=tmp_path, **changes).to_text()
    command = [sys.executable, "-c", NOTES, wanted]
    outcome = run_loaded(command, env={**os.environ, **ALLOCATOR_VARIABLES}, text=True, check=True)
    assert outcome.stdout.strip() == said


def test_store_is_rewritten_when_the_server_starts_and_when_it_stops(edition_folder: Path, tmp_path: Path) -> None:
    wanted, kept = options(edition_folder, folder=tmp_path), tmp_path / "kept.sqlite3"
    with serving(wanted):
        pass
    leave_empty_pages(kept)
    assert empty_pages(kept) > 0
    with serving(wanted) as process:
        wait_until_rewritten(kept)
        leave_empty_pages(kept)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    assert empty_pages(kept) == 0


def test_site_answers_before_the_store_is_rewritten(edition_folder: Path, tmp_path: Path) -> None:
    wanted, kept = options(edition_folder, folder=tmp_path), tmp_path / "kept.sqlite3"
    wanted = replace(wanted, database=f"{wanted.database}?timeout={PATIENCE}")
    with serving(wanted):
        pass
    leave_empty_pages(kept)
    with closing(sqlite3.connect(kept)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM store_response").fetchone()  # so long it cannot be
        with serving(wanted):
            assert ask(wanted.port)[0] == 200
            assert empty_pages(kept) > 0
            reader.rollback()
            wait_until_rewritten(kept)


def test_whoever_comes_between_two_servers_of_held_sockets_is_answered(edition_folder: Path, tmp_path: Path) -> None:
    wanted = options(edition_folder, folder=tmp_path)
    held = own_sockets(wanted.host, wanted.port, wanted.workers)
    held = tuple(socket.socket(fileno=fcntl.fcntl(one.detach(), fcntl.F_DUPFD_CLOEXEC, 40)) for one in held)
    with ExitStack() as closed:
        for one in held:
            closed.enter_context(one)
        with serving(wanted, held=held):
            assert ask(wanted.port)[0] == 200
        waiting = [closed.enter_context(socket.create_connection((wanted.host, wanted.port))) for _ in range(8)]
        for line in waiting:
            line.settimeout(PATIENCE)
            line.sendall(b"GET /en HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        with serving(wanted, held=held):
            assert [line.recv(12) for line in waiting] == [b"HTTP/1.1 200"] * 8


def test_store_that_cannot_be_rewritten_is_said_and_the_server_stops_cleanly(
    edition_folder: Path, tmp_path: Path
) -> None:
    wanted, kept = options(edition_folder, folder=tmp_path), tmp_path / "kept.sqlite3"
    wanted = replace(wanted, database=f"{wanted.database}?timeout=0.2")
    with serving(wanted) as process, closing(sqlite3.connect(kept)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM store_response").fetchone()
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    # once at the stop, and once at the start where that had not come to it yet
    assert said_by(wanted).read_text().count("the store was not rewritten: STORE_003") in {1, 2}


def test_server_stops_cleanly_on_interrupt(edition_folder: Path, tmp_path: Path) -> None:
    wanted = options(edition_folder, folder=tmp_path, workers=1)
    with serving(wanted) as process:
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0


def wait_until_reaped(process: subprocess.Popen[bytes], worker: int) -> None:
    """Until the master has taken note of the end of a worker: a dump of it, if any, is whole by then."""
    wait_until(lambda: worker not in children(process.pid))


def test_signal_that_another_thread_of_the_master_takes_stops_it(edition_folder: Path, tmp_path: Path) -> None:
    """The system may choose any thread; Python handles signals in the main one, which sleeps."""
    wanted = options(edition_folder, folder=tmp_path, workers=1)
    with serving(wanted) as process:
        (other, *_) = (
            int(one.name) for one in Path(f"/proc/{process.pid}/task").iterdir() if int(one.name) != process.pid
        )
        assert ctypes.CDLL(None).tgkill(process.pid, other, signal.SIGTERM) == 0
        assert process.wait(PATIENCE) == 0


def test_worker_that_dies_is_replaced(edition_folder: Path, tmp_path: Path) -> None:
    wanted = options(edition_folder, folder=tmp_path, workers=1)
    with serving(wanted) as process:
        (before,) = children(process.pid)
        os.kill(before, signal.SIGKILL)
        wait_until_reaped(process, before)
        wait_for(wanted.port, process, said_by(wanted))
        (after,) = children(process.pid)
        assert after != before


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent died")
def test_workers_end_with_their_master(edition_folder: Path, tmp_path: Path) -> None:
    wanted = options(edition_folder, folder=tmp_path)
    with serving(wanted) as process:
        process.kill()
        process.wait(PATIENCE)
        wait_until(lambda: is_free(wanted.port))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent died")
@pytest.mark.parametrize(("master", "code"), [(os.getpid(), 0), (1, 1)], ids=["alive", "dead"])
def test_worker_whose_master_died_while_it_started_ends(
    edition_folder: Path, tmp_path: Path, master: int, code: int
) -> None:
    told = {OPTIONS_VARIABLE: options(edition_folder, folder=tmp_path).to_text(), MASTER_VARIABLE: str(master)}
    ran = run_loaded([sys.executable, "-c", "import kuule.collector.server.wsgi"], env=os.environ | told)
    assert ran.returncode == code


def begun_form(port: int) -> socket.socket:
    """A line with the beginning of a form, of which no more comes."""
    line = socket.create_connection(("127.0.0.1", port))
    head = f"POST /en HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM}\r\nContent-Length: 9000\r\n\r\n"
    line.sendall(f"{head}token=".encode())
    return line


def is_open(line: socket.socket) -> bool:
    """Whether the server still waits for more: whoever was answered meanwhile did not wait until it gave up."""
    line.setblocking(False)
    try:
        line.recv(1)
    except BlockingIOError:
        return True
    return False


def test_slow_uploads_of_some_leave_the_site_open_for_others(one_worker: ServeOptions) -> None:
    """Three times as many as the eight threads that a worker once had: it answered nobody then."""
    with ExitStack() as slow:
        lines = [slow.enter_context(begun_form(one_worker.port)) for _ in range(24)]
        time.sleep(0.5)  # so that a worker with too few threads would have taken as many as it has
        assert [ask(one_worker.port)[0] for _ in range(5)] == [200] * 5
        assert all(is_open(line) for line in lines)


def test_two_hundred_slow_forms_at_once_leave_the_site_open(one_worker: ServeOptions) -> None:
    with ExitStack() as slow:
        lines = [slow.enter_context(begun_form(one_worker.port)) for _ in range(200)]
        time.sleep(0.5)
        assert [ask(one_worker.port)[0] for _ in range(10)] == [200] * 10
        assert all(is_open(line) for line in lines)


def test_browsers_that_keep_their_lines_open_keep_nobody_out(one_worker: ServeOptions) -> None:
    """The server below counts a line until it is closed: 256 that asked for nothing more once kept all others out."""
    with ExitStack() as idle:
        for _ in range(400):
            line = idle.enter_context(socket.create_connection(("127.0.0.1", one_worker.port)))
            line.sendall(b"GET /favicon.ico HTTP/1.1\r\nHost: x\r\n\r\n")
            assert line.recv(12) == b"HTTP/1.1 204"
        assert ask(one_worker.port)[0] == 200


def crash(process: subprocess.Popen[bytes] | int) -> None:
    os.kill(process if isinstance(process, int) else process.pid, signal.SIGSEGV)


def wait_for_command(process: int, name: str) -> None:
    """Until a process has become the command that it was started for."""
    wait_until(lambda: Path(f"/proc/{process}/comm").read_text().strip() == name)


def dumps(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name.startswith("core")]


DUMPING = ("sh", "-c", 'ulimit -S -c "$(ulimit -H -c)" && exec "$@"', "sh")
"""Before a command: as large a dump as the system allows."""


def test_worker_that_crashes_leaves_no_dump_of_what_was_typed(edition_folder: Path, tmp_path: Path) -> None:
    """Where a crash of an ordinary process leaves a dump, which is tried first, one of ours leaves none."""
    with subprocess.Popen([*DUMPING, "sleep", "60"], cwd=tmp_path) as ordinary:
        wait_for_command(ordinary.pid, "sleep")
        crash(ordinary)
    if not dumps(tmp_path):
        pytest.skip("here no crash leaves a dump in its folder (core_pattern, or the hard limit)")
    for path in dumps(tmp_path):
        path.unlink()
    wanted = options(edition_folder, folder=tmp_path, workers=1)
    command = [*DUMPING, sys.executable, "-c", CODE, wanted.to_text()]
    with said_by(wanted).open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, cwd=tmp_path)
    try:
        wait_for(wanted.port, process, said_by(wanted))
        (worker,) = children(process.pid)
        crash(worker)
        wait_until_reaped(process, worker)
        crash(process)
        assert process.wait(PATIENCE) == -signal.SIGSEGV
    finally:
        process.kill()
    assert dumps(tmp_path) == []


def test_body_of_any_size_is_answered_in_words(one_worker: ServeOptions) -> None:
    """A server that answers without reading the rest resets the line, and a browser shows its own page."""
    with closing(http.client.HTTPConnection("127.0.0.1", one_worker.port, timeout=PATIENCE)) as connection:
        connection.request("POST", "/en", b"x=" + b"a" * 20_000_000, {"Content-Type": FORM})
        response = connection.getresponse()
        assert (response.status, b"more than the page has room for" in response.read()) == (413, True)


IN_PIECES = b"""POST /en HTTP/1.1\r
Host: x\r
Content-Type: application/x-www-form-urlencoded\r
Transfer-Encoding: chunked\r
\r
10\r
token=abc&page=x\r
8\r
&go=next\r
0\r
\r
"""


def test_body_in_pieces_without_a_length_begins_no_new_visit(one_worker: ServeOptions) -> None:
    """Sent at once: the server may have answered and closed the line before a second piece comes."""
    with socket.create_connection(("127.0.0.1", one_worker.port), timeout=PATIENCE) as line:
        line.sendall(IN_PIECES)
        assert line.recv(12) == b"HTTP/1.1 411"


def test_worker_that_comes_when_the_database_is_gone_makes_none_and_waits_for_it(
    edition_folder: Path, tmp_path: Path
) -> None:
    wanted = options(edition_folder, folder=tmp_path, workers=1)
    path, aside = tmp_path / "kept.sqlite3", tmp_path / "aside.sqlite3"
    with serving(wanted) as process:
        path.rename(aside)
        kill_worker(process)
        wait_for_status(wanted, 503)
        assert not path.exists()
        assert "closed for now: STORE_007" in said_by(wanted).read_text()
        aside.rename(path)
        wait_for_status(wanted, 200)


def test_worker_that_finds_a_file_of_others_in_place_of_the_store_waits_for_the_store(
    real_folder: Path, tmp_path: Path
) -> None:
    """Whatever mode that file has: what is wrong with it is over when the store is back."""
    wanted = made_store(options(real_folder, folder=tmp_path, workers=1, rehearsal=False))
    path, aside = tmp_path / "kept.sqlite3", tmp_path / "aside.sqlite3"
    with serving(wanted) as process:
        path.rename(aside)
        path.touch(0o644)
        kill_worker(process)
        wait_for_status(wanted, 503)
        assert "closed for now: STORE_026" in said_by(wanted).read_text()
        aside.replace(path)
        wait_for_status(wanted, 200)


def kill_worker(process: subprocess.Popen[bytes]) -> None:
    (worker,) = children(process.pid)
    os.kill(worker, signal.SIGKILL)


def wait_for_status(wanted: ServeOptions, status: int) -> None:
    """Until the first page is answered so."""

    def answered() -> bool:
        try:
            return ask(wanted.port)[0] == status
        except (OSError, http.client.HTTPException):
            return False

    wait_until(answered, said_by(wanted).read_text)


def counts_in(memory: Path) -> list[Path]:
    """What is handed over, without what the last rewriting came to, which may just be being written."""
    return [path for path in memory.iterdir() if not path.name.lstrip(".").startswith("kuule-rewriting-")]


def test_counts_for_partners_outlive_an_orderly_stop(
    edition_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = tmp_path / "memory"
    memory.mkdir(0o700)
    monkeypatch.setenv("RUNTIME_DIRECTORY", str(memory))
    wanted = options(edition_folder, folder=tmp_path, workers=1)
    found: list[int] = []
    for sent in (1, 2):
        with serving(wanted):
            assert counts_in(memory) == []
            Person(wanted.port, sent).answer()
        (left,) = counts_in(memory)
        ((kind, language, held),) = json.loads(left.read_text())
        # one counter, that began below nothing by a number from 0 to 9
        assert (kind, language, sent - 9 <= held <= sent) == ("language", "en", True)
        found.append(held)
    assert found[1] == found[0] + 1
