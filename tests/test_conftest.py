"""The guard of the suite: a test that reaches for another machine fails, one that stays does not."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.conftest import FAST_ROOMS, ROOT, SocketLeavesMachine, pytest_ignore_collect
from tests.sampling import MATRIX


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


def test_fast_rooms_are_there() -> None:
    assert {name for name in FAST_ROOMS if not (ROOT / "tests" / name).exists()} == set()


@pytest.mark.parametrize(("room", "left_out"), [("store", True), ("forms", None)])
def test_other_rooms_are_not_read_for_the_fast_tests(room: str, left_out: bool | None) -> None:
    fast: Any = SimpleNamespace(getoption=lambda name: name == "--fast")
    usual: Any = SimpleNamespace(getoption=lambda name: False, option=SimpleNamespace(markexpr="not whole"))
    assert pytest_ignore_collect(ROOT / "tests" / room, fast) is left_out
    assert pytest_ignore_collect(ROOT / "tests" / room, usual) is None


def test_file_of_slow_tests_is_not_read_for_the_fast_tests(tmp_path: Path) -> None:
    fast: Any = SimpleNamespace(getoption=lambda name: name == "--fast", option=SimpleNamespace(markexpr=""))
    usual: Any = SimpleNamespace(getoption=lambda name: False, option=SimpleNamespace(markexpr="not whole"))
    (tmp_path / "test_all.py").write_text("import pytest\n\npytestmark = pytest.mark.slow\n")
    (tmp_path / "test_some.py").write_text("@pytest.mark.slow\ndef test_slow(): ...\ndef test_fast(): ...\n")
    assert pytest_ignore_collect(tmp_path / "test_all.py", fast) is True
    assert pytest_ignore_collect(tmp_path / "test_some.py", fast) is None
    assert pytest_ignore_collect(tmp_path / "test_all.py", usual) is None


@pytest.mark.parametrize(("marks", "left_out"), [(MATRIX, True), ("not whole", None), ("", None)])
def test_file_without_a_matrix_is_not_read_for_the_matrices(tmp_path: Path, marks: str, left_out: bool | None) -> None:
    config: Any = SimpleNamespace(getoption=lambda name: False, option=SimpleNamespace(markexpr=marks))
    (tmp_path / "test_one.py").write_text("def test_one(): ...")
    (tmp_path / "test_many.py").write_text("@pytest.mark.matrix\ndef test_many(): ...")
    assert pytest_ignore_collect(tmp_path / "test_one.py", config) is left_out
    assert pytest_ignore_collect(tmp_path / "test_many.py", config) is None
    (tmp_path / "conftest.py").write_text("@pytest.fixture(params=matrix([1, 2], [1]))\ndef many(): ...")
    assert pytest_ignore_collect(tmp_path / "test_one.py", config) is None


@pytest.mark.slow
def test_what_is_slow_is_left_out_of_the_fast_tests() -> None:
    asked = ("--collect-only", "-q", "-p", "no:cacheprovider", "tests/forms/inspection/test_evaluation_cost.py")
    command = [sys.executable, "-m", "pytest", *asked, "--fast"]
    fast = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "::test_form_that_could_look_at_too_much" not in fast
    assert "::test_form_within_the_bound" in fast
    assert re.search(r"\([1-9][0-9]* deselected\)", fast)
