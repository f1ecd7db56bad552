"""What one server is handed by another, and what it says to it."""

from __future__ import annotations

import os
import socket
import sys

import pytest

from kuule.web.succession import Predecessor, Succession, find_predecessor
from tests.patience import wait_until


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


def test_whoever_reads_that_this_one_goes_on_may_tell_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "orig_argv", [sys.executable, "-c", "pass"])
    said: list[str] = []

    def say(sentence: str) -> None:
        said.append(sentence)
        if len(said) == 1:
            first.begin()
            wait_until(lambda: len(said) == 2)

    first = Succession([], stop=lambda: None, leave_out=(), say=say)
    first.begin()
    wait_until(lambda: len(said) == 2)
    assert [sentence.endswith("this one goes on serving") for sentence in said] == [True, True], said
