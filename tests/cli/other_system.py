"""A system that lacks what Unix alone has, imitated: no Windows and no Mac was at hand. `elsewhere` runs commands
there, in a process of its own, which begins at `main`: a fork of one that has loaded what most commands use, on that
system as well (`other_system_forking.py`).

Our modules see an `os` and a `signal` without those names, a `sys` of another platform, and cannot import the modules;
a folder cannot be opened as a file; what a process has open, or in its memory, can neither be moved nor removed nor
replaced; a file that one of our modules opens as text without saying how its letters are written stops the command,
since elsewhere they would be written otherwise. The standard library and other packages, which know the system they run
on, see all of it.
"""

from __future__ import annotations

import builtins
import contextlib
import io
import json
import os
import signal
import subprocess
import sys
import types
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.loaded.loaded_process import LoadedProcess
from tests.patience import PATIENCE

ROOT = Path(__file__).parents[2]
MODULES = ("fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog", "posix", "readline", "curses")
NAMES = {
    "os": (
        "O_DIRECTORY", "O_NOFOLLOW", "O_CLOEXEC", "O_NONBLOCK", "sched_getaffinity", "sched_setaffinity",
        "fork", "forkpty", "killpg", "getpgid", "setpgid", "setsid", "getuid", "geteuid", "getgid", "getegid",
        "getgroups", "uname", "confstr", "sysconf", "statvfs", "fchmod", "fchown", "chown", "lchown", "chroot",
        "mkfifo", "mknod", "openpty", "sendfile", "fdatasync", "sync", "pread", "pwrite", "posix_spawn", "wait",
        "nice", "getloadavg", "WNOHANG", "process_cpu_count", "setuid", "initgroups",
    ),
    "signal": (
        "SIGHUP", "SIGKILL", "SIGUSR1", "SIGUSR2", "SIGALRM", "SIGCHLD", "SIGPIPE", "SIGQUIT", "SIGTSTP",
        "pthread_sigmask", "pthread_kill", "sigwait", "alarm", "setitimer", "SIG_BLOCK", "SIG_SETMASK",
        "SIG_UNBLOCK",
    ),
}  # fmt: skip
_MOVES = {"replace": 2, "rename": 2, "unlink": 1, "remove": 1}
"""What of `os` moves or removes files, and how many names it is given."""


class _Elsewhere(LoadedProcess):
    """A process on the other system."""

    forking = "tests.cli.other_system_forking"


def elsewhere(folder: Path, *commands: list[str]) -> dict[str, str]:
    """What each command that did not end well came to, and said. They are run in one process, one after the other."""
    outcomes = outcomes_elsewhere(folder, *commands)
    return {name: f"{code}\n{talk}" for [name, *_], (code, talk) in zip(commands, outcomes, strict=True) if code != 0}


def outcomes_elsewhere(folder: Path, *commands: list[str]) -> list[tuple[object, str]]:
    """What each command came to, an exit code or an exception, and what it said; in one process as well."""
    with _Elsewhere(
        [sys.executable, "-c", "from tests.cli.other_system import main; main()"],
        cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "PYTHONWARNDEFAULTENCODING": "1"},
    ) as process:  # fmt: skip
        told, error = process.communicate(json.dumps(commands), timeout=PATIENCE)
    assert process.returncode == 0, error
    said = [json.loads(line) for line in told.splitlines()]
    assert [name for name, *_ in said] == [name for name, *_ in commands]
    return [(code, talk) for _, code, talk in said]


def take_away() -> None:
    """From here on this process is on the other system, if it is not there already."""
    if hasattr(builtins.__import__, "lacks"):
        return
    warnings.filterwarnings("error", category=EncodingWarning, module="kuule")
    poor = {module.__name__: _less(module) for module in (os, signal)} | {"sys": _OtherSystem("sys")}
    poor["os"].open, poor["os"].name = _open_no_folder, "nt"
    for name, count in _MOVES.items():
        refusing = _refusing(getattr(os, name), count)
        setattr(os, name, refusing)
        setattr(poor["os"], name, refusing)
    whole = builtins.__import__

    def poor_import(name: str, globals: Any = None, *more: Any, **also: Any) -> Any:  # noqa: A002 - the builtin's name
        level = also.get("level", more[2] if len(more) > 2 else 0)
        if ((globals or {}).get("__name__") or "").startswith("kuule") and level == 0:
            if name in poor:
                return poor[name]
            if name in MODULES:
                raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return whole(name, globals, *more, **also)

    poor_import.lacks = MODULES  # type: ignore[attr-defined]
    builtins.__import__ = poor_import


class _OtherSystem(types.ModuleType):
    """`sys`, which says that it is another system."""

    platform = "win32"

    def __getattr__(self, name: str) -> Any:
        return getattr(sys, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(sys, name, value)


def _less(module: types.ModuleType) -> Any:
    poor = types.ModuleType(module.__name__)
    poor.__dict__.update({name: value for name, value in vars(module).items() if name not in NAMES[module.__name__]})
    return poor


def _open_no_folder(path: Any, *more: Any, **also: Any) -> int:
    if Path(path).is_dir():
        raise PermissionError(13, "Permission denied", str(path))
    return os.open(path, *more, **also)


def _refusing(function: Callable[..., None], count: int) -> Callable[..., None]:
    """The function, as it is where nothing that is open can be moved, removed or replaced."""

    def refuse(*paths: Any, **more: Any) -> None:
        for path in paths[:count]:
            if not any(more.values()) and is_in_use(os.fspath(path)):
                raise PermissionError(13, "The process cannot access the file because it is being used", str(path))
        function(*paths, **more)

    return refuse


def is_in_use(path: str | bytes) -> bool:
    """Whether this process has the file open or in its memory, or one in the folder. A folder itself is no file."""
    place = Path(os.fsdecode(path)).absolute()
    whole = str(place.parent.resolve() / place.name)
    return any(one == whole or one.startswith(f"{whole}/") for one in _held() if not Path(one).is_dir())


def _held() -> set[str]:
    held = set()
    for opened in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):
            held.add(str(opened.readlink()))
    mapped = Path("/proc/self/maps").read_text("utf-8").splitlines()
    return held | {line.split(None, 5)[5] for line in mapped if "/" in line}


def main() -> None:
    """Run the commands that are given on stdin, and say what each came to."""
    take_away()
    from kuule.cli.app import run  # it has to find the other system

    for arguments in json.load(sys.stdin):
        with contextlib.redirect_stderr(io.StringIO()) as err, contextlib.redirect_stdout(io.StringIO()):
            try:
                code: object = run(arguments)
            except BaseException as error:  # noqa: BLE001 - whatever it is, the test says it
                code = f"{type(error).__name__}: {error}"
        print(json.dumps([arguments[0], code, err.getvalue()]))


if __name__ == "__main__":
    main()
