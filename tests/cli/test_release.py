"""`kuule release` and `kuule report --release`, as a person runs them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kuule.cli.app import run
from kuule.cli.console import Exit
from kuule.releases.release_folder import read_release
from tests.usecases.releasing.test_new_release import dataset


def kuule(*arguments: object) -> int:
    return run(list(map(str, arguments)))


@pytest.fixture
def release(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A release of real answers, whose day is today."""
    to, today = tmp_path / "1", datetime.now(UTC).date()
    assert kuule("release", "new", dataset(tmp_path / "ds"), "--to", to, "--day", today) == Exit.DONE
    assert capsys.readouterr().out == f"{to}\n"
    return to


def approve(release: Path, name: str, *more: object) -> int:
    return kuule("release", "approve", release, "--name", name, "--role", "lead", *more)


def test_release_goes_from_a_dataset_to_a_report(release: Path, tmp_path: Path, capsys) -> None:
    out = tmp_path / "out"
    assert kuule("report", "--release", release, "--to", out) == Exit.PROBLEM
    assert "RELEASE_010" in capsys.readouterr().err
    assert not out.exists()
    assert kuule("report", "--release", release, "--to", out, "--preview") == Exit.DONE
    assert capsys.readouterr().out == f"{out / 'report.html'}\n{out / 'report.pdf'}\n"
    said = "A preview: these results aren&#39;t published yet. Please don&#39;t pass them on."
    assert said in (out / "report.html").read_text("utf-8")
    ledger = tmp_path / "our-voice.releases.json"
    assert approve(release, "Anna Virtanen", "--ledger", ledger) == Exit.DONE
    assert capsys.readouterr().out == "approved_once\n"
    assert approve(release, "anna  virtanen") == Exit.PROBLEM
    assert "RELEASE_013" in capsys.readouterr().err
    assert approve(release, "Bo Ek") == Exit.DONE
    assert capsys.readouterr().out == "approved_twice\n"
    assert kuule("release", "recount", release, tmp_path / "ds") == Exit.DONE
    assert capsys.readouterr().out == f"{release}: 4 tables, the same to the byte\n"
    assert kuule("report", "--release", release, "--to", out) == Exit.DONE
    assert "preview" not in (out / "report.html").read_text("utf-8")


def test_release_in_words_that_nobody_reviewed_says_so(release: Path, tmp_path: Path, capsys) -> None:
    assert approve(release, "Anna Virtanen") == approve(release, "Bo Ek") == Exit.DONE
    arabic = ("report", "--release", release, "--to", tmp_path / "out", "--language", "ar")
    assert kuule(*arabic) == Exit.PROBLEM
    assert "REPORT_051 --language ar" in capsys.readouterr().err
    assert kuule(*arabic, "--drafts") == Exit.DONE
    assert 'class="draft"' in (tmp_path / "out" / "report.html").read_text("utf-8")
    assert kuule("report", "--release", release, "--to", tmp_path, "--language", "sv") == Exit.PROBLEM
    assert "RELEASE_022 --language sv: the release has no language 'sv'" in capsys.readouterr().err


def test_release_says_what_it_is_and_what_keeps_it(release: Path, capsys) -> None:
    approve(release, "Anna Virtanen")
    capsys.readouterr()
    assert kuule("release", "show", release) == Exit.DONE
    told = capsys.readouterr()
    facts = dict(line.split("\t", 1) for line in told.out.splitlines())
    assert facts["hash"] == read_release(release).content
    assert (facts["version"], facts["state"], facts["tables"]) == ("1", "approved_once", "4")
    assert "RELEASE_010" in told.err
    assert "Anna Virtanen alone approved it, and two people have to" in told.err


def test_releases_are_listed_with_what_they_amend(release: Path, tmp_path: Path, capsys) -> None:
    why = ("--amends", release, "--because", "A word was wrong.", "--day", datetime.now(UTC).date())
    assert kuule("release", "new", tmp_path / "ds", "--to", tmp_path / "1.1", *why) == Exit.DONE
    capsys.readouterr()
    assert kuule("release", "list", tmp_path) == Exit.DONE
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [(row[1], row[3], row[4], row[5]) for row in rows[1:]] == [
        ("1", "draft", "no", ""),
        ("1.1", "draft", "no", "amends 1"),
    ]
    release.rename(tmp_path.parent / f"{tmp_path.name}-elsewhere")
    assert kuule("release", "list", tmp_path) == Exit.PROBLEM
    assert "RELEASE_021" in capsys.readouterr().err


def test_dry_run_says_what_a_release_would_show_and_notes_nothing(tmp_path: Path, capsys) -> None:
    made = dataset(tmp_path / "ds")
    assert kuule("release", "new", made, "--dry-run") == Exit.DONE
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("report on everyone: about ")
    assert told[1].startswith("tables: 4, ")
    assert any(line.startswith("told by residence: ") and "FR" in line for line in told)
    assert not (tmp_path / "our-voice.releases.json").exists()
    assert kuule("release", "new", made) == Exit.PROBLEM
    assert "CLI_026" in capsys.readouterr().err


def test_folder_without_releases_is_said(tmp_path: Path, capsys) -> None:
    assert kuule("release", "list", tmp_path) == Exit.DONE
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", f"there is no release in '{tmp_path}'\n")


def test_release_is_under_embargo_until_its_day(tmp_path: Path, capsys) -> None:
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    made = dataset(tmp_path / "ds")
    kuule("release", "new", made, "--to", tmp_path / "1", "--day", tomorrow)
    approve(tmp_path / "1", "Anna Virtanen")
    approve(tmp_path / "1", "Bo Ek")
    capsys.readouterr()
    assert kuule("report", "--release", tmp_path / "1", "--to", tmp_path / "out") == Exit.PROBLEM
    assert f"it is under embargo until {tomorrow}" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [(), ("DATASET", "--release", "RELEASE"), ("--release", "RELEASE", "--only", "a=b"), ("DATASET", "--preview")],
)
def test_report_is_on_a_dataset_or_on_a_release(release: Path, tmp_path: Path, capsys, arguments) -> None:
    names = {"DATASET": tmp_path / "ds", "RELEASE": release}
    assert kuule("report", *(names.get(each, each) for each in arguments), "--to", tmp_path / "out") == Exit.PROBLEM
    assert "CLI_025" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_name_in_a_release_does_not_reach_the_terminal_as_a_command(release: Path, capsys) -> None:
    """Whoever passes a release on could write what a terminal obeys into it."""
    file = release / "release.toml"
    file.write_text(file.read_text("utf-8").replace("CC BY 4.0", "CC\\u009b31m"), "utf-8")
    capsys.readouterr()
    kuule("release", "show", release)
    assert "\x9b" not in capsys.readouterr().out
