"""What a fork does to be the process that was ordered. Nothing of ours is loaded here."""

from __future__ import annotations

import gc
import os
import runpy
import sys
from collections.abc import Mapping
from types import ModuleType
from typing import Any

_COLLECTION = gc.get_threshold()


class BegunAnew(BaseException):
    """The process runs the same command again, in another environment, as if it had replaced itself."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        super().__init__()
        self.environment = dict(environment)


def run_order(order: dict[str, Any]) -> None:
    """Be the process that was ordered, from its beginning to its end."""
    become(order)
    while True:
        try:
            run_as_python(*order["arguments"][:2])
        except BegunAnew as again:
            order = {**order, "environment": again.environment, "session": False}
        else:
            return
        sys.excepthook = sys.__excepthook__  # Typer has one of its own
        gc.enable()
        gc.set_threshold(*_COLLECTION)  # a command that ends has others
        become(order)


def become(order: dict[str, Any]) -> None:
    """This process has what one has that was started with the order: its arguments, environment, folder and umask."""
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
