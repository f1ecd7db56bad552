"""Orders of processes, which a loaded process takes and forks. Nothing of ours is loaded here.

An order has the files of the process, and says its arguments, environment, folder and the numbers of its files. The
answer is its process id. It begins once it is a child of whoever ordered it, and runs as `python -m` and `-c` do.
"""

from __future__ import annotations

import gc
import json
import os
import socket
import time
from collections.abc import Callable
from fcntl import F_DUPFD_CLOEXEC, fcntl
from pathlib import Path
from typing import Any

from tests.loaded.ordered_process import run_order

EVERY_COMMAND = ("pydantic.fields", "pydantic.type_adapter", "rich.console", "typer")
"""What every command of ours is made of, for whoever forks commands to load."""
_MOST_FILES = 64
_ABOVE_ALL = 512
"""Numbers of files while they are put in their places: above all that a process is started with."""


def check_has_no_threads() -> None:
    """Raise SystemExit where what was loaded has begun one: a fork has one thread, and the locks of all."""
    if len(list(Path("/proc/self/task").iterdir())) > 1:
        raise SystemExit("what is loaded has threads, of which none would be in a fork")


def run_orders(line: int, prepare: Callable[[dict[str, Any]], None] = lambda order: None) -> None:
    """Fork a process for each order, until the line ends; each is run here, in its own process, to its end. `line`:
    the number of the socket. `prepare` is called with an order before its process is forked."""
    gc.collect()
    gc.freeze()
    wanted = wait_for_order(socket.socket(fileno=line), prepare)
    if wanted is not None:
        run_order(wanted)


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
