"""`kuule project` and `kuule answers`: a team of three works in one sealed file, from the first command to the last."""

from __future__ import annotations

import io
import os
import shutil
import stat
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from kuule.cli.app import run
from kuule.cli.console import Exit
from kuule.dataset.lifecycle.row_removal import forget_rows
from kuule.qualitative.project.dataset_intake import take_dataset
from kuule.qualitative.project.passphrase_slot import PROJECT_ARGON2, PassphraseSlot
from kuule.qualitative.project.project_files import new_project
from kuule.qualitative.project.project_storage import open_storage
from kuule.usecases.open_answers import project_keeping
from tests.cli.at_terminal import at_terminal
from tests.dataset.small import record
from tests.factories import lenient, make_dataset
from tests.qualitative.project.test_project_files import bytes_in, planted
from tests.qualitative.small_project import CHEAP, DAY, PASSPHRASE

pytestmark = pytest.mark.slow
MARKER = "Zebulon"
WISHES = {
    10: f"My uncle {MARKER} should have been stopped.",
    20: "Somebody to listen to me at school.",
    30: "\x1b[2Jأن يسمعني أحد",
}
Kuule = Callable[..., str]


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    people = {row_id: record({"told": "yes", "wish": wish}) for row_id, wish in WISHES.items()}
    make_dataset(people, [lenient()], tmp_path / "ds")
    return tmp_path / "ds"


@pytest.fixture
def path(tmp_path: Path, dataset: Path) -> Path:
    path = tmp_path / "work" / "voices"
    path.parent.mkdir()
    with new_project(path, PASSPHRASE, cost=CHEAP) as project:
        take_dataset(project, dataset, role="lead", day=DAY)
    return path


def with_lines(arguments: list[str], *lines: str) -> int:
    """A command whose passphrases come from a descriptor."""
    reading, writing = os.pipe()
    os.write(writing, "".join(f"{line}\n" for line in lines).encode())
    os.close(writing)
    try:
        return run([*arguments, "--passphrase-fd", str(reading)])
    finally:
        os.close(reading)


@pytest.fixture
def kuule(capsys: pytest.CaptureFixture[str]) -> Kuule:
    """Runs a command that has to succeed, and gives what it prints; or the problem that it has to tell."""

    def command(*arguments: object, told: str = "", passphrases: tuple[str, ...] = (PASSPHRASE.text,)) -> str:
        code = with_lines([str(one) for one in arguments], *passphrases)
        captured = capsys.readouterr()
        assert code == (Exit.PROBLEM if told else Exit.DONE), captured.err
        assert told in captured.err
        return captured.err if told else captured.out

    return command


def text_ids(kuule: Kuule, path: Path, *options: str) -> list[str]:
    return [line.split("\t")[0] for line in kuule("answers", "list", path, *options).splitlines()]


def status(kuule: Kuule, path: Path) -> dict[str, str]:
    return dict(line.split("\t") for line in kuule("project", "status", path).splitlines())


def test_a_text_is_redacted_by_two(kuule: Kuule, path: Path) -> None:
    (uncle,) = text_ids(kuule, path, "--search", "zebulon")
    kuule("answers", "redact", path, uncle, "--as", "reader-1", "--mark", "9-16:relative", "--done")
    assert status(kuule, path)["redaction read-once"] == "1"
    act = kuule("answers", "redact", path, uncle[:8], "--as", "reader-2", "--mark", "9-16:relative", "--done").strip()
    assert status(kuule, path)["redaction redacted"] == "1"
    words = kuule("answers", "show", path, uncle, "--redacted")
    assert words == "My uncle [a relative's name] should have been stopped.\n"
    assert MARKER in kuule("answers", "show", path, uncle)
    kuule("project", "undo", path, act, "--as", "reader-1", told="PROJECT_022")
    kuule("project", "undo", path, act, "--as", "reader-2")
    assert status(kuule, path)["redaction read-once"] == "1"
    history = kuule("project", "history", path, "--text", uncle).splitlines()
    assert [line.split("\t")[3] for line in history] == ["redaction", "redaction", "undoing"]
    assert ["taken back" in line for line in history] == [False, True, False]


def test_two_code_blind_and_a_third_decides(kuule: Kuule, path: Path) -> None:
    (text,) = text_ids(kuule, path, "--search", "listen school")
    help_code = kuule("answers", "define", path, "Help", "--as", "lead", "--definition", "somebody helped").strip()
    kuule("answers", "define", path, "School", "--as", "lead", "--under", "Help")
    kuule("answers", "define", path, "Silence", "--as", "lead", "--example", "I never said a word about it.")
    kuule("answers", "code", path, text, "--as", "coder-1", "--code", "Help/School:28-34", "--done")
    kuule("answers", "code", path, text, "--as", "coder-2", "--code", "Silence", "--done")
    seen = kuule("answers", "codings", path, text, "--as", "coder-1").splitlines()
    assert seen == ["coder-1\tHelp/School\t28-34\t", f"coder-2\tSilence\t0-{len(WISHES[20])}\t"]
    assert kuule("project", "disagreements", path).splitlines() == [f"coding\t{text}\t"]
    kuule("answers", "code", path, text, "--as", "coder-1", "--done", told="PROJECT_034")
    kuule("answers", "decide", path, text, "--as", "lead", "--code", "School", "--reason", "a place is named")
    assert kuule("project", "disagreements", path) == ""
    assert kuule("answers", "codebook", path).splitlines() == [
        "code\tdefinition\tanswers\twith those below",
        "Help\tsomebody helped\t0\t1",
        "  School\t\t1\t1",
        "Silence\t\t0\t0",
    ]
    figures = [line.split("\t")[:5] for line in kuule("project", "agreement", path).splitlines()]
    assert figures[1:] == [["Help", "1", "0", "1.000", "-"], *([name, "1", "1", "0.000", "0.000"] for name in
        ("Help/School", "Silence"))]  # fmt: skip
    kuule("answers", "define", path, "Silence", "--as", "lead", "--into", help_code)
    assert "Silence (retired)" in kuule("answers", "codebook", path)


def test_codes_are_counted_beside_the_dataset_once_all_is_decided(kuule: Kuule, path: Path, dataset: Path) -> None:
    code = kuule("answers", "define", path, "Help", "--as", "lead", "--name-in", "fi=Apu").strip()
    kuule("answers", "define", path, "Help", "--as", "lead", "--name-in", "Apu", told="PROJECT_038")
    count = ("answers", "count", path, dataset, "--question", "wish")
    kuule(*count, told="of its 3 texts two people do not agree on the codes of all: 3 uncoded")
    for text in text_ids(kuule, path):
        for coder in ("coder-1", "coder-2"):
            kuule("answers", "code", path, text, "--as", coder, "--code", "Help", "--done")
    assert kuule(*count).splitlines() == [f"wish:codes\t{code[:8]}\tHelp"]
    assert not any(one in (dataset.parent / "ds.codes.json").read_bytes() for one in planted(MARKER))
    assert stat.S_IMODE((dataset.parent / "ds.codes.json").stat().st_mode) == 0o600


def test_lists_say_who_may_be_quoted(kuule: Kuule, path: Path) -> None:
    assert {line.split("\t")[5] for line in kuule("answers", "list", path).splitlines()} == {"leave not-asked"}
    assert kuule("answers", "list", path, "--leave", "given") == ""
    assert status(kuule, path)["leave to quote not-asked"] == "3"


def test_codes_on_the_redacted_text_are_kept_on_the_original(kuule: Kuule, path: Path) -> None:
    (uncle,) = text_ids(kuule, path, "--search", "uncle")
    kuule("answers", "define", path, "Help", "--as", "lead")
    kuule("answers", "redact", path, uncle, "--as", "reader-1", "--mark", "9-16:relative", "--done")
    shown = kuule("answers", "show", path, uncle, "--redacted")
    span = f"{shown.index('stopped')}-{shown.index('stopped') + 7}"
    kuule("answers", "code", path, uncle, "--as", "coder-1", "--code", f"Help:{span}", "--redacted", "--done")
    start = WISHES[10].index("stopped")
    assert f"\t{start}-{start + 7}\t" in kuule("answers", "codings", path, uncle, "--as", "coder-1")
    beyond = ("--code", "Help:60-99", "--redacted")
    kuule("answers", "code", path, uncle, "--as", "coder-2", *beyond, told="PROJECT_026")


def test_two_copies_are_merged(kuule: Kuule, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change = project_keeping.change_project_passphrase
    monkeypatch.setattr(project_keeping, "change_project_passphrase", partial(change, cost=CHEAP))
    copy = path.with_name("copy")
    shutil.copyfile(path, copy)
    first, second, _ = text_ids(kuule, path)
    kuule("answers", "define", path, "Help", "--as", "lead", "--definition", "one way")
    kuule("answers", "redact", path, first, "--as", "reader-1", "--done")
    kuule("answers", "redact", copy, second, "--as", "reader-2", "--done")
    kuule("project", "merge", path, copy)
    kuule("project", "merge", path, copy)
    assert status(kuule, path)["redaction read-once"] == "2"
    kuule("project", "merge", path, path, told="PROJECT_015")
    kuule("project", "passphrase", copy, passphrases=(PASSPHRASE.text, "an entirely different sentence"))
    kuule("project", "merge", path, copy, told="PROJECT_005")
    kuule("project", "merge", path, copy, passphrases=(PASSPHRASE.text, "an entirely different sentence"))


def test_what_was_withdrawn_is_gone_from_every_file(kuule: Kuule, path: Path, dataset: Path) -> None:
    (uncle,) = text_ids(kuule, path, "--search", MARKER)
    kuule("answers", "redact", path, uncle, "--as", "reader-1", "--done")
    assert forget_rows(dataset, {10}) == 1
    kuule("project", "status", path, "--dataset", dataset, told="PROJECT_013")
    kuule("project", "take", path, dataset, "--as", "lead")
    kuule("project", "status", path, "--dataset", dataset)
    now = status(kuule, path)
    assert (now["texts"], now["withdrawn"], now["acts"]) == ("2", "1", "2")
    kuule("answers", "show", path, uncle, told="PROJECT_025")


def test_notes_and_translations_are_searched(kuule: Kuule, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (arabic,) = text_ids(kuule, path, "--search", "يسمعني")
    typed(monkeypatch, f"that {MARKER} hears me")
    kuule("answers", "translate", path, arabic, "--as", "reader-1", "--into", "fi", "--machine")
    (uncle,) = text_ids(kuule, path, "--search", "uncle")
    assert set(text_ids(kuule, path, "--search", MARKER)) == {arabic, uncle}
    typed(monkeypatch, "again")
    kuule("answers", "translate", path, arabic, "--as", "reader-1", "--into", "en", told="PROJECT_037")
    typed(monkeypatch, f"who is {MARKER}?")
    kuule("answers", "memo", path, "--as", "reader-1", "--text", arabic)
    assert f"who is {MARKER}?" in kuule("answers", "codings", path, arabic, "--as", "lead")
    assert kuule("answers", "show", path, arabic) == "\ufffd[2Jأن يسمعني أحد\n", "a terminal obeys nothing of it"
    assert [word for word in planted(MARKER) if word in bytes_in(path.parent)] == []


def typed(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{line}\n"))


def test_what_cannot_be_read_is_told(kuule: Kuule, path: Path) -> None:
    text = text_ids(kuule, path)[0]
    for mark in ("9-16", "9-16:nobody", "16-9:person", "x:person"):
        kuule("answers", "redact", path, text, "--as", "reader-1", "--mark", mark, told="PROJECT_038")
    kuule("answers", "define", path, "Help", "--as", "lead")
    said = kuule("answers", "code", path, text, "--as", "coder-1", "--code", "Helf", told="PROJECT_033")
    assert "did you mean 'Help'?" in said
    kuule("answers", "redact", path, text, "--as", "Anna Maria", told="PROJECT_020")
    kuule("project", "status", path, told="PROJECT_005", passphrases=("something else",))
    kuule("project", "passphrase", path, told="PROJECT_017", passphrases=(PASSPHRASE.text, "short"))
    assert with_lines(["answers", "list", str(path), "--coding", "never"], PASSPHRASE.text) == Exit.USAGE


def test_codes_of_one_name_are_told_apart_by_those_above(kuule: Kuule, path: Path) -> None:
    text = text_ids(kuule, path)[0]
    for name, under in (("Home", None), ("School", None), ("Fear", "Home")):
        kuule("answers", "define", path, name, "--as", "lead", *(("--under", under) if under else ()))
    kuule("answers", "define", path, "Home/Fear", "--as", "lead", "--definition", "at home")
    kuule("answers", "define", path, "School/Fear", "--as", "lead", "--definition", "at school")
    kuule("answers", "code", path, text, "--as", "coder-1", "--code", "Fear", told="Home/Fear, School/Fear")
    kuule("answers", "code", path, text, "--as", "coder-1", "--code", "school/fear")
    rows = [line.split("\t")[:2] for line in kuule("answers", "codebook", path).splitlines()[1:]]
    assert rows == [["Home", ""], ["  Fear", "at home"], ["School", ""], ["  Fear", "at school"]]


def test_a_new_project_is_made_at_a_terminal_with_a_passphrase_of_kuules_own(tmp_path: Path, dataset: Path) -> None:
    with at_terminal(["project", "new", str(dataset), "--to", "voices", "--as", "lead"], tmp_path) as person:
        person.sees("empty: Kuule makes one")
        person.types("")
        person.sees("the passphrase: ")
        words = person.sees("write it on paper").splitlines()[0].strip()
        person.sees("the same once more")
        person.types(words)
        person.sees("3 texts")
        assert person.ends() == Exit.DONE
    assert len(words.split()) == 8
    with closing(open_storage(tmp_path / "voices")) as storage:
        assert PassphraseSlot.from_bytes(storage.header.slot).cost == PROJECT_ARGON2
    assert stat.S_IMODE((tmp_path / "voices").stat().st_mode) == 0o600
    assert with_lines(["project", "status", str(tmp_path / "voices")], words) == Exit.DONE


def test_a_passphrase_typed_otherwise_makes_nothing(tmp_path: Path, dataset: Path) -> None:
    with at_terminal(["project", "new", str(dataset), "--to", "voices", "--as", "lead"], tmp_path) as person:
        person.sees("empty: Kuule makes one")
        person.types("one long sentence of many words")
        person.sees("the same once more")
        person.types("another sentence of many words")
        person.sees("PROJECT_018")
        assert person.ends() == Exit.PROBLEM
    assert not (tmp_path / "voices").exists()


def test_nobody_to_ask_is_told(path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with Path(os.devnull).open() as nothing:
        monkeypatch.setattr("sys.stdin", nothing)
        assert run(["project", "status", str(path)]) == Exit.PROBLEM
    assert "PROJECT_016" in capsys.readouterr().err
