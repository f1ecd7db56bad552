"""The conditions on this machine under which the privacy promise is true, as a table. One that does not hold stops the
start."""

from __future__ import annotations

import ctypes
import logging
import os
import resource
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from kuule.collector.served.onion_address import is_onion_address
from kuule.collector.served.serve_options import ServeOptions
from kuule.core.problems import KuuleError, Problem
from kuule.web.redacted_logging import RedactingFormatter

_PR_GET_DUMPABLE = 3
"""linux/prctl.h"""
_OTHERS_WRITE = stat.S_IWOTH
_OTHERS = stat.S_IRWXO
_WATCHERS = ("sentry_sdk", "ddtrace", "newrelic", "elasticapm", "opentelemetry", "debugpy", "pydevd", "scout_apm")
"""Packages that send requests, local variables or traces elsewhere. Some are loaded from outside without being asked
for."""


@dataclass(frozen=True, slots=True)
class MachineCondition:
    """One condition. `violations` gives the place and the cause of each case in which it does not hold."""

    code: str
    violations: Callable[[ServeOptions], Iterator[tuple[str, str]]]
    remedy: str


def check_conditions(options: ServeOptions) -> None:
    """Raise KuuleError with every condition that does not hold (SERVE_013 to SERVE_019). Django is already
    configured."""
    problems = [
        Problem(one.code, place, cause, one.remedy)
        for one in MACHINE_CONDITIONS
        for place, cause in one.violations(options)
    ]
    if problems:
        raise KuuleError(*problems)


def check_no_core_dumps() -> None:
    """Raise KuuleError SERVE_015 where this process could still write a core dump, after it was asked not to."""
    soft, _ = resource.getrlimit(resource.RLIMIT_CORE)
    dumpable = sys.platform == "linux" and ctypes.CDLL(None).prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0) != 0
    if soft != 0 or dumpable:
        cause = "a crash would write its memory, and so what people type, into a core dump"
        remedy = "start it with ulimit -c 0, as a user of its own and without a tool that changes such limits"
        raise KuuleError(Problem("SERVE_015", "this process", cause, remedy))


def _developing(options: ServeOptions) -> Iterator[tuple[str, str]]:
    if settings.DEBUG:
        yield "Django", "DEBUG is on: a page that breaks would show what was typed"
    if sys.flags.dev_mode:
        yield "Python", "it runs in development mode (-X dev or PYTHONDEVMODE)"
    if sys.flags.inspect or sys.flags.interactive:
        yield "Python", "it would stay at a prompt when it ends (-i or PYTHONINSPECT), with what it holds in memory"


def _traced(options: ServeOptions) -> Iterator[tuple[str, str]]:
    if tracer := _tracer():
        yield "this process", f"process {tracer} traces it and can read what people type"
    loaded = [name for name in _WATCHERS if name in sys.modules]
    if loaded:
        yield "Python", f"{loaded[0]} is loaded, which records requests or local variables"


def _tracer() -> int:
    """The id of the process that traces this one, or 0."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("TracerPid:")), 0)


def _logged(options: ServeOptions) -> Iterator[tuple[str, str]]:
    for name in ("", "django", "django.request", "django.server", "django.security", "django.db.backends"):
        for handler in logging.getLogger(name).handlers:
            if _is_loud(handler):
                yield f"logging, {name or 'root'}", f"{type(handler).__name__} would write messages and values down"


def _is_loud(handler: logging.Handler) -> bool:
    """Whether a handler writes to a file, a socket or a terminal without leaving out what people typed."""
    if isinstance(handler, logging.FileHandler):
        return handler.baseFilename != os.devnull
    if type(handler).__module__ == "logging.handlers":
        return True
    on_terminal = isinstance(handler, logging.StreamHandler) and handler.stream in (sys.stderr, sys.__stderr__)
    return on_terminal and not isinstance(handler.formatter, RedactingFormatter)


def _readable(options: ServeOptions) -> Iterator[tuple[str, str]]:
    path = database_file(options.database)
    # Practice has nothing to protect, and is also tried where every file is everybody's (a shared folder of another
    # system).
    if not options.rehearsal and path is not None and path.exists() and path.stat().st_mode & _OTHERS:
        yield str(path), "other users of this machine can read or write it: copies of it tell what came between them"


def _writable(options: ServeOptions) -> Iterator[tuple[str, str]]:
    for folder in () if options.rehearsal else options.editions:
        for path in (folder, *sorted(folder.rglob("*"))):
            if path.stat().st_mode & _OTHERS_WRITE:
                yield str(path), "other users of this machine can change it, also the key to which answers are sealed"
                break


def _no_onion(options: ServeOptions) -> Iterator[tuple[str, str]]:
    if options.onion_location and not is_onion_address(options.onion_location):
        cause = (
            "this is no address of an onion service: 56 letters and digits with a checksum, then .onion, and no path"
        )
        yield options.onion_location, cause


def database_file(url: str) -> Path | None:
    """The file of a `sqlite:///PATH`, or None for any other database."""
    if not url.startswith("sqlite:///"):
        return None
    return Path(url.removeprefix("sqlite:///").partition("?")[0]).absolute()


MACHINE_CONDITIONS = (
    MachineCondition("SERVE_013", _developing, "start it without development settings"),
    MachineCondition(
        "SERVE_014", _traced, "start it without a debugger or a monitor; neither may see what people type"
    ),
    MachineCondition("SERVE_016", _logged, "leave logging as it is: errors to stderr, without values"),
    MachineCondition("SERVE_017", _readable, "set its mode to 0600 and that of its folder to 0700"),
    MachineCondition("SERVE_018", _writable, "take the right to write from others: chmod -R o-w"),
    MachineCondition("SERVE_019", _no_onion, "give it as http://….onion, as the service's file hostname has it"),
)
