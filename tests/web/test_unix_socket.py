"""A Unix socket to listen on: whose it is, what stands in its place, and what a socket unit hands over."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from kuule.core.problems import KuuleError
from kuule.web.unix_socket import MAX_PATH_BYTES, check_socket_path, own_unix_socket, remove_unix_socket

TAKING = """
import os, sys
from pathlib import Path
from kuule.core.problems import KuuleError
from kuule.web.listening_sockets import inherited_unix_socket

os.dup2(int(sys.argv[1]), 3)
told = {"LISTEN_PID": str(os.getpid()), "LISTEN_FDS": "1", "LISTEN_FDNAMES": "kuule-collector.socket"}
try:
    print(len(inherited_unix_socket(Path(sys.argv[2]), told)), sorted(told))
except KuuleError as error:
    print(*(f"{problem.code} {problem.cause}" for problem in error.problems))
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A path in a folder of its own, short enough wherever the tests lie."""
    monkeypatch.chdir(tmp_path)
    return Path("collector.sock")


def refusal(path: Path) -> tuple[str, str]:
    with pytest.raises(KuuleError) as refused:
        check_socket_path(path)
    [problem] = refused.value.problems
    return problem.code, problem.cause


def test_user_and_group_may_connect_and_nobody_else(place: Path) -> None:
    mask = os.umask(0)
    try:
        with own_unix_socket(place):
            assert stat.S_IMODE(place.stat().st_mode) == 0o660
    finally:
        assert os.umask(mask) == 0
    remove_unix_socket(place)
    assert not place.exists()
    remove_unix_socket(place)


def test_socket_that_nobody_listens_on_any_more_is_replaced(place: Path) -> None:
    own_unix_socket(place).close()
    with own_unix_socket(place), socket.socket(socket.AF_UNIX) as visitor:
        visitor.connect(str(place))


def test_socket_that_another_program_listens_on_stays(place: Path) -> None:
    with own_unix_socket(place):
        assert refusal(place) == ("SERVE_010", "another program listens there")
        with pytest.raises(KuuleError):
            own_unix_socket(place)
        assert place.is_socket()


def test_file_and_link_in_its_place_stay(place: Path) -> None:
    place.write_text("words", "utf-8")
    assert refusal(place) == ("SERVE_026", "something that is no socket is there")
    assert place.read_text("utf-8") == "words"
    link = place.with_name("link")
    link.symlink_to(place)
    assert refusal(link)[0] == "SERVE_026"


def test_folder_that_is_not_there_or_everybodys_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none" / "s") == (
        "SERVE_026", "its folder cannot be used (no such file or directory)",
    )  # fmt: skip
    tmp_path.chmod(0o777)
    assert "everybody on this machine may write to its folder" in refusal(tmp_path / "s")[1]


def test_path_that_the_system_cannot_take_is_refused(tmp_path: Path) -> None:
    longest = tmp_path / ("s" * (MAX_PATH_BYTES + 1 - len(os.fsencode(tmp_path))))
    assert refusal(longest) == ("SERVE_026", f"the path of a socket has {MAX_PATH_BYTES} bytes at most")


def taken_over(held: socket.socket, path: Path) -> str:
    command = [sys.executable, "-c", TAKING, str(held.fileno()), str(path)]
    done = subprocess.run(command, pass_fds=[held.fileno()], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_socket_of_a_socket_unit_is_taken_over_and_no_other(place: Path) -> None:
    with own_unix_socket(place) as held:
        assert taken_over(held, place) == "1 []"
        assert taken_over(held, Path("other.sock")) == (
            "SERVE_020 it holds collector.sock, and the command says other.sock"
        )
    with socket.create_server(("127.0.0.1", 0)) as port:
        assert taken_over(port, place).startswith("SERVE_020 it holds 127.0.0.1:")
