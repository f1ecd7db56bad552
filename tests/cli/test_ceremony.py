"""The key ceremony as a person goes through it: the real command line at a terminal, its files as paper."""

from __future__ import annotations

import re
import shlex
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import typer.main

from kuule.cli.app import run
from kuule.cli.command_list import program
from kuule.cli.console import Exit
from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.opening.protected_key import DEFAULT_ARGON2, ProtectedKey
from kuule.opening.slip39_words import WORDLIST
from kuule.usecases.input_files import read_public_key
from tests.architecture.sources import ROOT
from tests.cli.at_terminal import AtTerminal, at_terminal
from tests.cli.conftest import STUDY, answer_edition
from tests.frozen import in_few_languages

NEW = ["keys", "new", str(STUDY), "--to", "keys"]
PRACTICE = [*NEW, "--rehearsal"]
STEM = "our-voice.rehearsal"


def paper(folder: Path, sheet: str, stem: str = STEM) -> list[str]:
    """The words of a sheet, as they would stand on paper after printing."""
    page = folder / "keys" / f"{stem}.unfinished" / f"{stem}.sheets" / f"{sheet}.html"
    return re.findall(r"<li>([a-z]+)</li>", page.read_text(encoding="utf-8"))


def prints(person: AtTerminal, folder: Path, *sheets: str, stem: str = STEM) -> list[list[str]]:
    """Wait until the sheets are there, take them down, and press Enter."""
    person.sees("press Enter when they are on paper:")
    words = [paper(folder, sheet, stem) for sheet in sheets]
    person.types("")
    return words


def left(folder: Path) -> list[str]:
    keys = folder / "keys"
    return sorted(path.relative_to(keys).as_posix() for path in keys.rglob("*")) if keys.exists() else []


THREE = ["sheet-1-of-3", "sheet-2-of-3", "sheet-3-of-3"]


def test_ceremony_from_the_first_line_to_an_opening_by_two_sheets(tmp_path: Path, capsys) -> None:
    """Every slip that a person makes here is told by its place, and none of it ends the ceremony."""
    with at_terminal([*PRACTICE, "--shares", "2of3"], tmp_path, kind=subprocess.Popen) as person:
        one, two, three = prints(person, tmp_path, *THREE)
        check_nothing_is_dumped(person)
        person.sees("the first sheet: type its 33 words")
        person.sees("word 1:")
        person.types(" ".join([*one[:5], one[5][:3] + "zz", *one[6:]]))
        person.sees("word 6 is not in the list")
        person.sees("word 6:")
        person.types(" ".join(word[:4].upper() for word in one[5:20]))
        person.sees("word 21:")
        person.types("\t".join(one[20:]))
        person.sees("sheet 1 is whole; 1 more")
        person.sees("word 1:")
        person.types(" ".join(one))
        person.sees("this is sheet 1 once more")
        person.sees("word 1:")
        wrong = "acid" if three[10] != "acid" else "acne"
        numbered = [f"{place}. {word}" for place, word in enumerate([*three[:10], wrong, *three[11:]], start=1)]
        person.types(" ".join(numbered))
        person.sees("look at word 11")
        person.sees("word 11 again:")
        person.types(three[10])
        person.sees("sheet 3 is whole")
        person.sees("opened an envelope that was sealed to it")
        person.sees("type delete to overwrite and delete them")
        person.types("delete")
        assert person.ends() == Exit.DONE
    public = read_public_key(tmp_path / "keys" / f"{STEM}.public-key")
    assert public.fingerprint in person.seen
    assert public.fingerprint_words in person.seen
    assert left(tmp_path) == [f"{STEM}.public-key"]

    edition = tmp_path / "edition"
    key = str(tmp_path / "keys" / f"{STEM}.public-key")
    study = str(in_few_languages(tmp_path / "study"))
    assert run(["freeze", study, "--key", key, "--to", str(edition), "--drafts"]) == Exit.DONE
    archive = answer_edition(edition, tmp_path, 3)
    capsys.readouterr()
    with at_terminal(["open", str(archive), "--to", "dataset"], tmp_path) as person:
        person.sees(f"the answers are sealed to the key {public.key_id.hex()}, fingerprint {public.fingerprint}")
        for words in (two, three):
            person.sees("word 1:")
            person.types(" ".join(words))
        person.sees("3 answers opened, 0 could not be opened")
        assert person.ends() == Exit.DONE
    assert read_dataset(tmp_path / "dataset").info.rehearsal is True


def test_real_key_asks_about_the_network_and_is_not_marked(tmp_path: Path) -> None:
    with at_terminal([*NEW, "--shares", "2of2"], tmp_path) as person:
        if "network" in person.sees("nter"):
            person.sees("to stop:")
            person.types("yes")
        one, two = prints(person, tmp_path, "sheet-1-of-2", "sheet-2-of-2", stem="our-voice")
        for words in (one, two):
            person.sees("word 1:")
            person.types(" ".join(words))
        person.sees("type delete")
        person.types("")
        person.sees("shred -u keys/our-voice.sheets/*")
        assert person.ends() == Exit.DONE
    assert read_public_key(tmp_path / "keys" / "our-voice.public-key").rehearsal is False
    sheets = tmp_path / "keys" / "our-voice.sheets"
    assert stat.S_IMODE(sheets.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in sheets.iterdir()} == {0o600}
    assert sorted(path.name for path in sheets.iterdir()) == [
        "sheet-1-of-2.html", "sheet-1-of-2.pdf", "sheet-2-of-2.html", "sheet-2-of-2.pdf",
    ]  # fmt: skip
    assert "Practice only" not in (sheets / "sheet-1-of-2.html").read_text(encoding="utf-8")


def test_passphrase_is_typed_back_and_opens_afterwards(tmp_path: Path) -> None:
    with at_terminal([*PRACTICE, "--passphrase"], tmp_path) as person:
        [words] = prints(person, tmp_path, "sheet-passphrase")
        assert len(words) == 8
        person.sees("(they do not show):")
        person.types(" ".join([*words[:2], "zzzz", *words[3:]]))
        person.sees("word 3 is not in the list")
        person.sees("(they do not show):")
        person.types(" ".join(words[:7]))
        person.sees("these are 7 words")
        person.sees("(they do not show):")
        person.types(" ".join(reversed(words)))
        person.sees("the passphrase does not open the key")
        person.sees("(they do not show):")
        person.types(" ".join(word[:4] for word in words))
        person.sees("type delete")
        person.types("delete")
        assert person.ends() == Exit.DONE
    assert left(tmp_path) == [f"{STEM}.public-key", f"{STEM}.secret-key"]
    secret = tmp_path / "keys" / f"{STEM}.secret-key"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert [pair for pair in pairwise(words) if " ".join(pair) in person.seen] == [], "a passphrase never shows"
    assert run(["keys", "show", str(secret)]) == Exit.DONE


def test_each_guess_at_a_passphrase_costs_what_the_reference_says(tmp_path: Path) -> None:
    """In a process that Python started: in those that are forked it costs next to nothing."""
    with at_terminal([*PRACTICE, "--passphrase"], tmp_path, kind=subprocess.Popen) as person:
        person.sees("press Enter when they are on paper:")
        written = (tmp_path / "keys" / f"{STEM}.unfinished" / f"{STEM}.secret-key").read_text("utf-8")
        assert ProtectedKey.from_text(written).cost == DEFAULT_ARGON2


def check_nothing_is_dumped(person: AtTerminal) -> None:
    if sys.platform == "linux":
        limits = Path(f"/proc/{person.process}/limits").read_text()
        assert re.search(r"Max core file size\s+0\s+0\s", limits), "no core dump while a secret is in memory"


def stops_at_the_recovery(folder: Path) -> Iterator[AtTerminal]:
    """A person who is in the middle of typing the first sheet."""
    with at_terminal([*PRACTICE, "--shares", "2of3"], folder) as person:
        [one] = prints(person, folder, "sheet-1-of-3")
        person.sees("word 1:")
        person.types(" ".join(one[:20]))
        person.sees("word 21:")
        assert f"{STEM}.public-key" not in left(folder)
        check_nothing_is_dumped(person)
        yield person


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_ceremony_that_is_broken_off_leaves_nothing(tmp_path: Path, number: signal.Signals) -> None:
    for person in stops_at_the_recovery(tmp_path):
        person.presses(number)
        person.sees("no key was made: what was printed or copied opens nothing, so destroy it")
        assert person.ends() == Exit.STOPPED
    assert left(tmp_path) == []


def test_ceremony_whose_terminal_ends_leaves_nothing(tmp_path: Path) -> None:
    for person in stops_at_the_recovery(tmp_path):
        person.types("\x04")  # the end of the input
        person.types("\x04")
        person.sees("CLI_006")
        assert person.ends() == Exit.PROBLEM
    assert left(tmp_path) == []


def test_ceremony_that_is_killed_leaves_nothing_that_looks_finished(tmp_path: Path, capsys) -> None:
    for person in stops_at_the_recovery(tmp_path):
        person.presses(signal.SIGKILL)
        assert person.ends() == -signal.SIGKILL
    assert {name.split("/")[0] for name in left(tmp_path)} == {f"{STEM}.unfinished"}
    again = [*PRACTICE[:3], "--to", str(tmp_path / "keys"), "--rehearsal", "--shares", "2of3"]
    assert run(again) == Exit.PROBLEM
    assert "CLI_008" in capsys.readouterr().err


def test_sheet_of_another_ceremony_is_told(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    for person in stops_at_the_recovery(tmp_path / "other"):
        foreign = paper(tmp_path / "other", "sheet-2-of-3")
        person.presses(signal.SIGINT)
        person.ends()
    with at_terminal([*PRACTICE, "--shares", "2of3"], tmp_path) as person:
        [one] = prints(person, tmp_path, "sheet-1-of-3")
        for words in (one, foreign):
            person.sees("word 1:")
            person.types(" ".join(words))
        person.sees("sheet 2 is of another key than sheet 1")
        person.sees("another sheet (not 1 again)")


def breaks_off(folder: Path) -> set[str]:
    """A ceremony through pipes that ends in the middle of a sheet; which words of the list were said."""
    folder.mkdir()
    program = [sys.executable, "-m", "kuule.cli", *PRACTICE, "--shares", "2of3"]
    with subprocess.Popen(
        program, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        seen = ""
        while "on paper:" not in seen:
            seen += process.stderr.read(1)
        one = paper(folder, "sheet-1-of-3")
        if sys.platform == "linux":
            seen += Path(f"/proc/{process.pid}/cmdline").read_text()
        out, err = process.communicate("\n" + " ".join([*one[:30], "zzzz"]) + "\n")
    assert process.returncode == Exit.PROBLEM
    assert "word 31 is not in the list" in err
    return set(re.findall("[a-z]+", seen + out + err)) & set(WORDLIST)


def test_no_word_of_a_sheet_is_said(tmp_path: Path) -> None:
    """Neither in stdout, nor in what is told, nor in the arguments: two ceremonies with other words say the same."""
    first, second = breaks_off(tmp_path / "a"), breaks_off(tmp_path / "b")
    assert first == second
    assert first != set(), "some words of the list are in what is always said"
    assert left(tmp_path / "a") == left(tmp_path / "b") == []


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--shares", "1of3"], "KEY_030"),
        (["--shares", "2of3", "--passphrase"], "KEY_030"),
        (["--shares", "3"], "KEY_030"),
    ],
)
def test_what_cannot_be_made_is_said_before_anything_is(tmp_path: Path, capsys, options: list[str], code: str) -> None:
    assert run(["keys", "new", str(STUDY), "--to", str(tmp_path / "keys"), *options]) == Exit.PROBLEM
    assert code in capsys.readouterr().err
    assert left(tmp_path) == []


@pytest.mark.parametrize("there", ["our-voice.public-key", "our-voice.secret-key", "our-voice.sheets"])
def test_key_that_is_there_is_never_overwritten(tmp_path: Path, capsys, there: str) -> None:
    (tmp_path / there).write_text("the only copy")
    assert run(["keys", "new", str(STUDY), "--to", str(tmp_path), "--shares", "2of3"]) == Exit.PROBLEM
    assert "CLI_001" in capsys.readouterr().err
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {there: "the only copy"}


def test_stopped_at_the_network_makes_nothing(tmp_path: Path) -> None:
    with at_terminal([*NEW, "--shares", "2of3"], tmp_path) as person:
        if "network" not in person.sees("nter"):
            pytest.skip("this machine has no network")
        person.sees("to stop:")
        person.types("")
        person.sees("CLI_007")
        assert person.ends() == Exit.PROBLEM
    assert left(tmp_path) == []


def how_to_commands() -> list[list[str]]:
    text = (ROOT / "docs" / "how-to" / "key-ceremony.md").read_text(encoding="utf-8")
    lines = [line for block in text.split("```")[1::2] for line in block.splitlines()]
    return [shlex.split(line)[1:] for line in lines if line.startswith("kuule ")]


@pytest.mark.parametrize("arguments", how_to_commands(), ids=" ".join)
def test_how_to_names_commands_as_they_are(arguments: list[str]) -> None:
    command: Any = typer.main.get_command(program())
    rest = arguments
    while hasattr(command, "commands"):
        command, rest = command.commands[rest[0]], rest[1:]
    command.make_context("kuule", list(rest))


def test_how_to_has_the_ceremony_the_freeze_and_the_opening() -> None:
    assert {" ".join(arguments[:2]) for arguments in how_to_commands()} >= {
        "keys new", "keys show", "freeze studies/our-voice", "open answers.kuule-archive", "keys destroyed",
    }  # fmt: skip
