"""`kuule open` with sheets, with a passphrase, with several keys over time; and every way in which no key comes."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from kuule.cli.app import run
from kuule.cli.console import Exit
from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.opening.key_shares import split_key
from kuule.opening.private_key import PrivateKey
from kuule.opening.protected_key import Argon2Parameters, Passphrase, protect_key
from kuule.sealing.share_threshold import ShareThreshold
from tests.cli.at_terminal import at_terminal
from tests.cli.conftest import answer_edition
from tests.frozen import in_few_languages
from tests.kept import frozen

WORDS = "academic ladybug ordinary realize"
SPLIT = PrivateKey.generate(bytes(range(32)), rehearsal=True)
SECOND_SHARE = " ".join(split_key(SPLIT, ShareThreshold(2, 3))[1].words)
LATER = PrivateKey.generate(bytes(range(1, 33)), rehearsal=True)
SHARES = split_key(SPLIT, ShareThreshold(2, 3))


@dataclass(frozen=True)
class Waves:
    """Two archives of one study, each sealed to a key of its own."""

    folder: Path
    first: str
    second: str

    def sheet(self, number: int, text: str = "") -> str:
        path = self.folder / f"sheet-{number}.txt"
        path.write_text(text or " ".join(SHARES[number - 1].words))
        return str(path)

    def key_file(self, text: str) -> str:
        path = self.folder / "a.secret-key"
        path.write_text(text)
        return str(path)

    def open(self, *arguments: str) -> int:
        return run(["open", *arguments, "--to", str(self.folder / "dataset")])

    def responses(self) -> int:
        return read_dataset(self.folder / "dataset").info.responses


@pytest.fixture(scope="module")
def _waves(tmp_path_factory: pytest.TempPathFactory) -> Waves:
    folder = tmp_path_factory.mktemp("waves")
    study = in_few_languages(folder / "study")
    archives = []
    for name, key, count in (("one", SPLIT, 2), ("two", LATER, 3)):
        (folder / name).mkdir()
        frozen(study, key.public, folder / name / "edition")
        archives.append(str(answer_edition(folder / name / "edition", folder / name, count)))
    return Waves(folder, *archives)


@pytest.fixture
def waves(_waves: Waves, tmp_path: Path) -> Waves:
    return Waves(tmp_path, _waves.first, _waves.second)


def test_two_sheets_open(waves: Waves) -> None:
    assert waves.open(waves.first, "--share", waves.sheet(3), "--share", waves.sheet(1)) == Exit.DONE
    assert waves.responses() == 2


def test_sheets_are_read_with_numbers_and_first_letters(waves: Waves) -> None:
    text = "\n".join(f"{place:2}. {word[:4].upper()}" for place, word in enumerate(SHARES[1].words, start=1))
    assert waves.open(waves.first, "--share", waves.sheet(2, text), "--share", waves.sheet(1)) == Exit.DONE


@pytest.mark.parametrize(
    ("sheets", "code", "said"),
    [
        ({1: ""}, "KEY_036", "1 more with other numbers"),
        ({1: "", 2: " ".join(SHARES[0].words)}, "KEY_035", "sheet 1 once more"),
        ({1: "", 2: SECOND_SHARE}, "KEY_034", "of one, sheet 1 and 1 missing"),
        ({1: "", 2: "academic zzzz"}, "KEY_031", "sheet-2.txt, word 2"),
        ({1: "", 2: " ".join(SHARES[1].words[:-1])}, "KEY_032", "these are 32"),
        ({1: "", 2: " ".join([*SHARES[1].words[:4], SHARES[1].words[5], SHARES[1].words[4], *SHARES[1].words[6:]])},
         "KEY_033", "words 5 and 6"),
    ],
)  # fmt: skip
def test_sheet_that_does_not_fit_is_told(waves: Waves, capsys, sheets: dict[int, str], code: str, said: str) -> None:
    arguments = [part for number, text in sheets.items() for part in ("--share", waves.sheet(number, text))]
    assert waves.open(waves.first, *arguments) == Exit.PROBLEM
    err = capsys.readouterr().err
    assert (code in err, said in err) == (True, True)
    assert not (waves.folder / "dataset").exists()


def test_sheet_that_is_not_there_is_told(waves: Waves, capsys) -> None:
    assert waves.open(waves.first, "--share", str(waves.folder / "none")) == Exit.PROBLEM
    assert "CLI_002" in capsys.readouterr().err


def test_sheets_of_another_key_than_the_answers_are_told(waves: Waves, capsys) -> None:
    assert waves.open(waves.second, "--share", waves.sheet(1), "--share", waves.sheet(2)) == Exit.PROBLEM
    assert f"CLI_004 --key: the answers are sealed to the key {LATER.public.fingerprint}" in capsys.readouterr().err


def test_both_waves_open_with_both_keys(waves: Waves) -> None:
    later = waves.key_file(LATER.to_text())
    sheets = ("--share", waves.sheet(1), "--share", waves.sheet(2))
    assert waves.open(waves.first, waves.second, "--key", later, *sheets) == Exit.DONE
    assert waves.responses() == 5


def test_one_key_opens_its_wave_and_the_missing_key_is_named(waves: Waves, capsys) -> None:
    later = waves.key_file(LATER.to_text())
    assert waves.open(waves.first, waves.second, "--key", later) == Exit.SOME_UNOPENED
    err = capsys.readouterr().err
    assert "3 answers opened, 2 could not be opened" in err
    assert f"not given: the key {SPLIT.public.key_id.hex()}, fingerprint {SPLIT.public.fingerprint}" in err
    left = json.loads((waves.folder / "dataset" / "unopened.json").read_text())
    assert [one["reason"] for one in left] == ["other_key", "other_key"]
    assert left[0]["place"] == f"{Path(waves.first).name}, part 1, row 1"
    assert waves.responses() == 3


def test_two_archives_of_one_edition_count_each_row_once(waves: Waves, capsys) -> None:
    copy = shutil.copy(waves.first, waves.folder / "again.archive")
    assert waves.open(waves.first, str(copy), "--share", waves.sheet(1), "--share", waves.sheet(2)) == Exit.DONE
    said = capsys.readouterr().err
    assert "2 answers opened, 0 could not be opened" in said
    assert "2 stood in more than one archive, and count once" in said
    assert waves.responses() == 2


def protected(waves: Waves) -> str:
    text = protect_key(LATER, Passphrase(WORDS), salt=bytes(16), cost=Argon2Parameters(64, 1, 1))
    return waves.key_file(text)


def test_passphrase_comes_from_a_descriptor(waves: Waves) -> None:
    reading, writing = os.pipe()
    os.write(writing, f"{WORDS}\n".encode())
    os.close(writing)
    try:
        assert waves.open(waves.second, "--key", protected(waves), "--passphrase-fd", str(reading)) == Exit.DONE
    finally:
        os.close(reading)


@pytest.mark.parametrize(
    ("content", "code"), [(b"acid acne\n", "KEY_040"), (b"", "KEY_040"), (b"\xff\xfe\n", "KEY_043")]
)
def test_other_passphrase_from_a_descriptor_is_told(waves: Waves, capsys, content: bytes, code: str) -> None:
    reading, writing = os.pipe()
    os.write(writing, content)
    os.close(writing)
    try:
        assert waves.open(waves.second, "--key", protected(waves), "--passphrase-fd", str(reading)) == Exit.PROBLEM
    finally:
        os.close(reading)
    assert code in capsys.readouterr().err


def test_descriptor_that_is_not_open_is_told(waves: Waves, capsys) -> None:
    assert waves.open(waves.second, "--key", protected(waves), "--passphrase-fd", "250") == Exit.PROBLEM
    assert "KEY_043" in capsys.readouterr().err


def test_passphrase_is_asked_three_times_at_the_terminal_and_never_shown(waves: Waves) -> None:
    arguments = ["open", waves.second, "--key", protected(waves), "--to", "dataset"]
    with at_terminal(arguments, waves.folder) as person:
        for typed in ("wrong horse", "wrong cow", WORDS):
            person.sees("(it does not show):")
            person.types(typed)
        person.sees("3 answers opened")
        assert person.ends() == Exit.DONE
    assert "wrong horse" not in person.seen
    assert WORDS not in person.seen
    shutil.rmtree(waves.folder / "dataset")
    with at_terminal(arguments, waves.folder) as person:
        for _ in range(3):
            person.sees("(it does not show):")
            person.types("wrong")
        person.sees("KEY_040")
        assert person.ends() == Exit.PROBLEM


def test_sheet_is_typed_where_a_dash_stands(waves: Waves) -> None:
    arguments = ["open", waves.first, "--share", waves.sheet(1), "--share", "-", "--to", "dataset"]
    with at_terminal(arguments, waves.folder) as person:
        person.sees("word 1:")
        person.types(" ".join(SHARES[2].words))
        person.sees("2 answers opened")
        assert person.ends() == Exit.DONE


def test_no_key_and_nobody_to_ask_is_told(waves: Waves, capsys, monkeypatch) -> None:
    with open(os.devnull) as nobody:  # noqa: PTH123 -- stands in for stdin
        monkeypatch.setattr("sys.stdin", nobody)
        assert waves.open(waves.first) == Exit.PROBLEM
    assert "CLI_005" in capsys.readouterr().err
