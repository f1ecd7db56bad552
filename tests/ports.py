"""Ports for what tests start, of which no two are the same.

A port that the system chooses is soon chosen again: of twenty thousand in a row a third differ. So three that a test
asked for, one after another, were now and then two, and another process was given what was just let go.
"""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Iterator
from itertools import cycle

PORTS = range(20_000, 32_000)
"""Below those that Linux gives to whoever asks for any, and to each connection that goes out."""


class _Given:
    process = 0
    ports: Iterator[int] = iter(())


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens at now, and that nobody in this process was given. Each process begins
    somewhere else."""
    if _Given.process != os.getpid():  # a copy of a process would go on where the other one does
        begin = secrets.randbelow(len(PORTS))
        _Given.process, _Given.ports = os.getpid(), cycle((*PORTS[begin:], *PORTS[:begin]))
    return next(port for port in _Given.ports if _is_free(port))


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
