"""What is printed to be typed is the program as the person called it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kuule.cli.called_program import TYPED_COMMAND, called_program
from kuule.cli.command_list import COMMANDS, GROUPS


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    """A folder with the programs that an environment has."""
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name in ("kuule", "python"):
        (programs / name).write_text("")
    return programs


def test_program_of_the_path_is_its_name(environment: Path) -> None:
    program, python = str(environment / "kuule"), str(environment / "python")
    assert called_program([python, program, "check", "x"], python, program) == "kuule"
    assert called_program(["python", "-m", "kuule", "check"], python, program) == "kuule"


def test_link_to_the_program_on_the_path_is_the_program(environment: Path, tmp_path: Path) -> None:
    link = tmp_path / "kuule"
    link.symlink_to(environment / "kuule")
    assert called_program(["python", str(environment / "kuule")], str(environment / "python"), str(link)) == "kuule"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ([".venv/bin/python", ".venv/bin/kuule", "check"], ".venv/bin/kuule"),
        (["/x/python", "../my study/kuule", "new"], "'../my study/kuule'"),
        (["python3", "-m", "kuule", "new"], "python3 -m kuule"),
        ([".venv/bin/python", "-m", "kuule"], ".venv/bin/python -m kuule"),
        (["python", "-m", "pytest", "tests"], "kuule"),
        (["python", "/usr/bin/pytest"], "kuule"),
    ],
)
@pytest.mark.parametrize("on_path", [None, "/usr/bin/kuule"])
def test_program_elsewhere_is_as_it_was_typed(typed: list[str], said: str, on_path: str | None) -> None:
    assert called_program(typed, "/x/python", on_path) == said


def test_commands_are_found_in_what_is_said_and_other_words_are_not() -> None:
    for command in (*COMMANDS, *GROUPS):
        assert (
            TYPED_COMMAND.sub("K", f"run (kuule {command} x), or `kuule {command}`")
            == f"run (K {command} x), or `K {command}`"
        )
    for words in ("the file that begins with 'kuule public key'", "/opt/kuule check", "my-kuule check", "from kuule."):
        assert TYPED_COMMAND.sub("K", words) == words
    assert TYPED_COMMAND.sub("K", "see kuule --help") == "see K --help"


@pytest.mark.slow
def test_next_steps_can_be_typed_as_they_are_printed_and_no_file_names_the_path(tmp_path: Path) -> None:
    program = tmp_path / "bin of anna" / "kuule"
    program.parent.mkdir()
    program.write_text(f"#!{sys.executable}\nfrom kuule.cli.app import main\nmain()\n")
    program.chmod(0o755)
    done = subprocess.run([program, "new", "ours", "--yes"], cwd=tmp_path, capture_output=True, text=True, check=True)
    [look] = [line.strip() for line in done.stderr.splitlines() if " demo " not in line and "preview" in line]
    assert look == f"'{program}' preview ours"
    readme = (tmp_path / "ours" / "README.md").read_text("utf-8")
    assert "    kuule check ours\n" in readme
    assert not [path for path in (tmp_path / "ours").rglob("*") if path.is_file() and b"anna" in path.read_bytes()]
    shutil.rmtree(tmp_path / "ours")
