"""`kuule counts`: figures for partners, and nothing where a study keeps none."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kuule.cli.app import run
from kuule.cli.command_list import program
from kuule.cli.console import Exit
from kuule.store.database import close_connections, configure, prepare_store
from kuule.store.rows.counters import HELP_OPENED, CounterKind, PartnerCounter, add_steps
from tests.study.small_study import SETTINGS, make_edition

LINKS = '[links.partners]\nk7 = "ChildX"\n'


@pytest.fixture
def address(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'kept.sqlite3'}"
    configure(url)
    prepare_store(new=True)
    close_connections()
    return url


def printed(*arguments: str) -> tuple[int, str]:
    ran = CliRunner().invoke(program(), ["counts", *arguments], standalone_mode=False)
    return int(ran.return_value), ran.stdout


def test_counts_are_one_line_each_with_the_partners_name(tmp_path: Path, address: str) -> None:
    make_edition(tmp_path, settings=SETTINGS + LINKS)
    steps = {
        PartnerCounter(CounterKind.LANGUAGE, "sv"): 12,
        PartnerCounter(CounterKind.LINK, "k7"): 1,
        PartnerCounter(CounterKind.LINK, "z9"): 2,
    }
    add_steps(steps)
    assert printed(str(tmp_path / "edition"), "--database", address) == (
        Exit.DONE,
        "language\tsv\tsvenska\tat least 120\nlink\tk7\tChildX\tat least 10\nlink\tz9\t\tat least 20\n",
    )


def test_counts_where_nothing_is_whole_yet(tmp_path: Path, address: str) -> None:
    make_edition(tmp_path)
    assert printed(str(tmp_path / "edition"), "--database", address) == (Exit.DONE, "")


def test_counts_of_a_study_that_keeps_none(tmp_path: Path, address: str, capfd: pytest.CaptureFixture[str]) -> None:
    make_edition(tmp_path, settings=SETTINGS + "[counts]\non = false\n")
    add_steps({PartnerCounter(CounterKind.LANGUAGE, "sv"): 12})
    assert run(["counts", str(tmp_path / "edition"), "--database", address]) == Exit.DONE
    said = capfd.readouterr()
    assert (said.out, "counts nothing for partners" in said.err) == ("", True)


def test_counts_make_no_database(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    make_edition(tmp_path)
    absent = tmp_path / "absent.sqlite3"
    assert run(["counts", str(tmp_path / "edition"), "--database", f"sqlite:///{absent}"]) == Exit.PROBLEM
    assert (absent.exists(), "STORE_007" in capfd.readouterr().err) == (False, True)


def test_counts_say_how_often_help_was_opened_also_where_nothing_else_is_counted(tmp_path: Path, address: str) -> None:
    make_edition(tmp_path, settings=SETTINGS + "[counts]\non = false\nhelp_opened = true\n")
    # Languages were counted by an edition before this one.
    add_steps({HELP_OPENED: 3, PartnerCounter(CounterKind.LANGUAGE, "sv"): 5})
    assert printed(str(tmp_path / "edition"), "--database", address) == (
        Exit.DONE,
        "help\topened\ttimes the help page was opened\tat least 30\n",
    )


def test_counts_say_nothing_of_help_where_the_study_does_not_count_it(tmp_path: Path, address: str) -> None:
    make_edition(tmp_path)
    add_steps({HELP_OPENED: 3, PartnerCounter(CounterKind.LANGUAGE, "sv"): 5})
    assert printed(str(tmp_path / "edition"), "--database", address)[1] == "language\tsv\tsvenska\tat least 50\n"


@pytest.mark.parametrize(("made", "code"), [("", "STORE_013"), ("CREATE TABLE other (a)", "STORE_010")])
def test_file_that_is_no_store_is_said_to_be_none(
    made: str, code: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """It was said that the database refused, and to look at the disk."""
    make_edition(tmp_path, settings=SETTINGS + LINKS)
    file = tmp_path / "some.sqlite3"
    file.touch()
    with closing(sqlite3.connect(file)) as database:
        database.execute(made or "SELECT 1")
        database.commit()
    assert run(["counts", str(tmp_path / "edition"), "--database", f"sqlite:///{file}"]) == Exit.PROBLEM
    assert capfd.readouterr().err.startswith(f"{code} ")
