"""`kuule backup`, `kuule restore`, and `kuule forget` of a restored database: as a person would use them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kuule.cli.app import run
from kuule.cli.console import Exit
from kuule.core.files import file_sha256
from kuule.opening.private_key import PrivateKey
from kuule.store.database import configure
from kuule.store.rows.withdrawals import withdraw_response
from tests.cli.conftest import Kit
from tests.outside.trees import Tree
from tests.prompts import Typed
from tests.store.kept import count_responses
from tests.study.small_study import make_study

BANDS = ["18_to_24", "25_to_34", "35_to_44"]
KEY = PrivateKey.generate(bytes(range(3, 35)), rehearsal=True)


@pytest.fixture
def shelf(kit: Kit) -> Path:
    """A folder of backups of a study with three answers, and a key for backups beside it."""
    kit.answer(BANDS)
    folder = kit.folder / "backups"
    folder.mkdir(mode=0o700)
    (kit.folder / "backup.public-key").write_text(KEY.public.to_text())
    (kit.folder / "backup.secret-key").write_text(KEY.to_text())
    return folder


def backed_up(kit: Kit, shelf: Path, *more: str) -> Path:
    arguments = ["backup", str(shelf), "--edition", kit.edition_folder, "--database", kit.database, *more]
    assert run(arguments) == Exit.DONE
    [made] = shelf.glob("*.kuule-backup")
    return made


def restored_address(kit: Kit) -> str:
    return f"sqlite:///{kit.folder / 'restored.sqlite3'}"


def test_backup_says_that_it_was_restored_and_who_could_read_it(
    kit: Kit, shelf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = backed_up(kit, shelf)
    said = capsys.readouterr()
    assert said.out == f"{made}\n"
    assert re.fullmatch(r"our-voice-\d{4}-\d\d-\d\d\.kuule-backup", made.name)
    assert "note: it is not sealed (--seal-to)" in said.err
    assert re.search(r"3 sealed answers and \d+ files, [\d.]+ MB; restored, and equal\n$", said.err)


def test_restore_with_no_place_only_tries_and_changes_nothing(
    kit: Kit, shelf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = backed_up(kit, shelf)
    before = sorted((path, file_sha256(path)) for path in kit.folder.rglob("*") if path.is_file())
    capsys.readouterr()
    assert run(["restore", str(shelf)]) == Exit.DONE
    assert "it can be restored" in capsys.readouterr().err
    assert sorted((path, file_sha256(path)) for path in kit.folder.rglob("*") if path.is_file()) == before
    assert made.exists()


def test_restore_shows_what_it_does_and_asks_for_the_name_of_the_study(
    kit: Kit, shelf: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    backed_up(kit, shelf)
    arguments = ["restore", str(shelf), "--database", restored_address(kit), "--to", str(kit.folder / "out")]
    assert run(arguments) == Exit.PROBLEM, "nobody is there to be asked"
    assert "CLI_028" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin", Typed("another-study\n"))
    assert run(arguments) == Exit.PROBLEM
    said = capsys.readouterr().err
    assert "This makes the database" in said
    assert "CLI_028 --study: 'another-study' is not this study, 'our-voice'" in said
    assert not (kit.folder / "out").exists()
    monkeypatch.setattr("sys.stdin", Typed("our-voice\n"))
    assert run(arguments) == Exit.DONE
    assert "is not served before you apply the newest" in capsys.readouterr().err.replace("\n", " ")
    assert run([*arguments, "--study", "our-voice"]) == Exit.DONE
    again = capsys.readouterr().err
    assert again.count("was there already, as it is in the backup") == 2
    assert "is not served before you apply the newest" in again.replace("\n", " ")


def test_restoring_over_the_very_database_that_was_backed_up_asks_for_no_settling(
    kit: Kit, shelf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backed_up(kit, shelf)
    capsys.readouterr()
    assert run(["restore", str(shelf), "--database", kit.database, "--study", "our-voice"]) == Exit.DONE
    said = capsys.readouterr().err
    assert "was there already, as it is in the backup" in said
    assert "it can be served as it is" in said
    assert "is not served before" not in said


def test_restored_database_is_refused_until_it_forgot(
    kit: Kit, shelf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backed_up(kit, shelf)
    configure(kit.database)
    withdraw_response(1017)
    newer, later = kit.folder / "newer.archive", kit.folder / "later.archive"
    assert run(["archive", kit.edition_folder, str(newer), "--database", kit.database]) == Exit.DONE
    to = restored_address(kit)
    assert run(["restore", str(shelf), "--database", to, "--study", "our-voice"]) == Exit.DONE
    assert run(["archive", kit.edition_folder, str(later), "--database", to]) == Exit.PROBLEM
    assert "STORE_029" in capsys.readouterr().err
    assert run(["forget", str(newer), "--database", to]) == Exit.DONE
    assert "took them back: 1 answer\n" in capsys.readouterr().err
    assert run(["archive", kit.edition_folder, str(later), "--database", to]) == Exit.DONE
    configure(to)
    assert count_responses(kit.edition.id) == 2


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--database", "sqlite:///x"], "CLI_027"),
        (["a.archive", "--database", "sqlite:///x", "--no-archive-since", "2026-11-01"], "CLI_027"),
        (["--dataset", "d", "--no-archive-since", "2026-11-01"], "CLI_027"),
    ],
)
def test_forget_wants_archives_or_the_statement_that_there_are_none(
    options: list[str], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["forget", *options]) == Exit.PROBLEM
    assert code in capsys.readouterr().err


def test_no_archive_is_stated_with_the_day_of_the_backup(
    kit: Kit, shelf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    day = backed_up(kit, shelf).name[-23:-13]
    to = restored_address(kit)
    assert run(["restore", str(shelf), "--database", to, "--study", "our-voice"]) == Exit.DONE
    assert run(["forget", "--database", to, "--no-archive-since", "2020-01-01"]) == Exit.PROBLEM
    said = capsys.readouterr().err
    assert "STORE_031" in said
    assert f"give --no-archive-since {day}" in said
    assert run(["forget", "--database", to, "--no-archive-since", day]) == Exit.DONE
    assert run(["forget", "--database", to, "--no-archive-since", day]) == Exit.PROBLEM
    assert "nothing is to be done: it can be served" in capsys.readouterr().err
    assert run(["archive", kit.edition_folder, str(kit.folder / "a"), "--database", to]) == Exit.DONE


def test_sealed_backup_is_restored_with_its_secret_key_alone(
    kit: Kit, shelf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backed_up(kit, shelf, "--seal-to", str(kit.folder / "backup.public-key"))
    assert "not sealed" not in capsys.readouterr().err
    for key, code in (((), "BACKUP_011"), (("--key", kit.secret), "BACKUP_012")):
        assert run(["restore", str(shelf), *key]) == Exit.PROBLEM
        assert code in capsys.readouterr().err
    assert run(["restore", str(shelf), "--key", str(kit.folder / "backup.secret-key")]) == Exit.DONE


def test_key_of_the_study_is_refused_for_backups(kit: Kit, shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["backup", str(shelf), "--edition", kit.edition_folder, "--seal-to", kit.public]
    assert run(arguments) == Exit.PROBLEM
    assert "BACKUP_012" in capsys.readouterr().err


def test_backup_without_a_database_says_so(kit: Kit, shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["backup", str(shelf), "--edition", kit.edition_folder]) == Exit.DONE
    assert "note: no answer is in it" in capsys.readouterr().err
    assert run(["restore", str(shelf), "--database", restored_address(kit), "--study", "our-voice"]) == Exit.PROBLEM
    assert "BACKUP_009" in capsys.readouterr().err


def test_backup_without_a_database_is_made_and_restored_by_processes_that_have_none(tmp_path: Path) -> None:
    make_study(tmp_path / "study")
    shelf = tmp_path / "shelf"
    shelf.mkdir(mode=0o700)
    made = Tree().run("backup", str(shelf), "--study", str(tmp_path / "study")).strip()
    Tree().run("restore", made, "--study", "small-study", "--to", str(tmp_path / "out"))
    assert (tmp_path / "out/study/study.toml").read_bytes() == (tmp_path / "study/study.toml").read_bytes()


def test_one_study_is_restored_from_a_folder_of_several(
    kit: Kit, shelf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = backed_up(kit, shelf)
    (shelf / made.name.replace("our-voice", "another")).write_bytes(made.read_bytes())
    assert run(["restore", str(shelf)]) == Exit.PROBLEM
    assert "2 studies: another, our-voice" in capsys.readouterr().err
    assert run(["restore", str(shelf), "--study", "our-voice"]) == Exit.DONE
    assert run(["restore", str(shelf), "--study", "another"]) == Exit.PROBLEM
    assert "BACKUP_010" in capsys.readouterr().err, "a name does not make it one of that study"


def test_damaged_backup_is_said_and_restores_nothing(kit: Kit, shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = backed_up(kit, shelf)
    made.write_bytes(made.read_bytes()[:-20_000])
    to = restored_address(kit)
    assert run(["restore", str(made), "--database", to, "--study", "our-voice"]) == Exit.PROBLEM
    assert "BACKUP_002" in capsys.readouterr().err
    assert not (kit.folder / "restored.sqlite3").exists()
