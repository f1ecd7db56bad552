"""A process of ours as `subprocess.Popen` starts it, by a fork of one that has loaded Django, the collector and the
workbench: to load them takes longer than most of what a test asks of the process.

It has its own arguments, environment, folder and files, is a child of this process, and ends as Python ends. For tests
to which the start of the interpreter is not the point.
"""

from __future__ import annotations

import ctypes
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.patience import PATIENCE

STARTUP = ("PYTHON", "GLIBC_", "MALLOC_", "LD_", "_RJEM_", "LANG", "LC_", "KUULE_STILL", "KUULE_CLOCK")
"""What the interpreter, the C library and the clock of `tests/outside/still` read when they start: one loaded process
is for all who have the same."""
UNPREPARED = "KUULE_TESTS_UNPREPARED"
"""An environment variable for a test to which it is all the same what a loaded process has loaded."""
_ROOT = Path(__file__).resolve().parents[2]
_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER of linux/prctl.h
_one_at_a_time = threading.Lock()


class LoadedProcess(subprocess.Popen[Any]):
    """`[sys.executable, "-m", module, …]` or `[sys.executable, "-c", code, …]`. Where the system is not Linux, or the
    interpreter is told anything else, it is started as any other."""

    forking = "tests.loaded.forking"
    """The module of what forks it."""

    def _execute_child(
        self, args: Any, executable: Any, preexec_fn: Any, close_fds: bool, pass_fds: Any, cwd: Any, env: Any,
        startupinfo: Any, creationflags: int, shell: bool, p2cread: int, p2cwrite: int, c2pread: int, c2pwrite: int,
        errread: int, errwrite: int, *rest: Any,
    ) -> None:  # fmt: skip
        _restore, *user, new_session, process_group = rest
        usual = executable is None and preexec_fn is None and not shell and process_group in (None, -1)
        usual = usual and (cwd is None or Path(cwd).is_dir())
        if not (sys.platform == "linux" and usual and _is_loaded(args) and set(map(str, user)) <= {"None", "-1"}):
            super()._execute_child(  # type: ignore[misc]
                args, executable, preexec_fn, close_fds, pass_fds, cwd, env, startupinfo, creationflags, shell,
                p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite, *rest,
            )  # fmt: skip
            return
        own = [given if given != -1 else place for place, given in enumerate((p2cread, c2pwrite, errwrite))]
        order = {
            "arguments": [os.fspath(one) for one in args[1:]],
            "environment": dict(os.environ if env is None else env),
            "folder": os.fspath(cwd or Path.cwd()),
            "places": [0, 1, 2, *sorted(pass_fds)],
            "session": bool(new_session),
            "umask": _umask(),
        }
        self.pid = _forked(self.forking, order, [*own, *sorted(pass_fds)])
        self._child_created = True
        self._close_pipe_fds(p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite)  # type: ignore[attr-defined]


class LoadedCommand(LoadedProcess):
    """The same, by one that has loaded what most commands use, with keys that take no second for each passphrase."""

    forking = "tests.loaded.command_forking"


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _is_loaded(args: Any) -> bool:
    return isinstance(args, list) and args[0] == sys.executable and args[1] in ("-m", "-c")


def _forked(forking: str, order: Mapping[str, Any], files: Sequence[int]) -> int:
    """The process id. What is forked becomes a child of this process: its own parent has ended then, and this is the
    process that takes up orphans, as long as this takes. A loaded process that somebody ended is started anew, once."""
    startup = tuple(sorted(one for one in order["environment"].items() if one[0].startswith(STARTUP)))
    body = json.dumps(order).encode()
    with _one_at_a_time:
        for _ in range(2):
            if (forking, startup) not in _lines:
                _lines[forking, startup] = _Line(forking, dict(startup))
            if answer := _lines[forking, startup].ask(body, files):
                return int.from_bytes(answer, "big")
            _lines.pop((forking, startup)).end()
    raise AssertionError(f"the loaded process ends whenever it is asked: run `python -m {forking} 0`")


class _Line:
    """To a loaded process of this one, with some variables of the start. It ends when the line does."""

    def __init__(self, forking: str, startup: Mapping[str, str]) -> None:
        others = {name: value for name, value in os.environ.items() if not name.startswith(STARTUP)}
        self.ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", forking, str(theirs.fileno())],
                pass_fds=[theirs.fileno()], cwd=_ROOT, env={**others, **startup}, stdin=subprocess.DEVNULL,
            )  # fmt: skip

    def ask(self, body: bytes, files: Sequence[int]) -> bytes:
        """The answer, or nothing where nobody is there any more."""
        _take_orphans(True)
        try:
            socket.send_fds(self.ours, [len(body).to_bytes(4, "big")], list(files))
            self.ours.sendall(body)
            return self.ours.recv(4)
        except ConnectionError:
            return b""
        finally:
            _take_orphans(False)

    def end(self) -> None:
        self.ours.close()
        self._process.wait(PATIENCE)


_lines: dict[tuple[str, tuple[tuple[str, str], ...]], _Line] = {}


def end_loaded() -> None:
    """At the end of a session: what was loaded ends, and not what was forked."""
    for line in _lines.values():
        line.end()
    _lines.clear()


def _take_orphans(wanted: bool) -> None:
    ctypes.CDLL(None).prctl(_SUBREAPER, int(wanted), 0, 0, 0)


def run_command(args: list[str], *, check: bool = False, **options: Any) -> subprocess.CompletedProcess[Any]:
    """As `run_loaded`, by a `LoadedCommand`."""
    return run_loaded(args, check=check, kind=LoadedCommand, **options)


def run_loaded(
    args: list[str], *, check: bool = False, kind: type[LoadedProcess] = LoadedProcess, **options: Any
) -> subprocess.CompletedProcess[Any]:
    """As `subprocess.run(…, capture_output=True)` with all the patience of the tests."""
    with kind(args, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options) as process:
        out, said = process.communicate(timeout=PATIENCE)
    done = subprocess.CompletedProcess(args, process.returncode, out, said)
    if check:
        done.check_returncode()
    return done
