"""`python -m tests.loaded.module_forking SOCKET LINE`: runs modules as `python -m` does, each in a fork of this
process, which has loaded what they import. Orders come to the socket; when the line ends, it does.

An order has the standard input, output and errors of what is run, and says its module, environment, folder and umask.
The answer is the process id, and later how the process ended, as `subprocess` says it.
"""

from __future__ import annotations

import gc
import json
import os
import select
import socket
import sys
import tempfile
from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import Any

from kuule.languages.cldr.tags import locale_of
from kuule.typesetting.fonts_here import fonts_here
from tests.loaded.compiled import compile_once_from_here
from tests.loaded.forked_module import LARGEST_ORDER, NUMBER
from tests.loaded.ordered_process import become, run_as_python

_IN_ERRANDS = ("encodings.idna", "pyxform.xls2xform", "typst")
"""What errands of the workbench import in the midst of their work. Nothing of all this starts a thread."""
_IN_THE_MIDST = {
    "kuule.workbench.release_desk.release_errand": ("kuule.workbench.release_desk.making.release_making",),
    "kuule.workbench.store_proxy": (
        "django.db.backends.postgresql.base",
        "kuule.store.edition_archive",
        "kuule.store.rows.counters",
        "kuule.store.rows.field_control",
        "kuule.store.rows.switched_off_links",
    ),
}
"""The same of single modules."""
_LANGUAGES = ("en", "sv", "ar")
"""Those of the small study."""


@cache
def _load(module: str) -> None:
    """What it imports, reads and keeps, once for all processes that run it. One that is only found in the folder of an
    order is left to that process."""
    compile_once_from_here()
    with suppress(ModuleNotFoundError):
        import_module(module)
    if module.endswith("_errand"):
        for name in _IN_ERRANDS:
            import_module(name)
        fonts_here()
        for tag in _LANGUAGES:
            locale_of(tag)
    for name in _IN_THE_MIDST.get(module, ()):
        import_module(name)
    gc.collect()
    gc.freeze()


def _next_order(listening: socket.socket, line: socket.socket) -> dict[str, Any] | None:
    """None when the line ends; in each process that was ordered: its order."""
    while True:
        ready, _, _ = select.select([listening, line], [], [])
        if line in ready:
            return None
        connection, _ = listening.accept()
        with connection:
            body, files, _, _ = socket.recv_fds(connection, LARGEST_ORDER, 3)
            order: dict[str, Any] = json.loads(body)
            _load(order["module"])
            if os.fork() == 0:  # it waits for its end, so that this process can take the next order
                for other in (listening, line):
                    other.close()
                _begin(connection, files)
                return order
        for file in files:
            os.close(file)
        _forget_children()


def _begin(connection: socket.socket, files: list[int]) -> None:
    """Forks the process that was ordered, and goes on in that one; this one says how it ended, and ends."""
    if process := os.fork():
        for file in files:
            os.close(file)
        with suppress(BrokenPipeError):  # whoever ordered has ended
            connection.sendall(NUMBER.pack(process))
            _, status = os.waitpid(process, 0)
            connection.sendall(NUMBER.pack(os.waitstatus_to_exitcode(status)))
        os._exit(0)
    for place, file in enumerate(files):
        os.dup2(file, place)
        os.close(file)


def _forget_children() -> None:
    """Those that have ended."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return


if __name__ == "__main__":
    given = (socket.socket(fileno=int(number)) for number in sys.argv[1:3])
    wanted = _next_order(*given)
    if wanted is not None:
        become({"arguments": ["-m", wanted["module"]], "session": False, **wanted})
        tempfile.tempdir = None
        sys.modules.pop(wanted["module"], None)  # what it imports stays
        run_as_python("-m", wanted["module"])
