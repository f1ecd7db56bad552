"""The sockets of a site: its own, one for each worker, or those that a service manager holds."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from kuule.core.problems import KuuleError
from kuule.web.listening_sockets import close_sockets, discard_sockets, inherited_sockets, own_sockets, store_sockets
from tests.ports import free_port

TAKING = """
import os, sys
from kuule.core.problems import KuuleError
from kuule.web.listening_sockets import inherited_sockets

os.dup2(int(sys.argv[1]), 3)
os.dup2(int(sys.argv[2]), 4)
told = {"LISTEN_PID": str(os.getpid()), "LISTEN_FDS": "2", "LISTEN_FDNAMES": sys.argv[5]}
try:
    print(len(inherited_sockets("127.0.0.1", int(sys.argv[3]), int(sys.argv[4]), told)), sorted(told))
except KuuleError as error:
    print(*(problem.code for problem in error.problems))
"""


def taken_over(workers: int, *, other_port: bool = False, names: str = "kuule-collector.socket") -> str:
    port = free_port()
    held = own_sockets("127.0.0.1", port, 2)
    try:
        numbers = [one.fileno() for one in held]
        arguments = [*numbers, free_port() if other_port else port, workers, names]
        command = [sys.executable, "-c", TAKING, *map(str, arguments)]
        done = subprocess.run(command, pass_fds=numbers, capture_output=True, text=True, check=True)
        return done.stdout.strip()
    finally:
        close_sockets(held)


def test_sockets_of_a_service_manager_are_taken_over_and_no_longer_told() -> None:
    assert taken_over(2) == "2 []"
    assert taken_over(3) == "2 []"


def test_sockets_at_another_address_and_more_than_workers_are_refused() -> None:
    assert taken_over(2, other_port=True) == "SERVE_020"
    assert taken_over(1) == "SERVE_020"


def test_kept_sockets_that_no_longer_fit_are_given_up() -> None:
    assert taken_over(2, names="kuule:kuule") == "2 []"
    assert taken_over(1, names="kuule:kuule") == "0 []"
    assert taken_over(2, names="kuule:kuule", other_port=True) == "0 []"


def test_service_manager_is_asked_to_keep_them_and_to_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    port, place = free_port(), str(tmp_path / "notify")
    monkeypatch.setenv("NOTIFY_SOCKET", place)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(place)
        held = own_sockets("127.0.0.1", port, 2)
        store_sockets(held)
        message, kept, _, _ = socket.recv_fds(manager, 1024, 8)
        close_sockets(held)
        kept_sockets = [socket.socket(fileno=number) for number in kept]
        assert (message, len(kept)) == (b"FDSTORE=1\nFDNAME=kuule", 2)
        with socket.create_connection(("127.0.0.1", port)):
            discard_sockets(kept_sockets)
        assert manager.recv(1024) == b"FDSTOREREMOVE=1\nFDNAME=kuule"
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))


@pytest.mark.parametrize("told", [{}, {"LISTEN_PID": "1", "LISTEN_FDS": "2"}, {"LISTEN_PID": str(os.getpid())}])
def test_what_was_told_to_another_process_is_not_taken(told: dict[str, str]) -> None:
    assert (inherited_sockets("127.0.0.1", 8000, 2, told), told) == ((), {})


def test_own_sockets_are_as_many_as_workers_at_one_address_that_nobody_else_gets() -> None:
    port = free_port()
    held = own_sockets("127.0.0.1", port, 3)
    try:
        assert [one.getsockname() for one in held] == [("127.0.0.1", port)] * 3
        with pytest.raises(KuuleError, match="SERVE_010"):
            own_sockets("127.0.0.1", port, 1)
    finally:
        close_sockets(held)
