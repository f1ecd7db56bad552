"""`kuule completion`: what a press of Tab offers, in bash itself, and in zsh and fish where they are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from kuule.cli.app import run
from kuule.cli.command_list import COMMANDS, GROUPS
from kuule.cli.console import Exit

ASK_BASH = 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _kuule; printf "%s\\n" "${COMPREPLY[@]}"'
ASK_FISH = 'source $argv[1]; complete -C "$argv[2..-1]"'
ASK_ZSH = """
compdef() { : }
_files() { : }
_describe() { print -rl -- "${${(P)2}[@]}" }
source $1; shift
words=("$@"); CURRENT=$#; PREFIX=$words[-1]; _kuule
"""
OFFERED = [
    (["keys", ""], {"new", "show", "list", "destroyed"}),
    (["answers", "quotes", "p"], {"propose"}),
    (["keys", "new", "--sh"], {"--shares"}),
    (["check", ""], set()),
    (["freeze", "my-study", "--dra"], {"--drafts"}),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scripts")


def script(shell: str, folder: Path, capsys: Any) -> Path:
    file = folder / shell
    assert run(["completion", shell]) == Exit.DONE
    file.write_text(capsys.readouterr().out, "utf-8")
    return file


def ask(command: list[str], words: list[str], **known: str) -> set[str]:
    ran = subprocess.run(
        [*command, "kuule", *words], capture_output=True, text=True, check=True, env={**os.environ, **known}
    )
    assert ran.stderr == ""
    return {line.partition("\t")[0].partition(":")[0] for line in ran.stdout.splitlines() if line}


def test_bash_is_offered_commands_options_and_then_files(folder: Path, capsys: Any) -> None:
    command = ["bash", "--norc", "-c", ASK_BASH, "-", str(script("bash", folder, capsys))]
    assert [ask(command, words) for words, _ in OFFERED] == [found for _, found in OFFERED]
    assert ask(command, [""]) == {*COMMANDS, *GROUPS}


def test_no_python_is_started_by_a_press_of_tab(folder: Path, capsys: Any) -> None:
    command = ["bash", "--norc", "-c", ASK_BASH, "-", str(script("bash", folder, capsys))]
    bash = shutil.which("bash")
    assert ask([str(bash), *command[1:]], ["che"], PATH="") == {"check"}


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_are_offered_the_same(shell: str, folder: Path, capsys: Any) -> None:
    file = script(shell, folder, capsys)
    if shutil.which(shell) is None:
        assert [line for line in file.read_text("utf-8").splitlines() if line.count("'") % 2] == []
        return
    asking = {"zsh": ["zsh", "-f", "-c", ASK_ZSH, "-"], "fish": ["fish", "--no-config", "-c", ASK_FISH]}[shell]
    assert {"new", "show", "list", "destroyed"} == ask([*asking, str(file)], ["keys", ""])
    assert "--shares" in ask([*asking, str(file)], ["keys", "new", "--sh"])


def test_shell_that_is_none_of_them(capsys: Any) -> None:
    assert run(["completion", "tcsh"]) == Exit.USAGE
    assert "bash, zsh, fish" in capsys.readouterr().err
