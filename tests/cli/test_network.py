"""`kuule network`: what is printed, and the exit codes."""

from __future__ import annotations

import pytest

from kuule.cli.app import run
from kuule.cli.console import Exit
from tests.network.small_network import make_network, sign, write_statement


def test_network_that_is_in_order(tmp_path, capsys):
    study = make_network(tmp_path / "study")
    assert run(["network", "check", str(study)]) == Exit.DONE
    said = capsys.readouterr()
    assert said.out == f"{study}: 0 errors, 0 warnings\n"
    assert "2 partners, 1 statement, 0 launches" in said.err


def test_what_is_wrong_is_said_and_is_an_exit_code(tmp_path, capsys):
    study = make_network(tmp_path / "study")
    write_statement(study, "time-limits", 'languages = ["en", "sv"]\nasked = ["childy"]')
    assert run(["network", "check", str(study)]) == Exit.CHECK_FOUND_ERRORS
    assert "NETWORK_010" in capsys.readouterr().err


def test_who_signed_is_a_table(tmp_path, capsys):
    study = make_network(tmp_path / "study")
    sign(study, "childx")
    assert run(["network", "statement", str(study), "time-limits"]) == Exit.DONE
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert rows == [["radio", "A radio station", "waiting", ""], ["childx", "ChildX", "signed", "2026-11-28"]]


def test_pages_are_written(tmp_path, capsys):
    study = make_network(tmp_path / "study")
    assert run(["network", "site", str(study), "--to", str(tmp_path / "site")]) == Exit.DONE
    assert capsys.readouterr().out == f"{tmp_path / 'site'}\n"
    assert (tmp_path / "site/index.html").is_file()


@pytest.mark.parametrize("name", ["none", "../small-study"])
def test_statement_that_is_not_there(tmp_path, capsys, name):
    assert run(["network", "statement", str(make_network(tmp_path / "study")), name]) == Exit.PROBLEM
    assert "NETWORK_001" in capsys.readouterr().err
