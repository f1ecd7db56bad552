"""`python -m tests.loaded.forking LINE`: loads what processes of ours run, and forks one for each order on the line.

An order has the files of the process, and says its arguments, environment, folder and the numbers of its files. The
answer is its process id. It begins once it is a child of whoever ordered it, and runs as `python -m` and `-c` do.
"""

from __future__ import annotations

import gc
import json
import os
import runpy
import socket
import sys
import time
from fcntl import F_DUPFD_CLOEXEC, fcntl
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from django.contrib.auth.hashers import ScryptPasswordHasher
from jinja2 import Environment, FileSystemLoader

from kuule import workbench
from kuule.collector.pages import TEMPLATES
from kuule.web.interface_texts import find_interface
from kuule.web.templates import environment
from tests.loaded.compiled import compiled_once

_LOADED = (
    "kuule.collector.server.collector_server",
    "kuule.workbench.workbench_server",
    "django.core.management.commands.migrate",
    "django.template.backends.jinja2",
    "django.views.debug",
    "encodings.idna",
)
"""Nothing that starts a thread, as Polars does: a fork has one of them, and the locks of all. Nothing that looks at the
terminal or the environment when it is loaded, as `kuule.cli` does."""
_TEMPLATES = (TEMPLATES, *sorted(Path(workbench.__path__[0]).rglob("templates")))
_LANGUAGES = ("en", "sv", "ar")
"""Those of the small study."""
_SCRYPT = 16
"""Django's is 16,384, a quarter of a second for each time that somebody joins or signs in."""
_MOST_FILES = 64
_ABOVE_ALL = 512
"""Numbers of files while they are put in their places: above all that a process is started with."""


def _next_order(line: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    length, files, _flags, _sender = socket.recv_fds(line, 4, _MOST_FILES)
    if not length:
        return None
    body = b""
    while len(body) < int.from_bytes(length, "big"):
        more = line.recv(int.from_bytes(length, "big") - len(body))
        if not more:
            return None
        body += more
    return json.loads(body), list(files)


def wait_for_order(line: socket.socket) -> dict[str, Any] | None:
    """None when the line ends; in each process that was ordered: its order."""
    who = os.getppid()
    while True:
        wanted = _next_order(line)
        if wanted is None:
            return None
        order, files = wanted
        reading, writing = os.pipe()
        between = os.fork()
        if between == 0:
            own = os.getpid()
            if not _is_ordered(writing):
                os._exit(0)
            line.close()
            os.close(reading)
            os.close(writing)
            _take_files(files, order["places"])
            return order if _is_left_to(who, by=own) else None
        for file in (*files, writing):
            os.close(file)
        os.waitpid(between, 0)
        answer = os.read(reading, 4)
        os.close(reading)
        if not answer:  # the system forks no more: whoever ordered is not to wait for an answer
            return None
        line.sendall(answer)


def _is_ordered(writing: int) -> bool:
    """Forks the process that was ordered, and says its id; true in that process only."""
    try:
        if ordered := os.fork():
            os.write(writing, ordered.to_bytes(4, "big"))
        return not ordered
    except OSError:
        return False


def _is_left_to(who: int, *, by: int) -> bool:
    """Once the process between has ended. False where whoever ordered has ended as well: nobody would ever take it."""
    while os.getppid() == by:
        time.sleep(0.0005)
    return os.getppid() == who


def _take_files(files: list[int], places: list[int]) -> None:
    above = [fcntl(file, F_DUPFD_CLOEXEC, _ABOVE_ALL) for file in files]
    for file in files:
        os.close(file)
    for file, place in zip(above, places, strict=True):
        os.dup2(file, place)
        os.close(file)


def become(order: dict[str, Any]) -> None:
    """This process has what one has that was started with the order."""
    if order["session"]:
        os.setsid()
    os.umask(order["umask"])
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["environment"])
    sys.orig_argv = [sys.executable, *order["arguments"]]
    sys.argv = order["arguments"][1:]
    sys.path[0] = order["folder"] if order["arguments"][0] == "-m" else ""
    encoding = sys.stdout.encoding
    sys.stdin = sys.__stdin__ = open(0, encoding=encoding, closefd=False)  # type: ignore[misc]  # noqa: SIM115 -- to the end
    for number, name in ((1, "stdout"), (2, "stderr")):
        errors = "strict" if number == 1 else "backslashreplace"
        file = open(number, "w", encoding=encoding, errors=errors, closefd=False)  # noqa: SIM115 -- to the end
        file.reconfigure(line_buffering=number == 2 or file.isatty())
        setattr(sys, name, file)
        setattr(sys, f"__{name}__", file)


def run_as_python(kind: str, what: str) -> None:
    """What `python -m` or `python -c` does."""
    if kind == "-m":
        runpy.run_module(what, run_name="__main__", alter_sys=True)
        return
    sys.argv[0] = "-c"
    main = sys.modules["__main__"] = ModuleType("__main__")
    exec(compile(what, "<string>", "exec"), vars(main))


def _load() -> None:
    """What the processes would read, compile and keep, each for itself."""
    for name in _LOADED:
        import_module(name)
    Environment.compile = compiled_once()  # type: ignore[method-assign]
    for folder in _TEMPLATES:
        made = environment(loader=FileSystemLoader(folder))
        for name in made.list_templates(extensions=["html"]):
            made.get_template(name)
    for tag in _LANGUAGES:
        find_interface(tag)
    ScryptPasswordHasher.work_factor = _SCRYPT
    if len(list(Path("/proc/self/task").iterdir())) > 1:
        raise SystemExit("what is loaded has threads, of which none would be in a fork")


if __name__ == "__main__":
    _load()
    gc.collect()
    gc.freeze()
    wanted = wait_for_order(socket.socket(fileno=int(sys.argv[1])))
    if wanted is not None:
        become(wanted)
        run_as_python(*wanted["arguments"][:2])
