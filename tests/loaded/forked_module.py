"""Modules of ours that run in a process for one task, such as an errand of the workbench: forked by a process that has
loaded what they import, which takes longer than most tasks.

For tests to which the start of the interpreter is not the point. What an errand can import and what it may use are
tried on processes of their own (tests/workbench/*/test_what_is_importable.py).
"""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from types import SimpleNamespace
from typing import Any

from tests.patience import PATIENCE

_VARIABLE = "KUULE_TESTS_MODULES"
"""The environment variable with the name of the abstract socket for orders."""
_ROOT = Path(__file__).resolve().parents[2]
LARGEST_ORDER = 65_536
"""In bytes. What a task is about comes by the standard input."""
NUMBER = struct.Struct("!i")


class _Forking:
    """The process that forks for this one and for the servers that it starts, and the line that it ends with."""

    line: socket.socket | None = None
    process: subprocess.Popen[bytes] | None = None


def start_forking() -> None:
    """From here on `with_forked_modules` forks, here and in servers that are started later. Only on Linux."""
    if _Forking.line is not None or sys.platform != "linux":
        return
    name = f"kuule-tests-{os.getpid()}-{secrets.token_hex(8)}"
    _Forking.line, theirs = socket.socketpair()
    with theirs, socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listening:
        listening.bind(f"\0{name}")
        listening.listen()
        files = (listening.fileno(), theirs.fileno())
        _Forking.process = subprocess.Popen(
            [sys.executable, "-m", "tests.loaded.module_forking", *map(str, files)],
            pass_fds=files, cwd=_ROOT, env={**os.environ, "OPENBLAS_NUM_THREADS": "1"}, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    os.environ[_VARIABLE] = name


def end_forking() -> None:
    """At the end of a session."""
    if _Forking.line is not None and _Forking.process is not None:
        os.environ.pop(_VARIABLE, None)
        _Forking.line.close()
        _Forking.process.wait(PATIENCE)
        _Forking.line = _Forking.process = None


def with_forked_modules() -> Any:
    """`subprocess`, of which `run` forks what is `[sys.executable, "-m", module]`."""
    return SimpleNamespace(**vars(subprocess) | {"run": _run})


def _run(args: Sequence[str], **options: Any) -> subprocess.CompletedProcess[str]:
    """As `subprocess.run` with `input`, `timeout`, `capture_output` and `text`; perhaps with `env`."""
    name = os.environ.get(_VARIABLE)
    if name is None or len(args) != len(("python", "-m", "module")):
        return subprocess.run(args, **options)  # noqa: PLW1510 -- as it is asked
    umask = os.umask(0o077)
    os.umask(umask)
    environment = dict(options.get("env") or os.environ)
    order = {"module": args[2], "environment": environment, "folder": os.fspath(Path.cwd()), "umask": umask}
    with TemporaryFile("w+") as given, TemporaryFile("w+") as out, TemporaryFile("w+") as said:
        given.write(options["input"])
        given.seek(0)
        status = _forked(name, order, [given.fileno(), out.fileno(), said.fileno()], args, options["timeout"])
        for file in (out, said):
            file.seek(0)
        return subprocess.CompletedProcess(args, status, out.read(), said.read())


def _forked(name: str, order: Mapping[str, Any], files: Sequence[int], args: Sequence[str], timeout: float) -> int:
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as connection:
        connection.connect(f"\0{name}")
        socket.send_fds(connection, [json.dumps(order).encode()], files)
        [process] = NUMBER.unpack(connection.recv(NUMBER.size))
        connection.settimeout(timeout)
        try:
            [status] = NUMBER.unpack(connection.recv(NUMBER.size))
        except TimeoutError:
            os.kill(process, signal.SIGKILL)
            connection.settimeout(None)
            connection.recv(NUMBER.size)  # it has ended
            raise subprocess.TimeoutExpired(args, timeout) from None
    return int(status)
