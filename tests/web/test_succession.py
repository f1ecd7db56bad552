"""What one server is handed by another, and what it says to it."""

from __future__ import annotations

import os
import socket

import pytest

from kuule.web.succession import Predecessor, find_predecessor


def handed(*numbers: int) -> dict[str, str]:
    return {"KUULE_SUCCEEDS": f"{numbers[0]}:{','.join(map(str, numbers[1:]))}"}


def test_sockets_and_the_line_are_found_once() -> None:
    ours, theirs = socket.socketpair()
    with socket.create_server(("127.0.0.1", 0)) as first, socket.create_server(("127.0.0.1", 0)) as second, ours:
        told = handed(theirs.detach(), os.dup(first.fileno()), os.dup(second.fileno()))
        found = find_predecessor(told)
        assert found is not None
        assert [one.getsockname() for one in found.sockets] == [first.getsockname(), second.getsockname()]
        assert (told, find_predecessor(told)) == ({}, None)
        assert found.is_gone() is False
        found.say_ready()
        assert ours.recv(9) == b"r"
        ours.close()
        assert found.is_gone() is True
        found.say_ready()
        for one in (*found.sockets, found.line):
            one.close()


@pytest.mark.parametrize("said", ["", "x", "3", ":", "999999:999998", "1:two", "-1:-2"])
def test_what_no_server_has_said_is_not_taken(said: str) -> None:
    assert find_predecessor({"KUULE_SUCCEEDS": said}) is None
    assert find_predecessor({}) is None


def test_line_that_is_broken_belongs_to_nobody() -> None:
    ours, theirs = socket.socketpair()
    ours.close()
    with theirs:
        assert Predecessor(theirs, ()).is_gone() is True
