"""The guard of the suite: a test that reaches for another machine fails, one that stays does not."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from tests.conftest import SocketLeavesMachine


@pytest.mark.parametrize("call", ["connect", "connect_ex"])
def test_socket_to_another_machine_is_refused(call: str) -> None:
    with socket.socket() as outward, pytest.raises(SocketLeavesMachine, match=r"198\.51\.100\.7"):
        getattr(outward, call)(("198.51.100.7", 80))


def test_datagram_to_another_machine_is_refused() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as outward, pytest.raises(SocketLeavesMachine):
        outward.sendto(b"x", ("198.51.100.7", 53))


def test_socket_on_this_machine_connects() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()


def test_processes_of_a_run_keep_the_bytecode_that_they_make() -> None:
    ask = [sys.executable, "-c", "import sys; print(sys.dont_write_bytecode)"]
    assert subprocess.run(ask, capture_output=True, text=True, check=True).stdout == "False\n"
