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
from collections.abc import Callable, Mapping
from fcntl import F_DUPFD_CLOEXEC, fcntl
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from django.contrib.auth.hashers import ScryptPasswordHasher
from jinja2 import FileSystemLoader

from kuule import workbench
from kuule.collector.pages import TEMPLATES
from kuule.languages.cldr.tags import find_language
from kuule.sealing import memory_scrubbing
from kuule.web.interface_texts import find_interface
from kuule.web.templates import environment
from kuule.workbench import store_proxy
from kuule.workbench.errands import errand_process
from kuule.workbench.member_words.workbench_words import workbench_languages
from tests.loaded.compiled import compile_once_from_here
from tests.loaded.forked_module import with_forked_modules
from tests.loaded.loaded_process import STARTUP, UNPREPARED
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
_LOADED_FOR = {
    "desk": (
        "kuule.qualitative.identifiers.suggesting",
        "kuule.qualitative.project.open_project",
        "kuule.qualitative.quotes.proposing",
        "kuule.qualitative.refi_qda.coding_matching",
        "kuule.qualitative.refi_qda.qde_reading",
        "kuule.usecases.key_custody.key_sources",
        "numpy",
    ),
    "preview": (
        "kuule.preview.preview_server",
        "kuule.preview.urls",
        "kuule.usecases.authoring.check_study",
        "pyxform.xls2xform",
    ),
    "workbench": (
        "fido2.server",
        "kuule.planning.study_calendar",
        "kuule.workbench.kit_desk.kit_states",
        "kuule.workbench.partner.own_files",
        "kuule.workbench.partner.survey_state",
        "kuule.workbench.register_desk.blind_rounds",
        "kuule.workbench.register_desk.value_saving",
        "kuule.workbench.register_desk.value_words",
        "kuule.workbench.study_desk.service_form",
        "kuule.workbench.study_desk.study_knowledge",
        "kuule.workbench.study_desk.visit_processes",
        "kuule.workbench.translation_desk.text_preview",
        "kuule.workbench.translation_desk.text_saving",
        "pyxform.xls2xform",
    ),
}
"""What these commands import besides, as far as it needs no settings of Django: loaded when the first is ordered."""
_TEMPLATES = (TEMPLATES, *sorted(Path(workbench.__path__[0]).rglob("templates")))
_LANGUAGES = ("en", "sv", "ar")
"""Those of the small study."""
_SCRYPT = 16
"""Django's is 16,384, a quarter of a second for each time that somebody joins or signs in."""
_COLLECTION = gc.get_threshold()
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


def wait_for_order(
    line: socket.socket, prepare: Callable[[dict[str, Any]], None] = lambda order: None
) -> dict[str, Any] | None:
    """None when the line ends; in each process that was ordered: its order. `prepare` is called before it is forked."""
    who = os.getppid()
    while True:
        wanted = _next_order(line)
        if wanted is None:
            return None
        order, files = wanted
        prepare(order)
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
    migrate_once_from_here()
    for each in (errand_process, store_proxy):
        each.subprocess = with_forked_modules()  # type: ignore[attr-defined]
    _be_without_threads()


def _load_for(order: dict[str, Any]) -> None:
    """What the command would load that is ordered, the first time that one of its name is."""
    [command] = order["arguments"][2:3] or [""]
    if command not in _LOADED_FOR or UNPREPARED in os.environ:
        return
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # each process has an environment of its own
    for name in _LOADED_FOR.pop(command):
        import_module(name)
    for tag in workbench_languages() if command == "workbench" else ():  # its pages offer themselves in all of them
        find_language(tag)
    gc.collect()
    gc.freeze()
    _be_without_threads()


class _StartedAnew(BaseException):
    """What a command raises that would replace its process by the same command in another environment."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        super().__init__()
        self.environment = environment


def _start_anew(environment: Mapping[str, str]) -> NoReturn:
    """As `restart`, within this process: it is a copy of one that has loaded all, and a new one would load it again.
    Where the interpreter or the C library reads something else at its start, the process is replaced."""
    before, after = (
        {name: text for name, text in one.items() if name.startswith(STARTUP)} for one in (os.environ, environment)
    )
    if before != after:
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], environment)
    raise _StartedAnew(environment)


def _run_order(order: dict[str, Any]) -> None:
    memory_scrubbing.restart = _start_anew  # type: ignore[assignment]  # of a process that ends with this
    become(order)
    try:
        run_as_python(*order["arguments"][:2])
    except _StartedAnew as anew:
        again = {**order, "session": False, "environment": dict(anew.environment)}
    else:
        return
    gc.enable()
    gc.set_threshold(*_COLLECTION)
    become(again)
    run_as_python(*order["arguments"][:2])


def _be_without_threads() -> None:
    if len(list(Path("/proc/self/task").iterdir())) > 1:
        raise SystemExit("what is loaded has threads, of which none would be in a fork")


if __name__ == "__main__":
    if UNPREPARED not in os.environ:
        _load()
    gc.collect()
    gc.freeze()
    wanted = wait_for_order(socket.socket(fileno=int(sys.argv[1])), _load_for)
    if wanted is not None:
        _run_order(wanted)
