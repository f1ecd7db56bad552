"""Ports for tests."""

from __future__ import annotations

import os
import socket
from contextlib import suppress

import pytest

from tests.ports import PORTS, free_port


def test_no_two_are_the_same_and_none_is_taken() -> None:
    given = [free_port() for _ in range(500)]
    assert len(set(given)) == 500
    assert set(given) <= set(PORTS)
    following = given[-1] + 1 if given[-1] + 1 in PORTS else PORTS[0]
    with socket.socket() as other:
        with suppress(OSError):  # or somebody else has it, which is the same
            other.bind(("127.0.0.1", following))
        assert free_port() != following


def test_copy_of_a_process_begins_somewhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    begin = (PORTS.index(free_port()) + len(PORTS) // 2) % len(PORTS)
    monkeypatch.setattr("tests.ports.secrets.randbelow", lambda _below: begin)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, b"%d" % free_port())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as said:
        there = int(said.read())
    assert os.waitpid(child, 0)[1] == 0
    assert (PORTS.index(there) - begin) % len(PORTS) < 100  # a few of them somebody may have
