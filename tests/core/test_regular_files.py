"""What stands under the name of a file in a study's folder, and is none: said before anything of it is read."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from kuule.core.problems import Problem, StudyError
from kuule.core.regular_files import MAX_TEXT_BYTES, is_named_as_file, read_regular_file, read_regular_text
from tests.special_files import SPECIAL_FILES


def refused(path: Path) -> Problem:
    with pytest.raises(StudyError) as raised:
        read_regular_file(path)
    [problem] = raised.value.problems
    return problem


def test_file_and_link_to_one_are_read(tmp_path: Path) -> None:
    content = bytes(range(256)) * 9000  # in several pieces
    (tmp_path / "shared.csv").write_bytes(content)
    (tmp_path / "support.csv").symlink_to("shared.csv")
    assert read_regular_file(tmp_path / "shared.csv") == read_regular_file(tmp_path / "support.csv") == content


def test_text_has_no_line_break_of_windows(tmp_path: Path) -> None:
    (tmp_path / "report.md").write_bytes("\ufeffOne\r\ntwo\n".encode())
    assert read_regular_text(tmp_path / "report.md", "utf-8-sig") == "One\ntwo\n"
    assert read_regular_text(tmp_path / "report.md") == "\ufeffOne\ntwo\n"


def test_all_but_a_folder_and_nothing_is_named_as_a_file(tmp_path: Path) -> None:
    """Two of these at the workbench would be two questionnaires, where one is a folder."""
    (tmp_path / "form.md").touch()
    (tmp_path / "form.xlsx").mkdir()
    (tmp_path / "link").symlink_to("nowhere")
    names = ("form.md", "form.xlsx", "link", "none")
    assert [is_named_as_file(tmp_path / name) for name in names] == [True, False, True, False]


@pytest.mark.parametrize("kind", SPECIAL_FILES)
def test_what_is_no_file_is_named(tmp_path: Path, kind: str) -> None:
    make, said = SPECIAL_FILES[kind]
    make(tmp_path / "support.csv")
    problem = refused(tmp_path / "support.csv")
    assert (problem.code, problem.place, problem.file) == ("STUDY_013", "support.csv", "support.csv")
    assert said in problem.cause


def test_socket_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket is short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("report.md")
        assert "a socket" in refused(tmp_path / "report.md").cause


def test_largest_file_is_read_to_its_last_byte(tmp_path: Path) -> None:
    path = tmp_path / "form.md"
    path.write_bytes(b"x" * 100)
    assert len(read_regular_file(path, most=100)) == 100
    with pytest.raises(StudyError, match="it has 100 bytes, and 99 are the most"):
        read_regular_file(path, most=99)


def test_file_that_says_less_than_it_has_is_read_no_further_than_the_most() -> None:
    """Files of /proc say that they are empty."""
    path = Path("/proc/self/status")
    assert read_regular_file(path).startswith(b"Name:")
    with pytest.raises(StudyError, match="more than 10 bytes"):
        read_regular_file(path, most=10)


@pytest.mark.parametrize(("make", "error"), [(Path.mkdir, IsADirectoryError), (lambda path: None, FileNotFoundError)])
def test_folder_and_nothing_are_what_they_were(
    tmp_path: Path, make: Callable[[Path], None], error: type[OSError]
) -> None:
    make(tmp_path / "report.md")
    with pytest.raises(error):
        read_regular_file(tmp_path / "report.md")


def test_pipe_that_takes_the_name_at_the_last_moment_does_not_hold_the_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, real = tmp_path / "support.csv", os.open
    path.write_bytes(b"")

    def swapped(name: str, flags: int) -> int:
        path.unlink()
        os.mkfifo(path)
        return real(name, flags)

    monkeypatch.setattr(os, "open", swapped)
    assert "a named pipe" in refused(path).cause


def test_limit_leaves_room_for_every_file_that_ships() -> None:
    root = Path(__file__).resolve().parents[2]
    sizes = [path.stat().st_size for folder in ("studies", "registers") for path in (root / folder).rglob("*.*")]
    assert max(sizes) * 20 < MAX_TEXT_BYTES
