"""A collector as a process of its own, for tests: told, started, waited for, asked, stopped."""

from __future__ import annotations

import http.client
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from kuule.collector.served.serve_options import ServeOptions
from kuule.core.problems import KuuleError
from kuule.store.database import configure, prepare_store
from tests.collector.server.onion_lines import Through, ask_onion
from tests.loaded.loaded_process import LoadedProcess
from tests.patience import PATIENCE, wait_until
from tests.ports import free_port
from tests.study.small_study import make_edition

CODE = """
import sys
from kuule.collector.server.collector_server import ServeOptions, serve
serve(ServeOptions.from_text(sys.argv[1]))
"""
HANDED_OVER = f"""
import os, sys
held = [int(number) for number in sys.argv[1].split(",")]
for place, number in enumerate(held):
    os.dup2(number, 3 + place)
told = {{"LISTEN_PID": str(os.getpid()), "LISTEN_FDS": str(len(held))}}
os.execve(sys.executable, [sys.executable, "-c", {CODE!r}, *sys.argv[2:]], {{**os.environ, **told}})
"""
"""As a service manager starts a server whose sockets it holds open."""
_AT_THE_START = (
    "this process cannot be kept out of every file: ",
    "memory that is given back is not overwritten: ",
    "made a new database for practice answers: ",
)


def options(*editions: Path, folder: Path, **changes: object) -> ServeOptions:
    made = ServeOptions(editions, f"sqlite:///{folder / 'kept.sqlite3'}", port=free_port(), rehearsal=True, drafts=True)
    return replace(made, **changes)  # type: ignore[arg-type]  # fields of ServeOptions by name


def made_store(wanted: ServeOptions) -> ServeOptions:
    """The same options, with a store for real answers, as `kuule database new` makes it."""
    configure(wanted.database)
    prepare_store(new=True)
    return wanted


def codes(refused: pytest.ExceptionInfo[KuuleError]) -> list[str]:
    return sorted({problem.code for problem in refused.value.problems})


@contextmanager
def serving(
    wanted: ServeOptions, said: Path | None = None, held: Sequence[socket.socket] = ()
) -> Iterator[subprocess.Popen[bytes]]:
    """A server of its own, ready to answer. What it says goes to the file `said`, by default beside its database.

    `held`: sockets that are handed over to it. Their numbers are above those that it gets them under.
    """
    said, numbers = said or said_by(wanted), [one.fileno() for one in held]
    command = ["-c", CODE, wanted.to_text()]
    if held:
        command = ["-c", HANDED_OVER, ",".join(map(str, numbers)), wanted.to_text()]
    with said.open("wb") as output:
        process = LoadedProcess([sys.executable, *command], stdout=output, stderr=output, pass_fds=numbers)
    try:
        if wanted.socket:
            wait_for_onion(wanted, process, said)
        else:
            wait_for(wanted.port, process, said)
        yield process
    finally:
        process.terminate()
        process.wait(PATIENCE)


@contextmanager
def small_site(folder: Path) -> Iterator[str]:
    """The address of a collector with the small study, made in `folder`."""
    make_edition(folder)
    wanted = options(folder / "edition", folder=folder, workers=1)
    with serving(wanted):
        yield f"http://127.0.0.1:{wanted.port}"


def said_by(wanted: ServeOptions) -> Path:
    return Path(wanted.database.removeprefix("sqlite:///").partition("?")[0]).with_name("said")


def words_of(wanted: ServeOptions) -> list[str]:
    """What the server said, but for what it says at its start: where this user may not lock memory, of scrubbing, of a
    database that it made for practice."""
    said = said_by(wanted).read_text().splitlines()
    return [line for line in said if not line.startswith(_AT_THE_START)]


def wait_for(port: int, process: subprocess.Popen[bytes], said: Path) -> None:
    def answers() -> bool:
        assert process.poll() is None, said.read_text()
        try:
            return ask(port)[0] == 200
        except (OSError, http.client.HTTPException):
            return False

    wait_until(answers, said.read_text)


def wait_for_onion(wanted: ServeOptions, process: subprocess.Popen[bytes], said: Path) -> None:
    """Until the socket of an onion service answers."""

    def answers() -> bool:
        assert process.poll() is None, said.read_text()
        assert wanted.socket is not None
        try:
            return ask_onion(wanted.onion, Through(wanted.socket)).status == 200
        except (OSError, http.client.HTTPException):
            return False

    wait_until(answers, said.read_text)


def ask(
    port: int,
    address: str = "/en",
) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", address)
        response = connection.getresponse()
        return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()
    finally:
        connection.close()


def children(process: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def empty_pages(path: Path) -> int:
    """Pages of a store's file with nothing in them: a rewriting leaves none."""
    with closing(sqlite3.connect(path)) as raw:
        return int(raw.execute("PRAGMA freelist_count").fetchone()[0])


def leave_empty_pages(path: Path, rows: int = 40) -> None:
    """Rows that came and went: their pages stay in the file, in the order in which they came."""
    with closing(sqlite3.connect(path)) as raw, raw:
        made = [(number, bytes(8), bytes(60_000)) for number in range(rows)]
        raw.executemany("INSERT INTO store_response (row_id, key_id, envelope) VALUES (?, ?, ?)", made)
        raw.execute("DELETE FROM store_response")


def wait_until_rewritten(kept: Path) -> None:
    """That is so after the rewriting for which `leave_empty_pages` has left something to do."""
    wait_until(lambda: empty_pages(kept) == 0)


@contextmanager
def serving_once_rewritten(wanted: ServeOptions, said: Path) -> Iterator[subprocess.Popen[bytes]]:
    """As `serving`, after the rewriting at its start, which takes room on a disk and gives it back when it is done."""
    kept = Path(wanted.database.removeprefix("sqlite:///"))
    with serving(wanted):
        pass
    leave_empty_pages(kept, rows=3)
    with serving(wanted, said) as process:
        wait_until_rewritten(kept)
        yield process
