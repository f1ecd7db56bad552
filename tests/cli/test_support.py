"""`kuule support`: what is printed of each service, the exit code, and a recorded check up to a frozen edition."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kuule.cli.app import run
from kuule.cli.console import Exit
from kuule.study.edition.study_edition import read_edition
from tests.cli.conftest import Kit
from tests.frozen import in_few_languages

TODAY = datetime.now(UTC).date()


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return in_few_languages(tmp_path / "study", "sv")


def test_list_prints_each_service_and_says_who_would_find_nobody(study: Path, capsys) -> None:
    assert run(["support", "list", str(study), "--country", "se"]) == Exit.PROBLEM
    printed = capsys.readouterr()
    assert "SE\tBris\tchild\tnot checked\n" in printed.out
    assert {line.split("\t")[0] for line in printed.out.splitlines()} == {"SE"}
    assert "0 of 148 services are checked, in 0 countries" in printed.err
    assert "everywhere: no service that helps in any country" in printed.err
    assert "people too young: whoever says that they are under 18" in printed.err


def test_checked_services_go_into_the_next_edition_and_nobody_is_left_alone(study: Path, kit: Kit, capsys) -> None:
    command = ["support", "check", str(study), "zz", "Child Helpline International (directory)"]
    assert run([*command, "--by", "helpline coordinator", "--languages", "en fr"]) == Exit.DONE
    assert capsys.readouterr().out == f"{study / 'support.csv'}\n"
    assert run(["support", "list", str(study), "--country", "ZZ"]) == Exit.DONE
    printed = capsys.readouterr()
    assert f"\tchild\tchecked {TODAY} by helpline coordinator\n" in printed.out
    assert "1 of 148 services are checked, in 0 countries" in printed.err
    edition = str(study.parent / "edition")
    assert run(["freeze", str(study), "--key", kit.public, "--to", edition, "--drafts"]) == Exit.DONE
    shown = read_edition(Path(edition)).support.shown_services(drafts=False, today=TODAY)
    assert [(one.name, one.languages) for one in shown] == [("Child Helpline International (directory)", ("en", "fr"))]


def test_old_check_is_said_and_counts_for_nothing(study: Path, capsys) -> None:
    command = ["support", "check", str(study), "ZZ", "Befrienders Worldwide (directory)", "--by", "coordinator"]
    assert run([*command, "--on", "2020-02-03"]) == Exit.DONE
    assert run(["support", "list", str(study), "--country", "ZZ"]) == Exit.PROBLEM
    assert "not shown: checked 2020-02-03, which is over 12 months ago" in capsys.readouterr().out


def test_check_of_a_service_that_is_not_there_is_said(study: Path, capsys) -> None:
    assert run(["support", "check", str(study), "SE", "Nobody", "--by", "coordinator"]) == Exit.PROBLEM
    assert "STUDY_206" in capsys.readouterr().err


def test_list_of_a_folder_that_is_no_study_is_said(tmp_path: Path, capsys) -> None:
    assert run(["support", "list", str(tmp_path)]) == Exit.PROBLEM
    assert "STUDY_101" in capsys.readouterr().err
