"""`python -m tests.loaded.forking LINE`: loads what processes of ours run, and forks one for each order on the line.

An order has the files of the process, and says its arguments, environment, folder and the numbers of its files. The
answer is its process id. It begins once it is a child of whoever ordered it, and runs as `python -m` and `-c` do.
"""

from __future__ import annotations

import gc
import json
import os
import socket
import sys
import time
from fcntl import F_DUPFD_CLOEXEC, fcntl
from importlib import import_module
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import ScryptPasswordHasher
from jinja2 import FileSystemLoader

from kuule import workbench
from kuule.collector.pages import TEMPLATES
from kuule.collector.session import draft_sealing
from kuule.web.interface_texts import find_interface
from kuule.web.templates import environment
from kuule.workbench import store_proxy
from kuule.workbench.errands import errand_process
from tests.loaded.compiled import compile_once_from_here
from tests.loaded.forked_module import with_forked_modules
from tests.loaded.loaded_process import UNPREPARED
from tests.loaded.ordered_process import become, run_as_python
from tests.prepared import migrate_once_from_here

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
_PAUSE_KIB = 64
"""A code of a pause takes 64 MiB, thrice. That it does is tried on what earlier versions sealed, with a server that
Python starts (`tests/installations`)."""
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


def _load() -> None:
    """What the processes would read, compile and keep, each for itself."""
    for name in _LOADED:
        import_module(name)
    compile_once_from_here()
    for folder in _TEMPLATES:
        made = environment(loader=FileSystemLoader(folder))
        for name in made.list_templates(extensions=["html"]):
            made.get_template(name)
    for tag in _LANGUAGES:
        find_interface(tag)
    ScryptPasswordHasher.work_factor = _SCRYPT
    draft_sealing.MEMORY_KIB, draft_sealing.PASSES = _PAUSE_KIB, 1
    migrate_once_from_here()
    for each in (errand_process, store_proxy):
        each.subprocess = with_forked_modules()  # type: ignore[attr-defined]
    if len(list(Path("/proc/self/task").iterdir())) > 1:
        raise SystemExit("what is loaded has threads, of which none would be in a fork")


if __name__ == "__main__":
    if UNPREPARED not in os.environ:
        _load()
    gc.collect()
    gc.freeze()
    wanted = wait_for_order(socket.socket(fileno=int(sys.argv[1])))
    if wanted is not None:
        become(wanted)
        run_as_python(*wanted["arguments"][:2])
