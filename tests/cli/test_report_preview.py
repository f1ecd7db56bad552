"""`kuule report --dry-run`: what would be shown and why not the rest, with nothing written."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kuule.cli.app import run
from kuule.dataset.lifecycle.lock_marker import mark_locked
from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.disclosure.ledger import Ledger
from kuule.tables.request import Subpopulation
from tests.dataset.small import edition, record
from tests.factories import make_dataset
from tests.report_pages import write_report

TEXT = "# Told\n\n```figure\nquestion: told\nby: region\n```\n"
FEW = (
    "few = a group of fewer than 30 people, the noise reckoned in, or an answer of fewer than 10; of a sensitive "
    "question also a group that nearly all answered alike"
)
JOINED = (
    "joined = fewer than 30 people joined since an earlier report showed the group, or one that holds it or that it "
    "holds, in this question or in one that tells the same answers"
)
NEAR = "near = a group that has fewer than 30 people less than one that holds it"


def dataset(folder: Path, north: int, elsewhere: int, *, locked: bool = True) -> Path:
    one = replace(edition(rehearsal=False), report=TEXT)
    people = [
        record({"told": "yes" if number % 2 else "no", "residence": land})
        for land, size in (("FI", north), ("FR", elsewhere))
        for number in range(size)
    ]
    make_dataset(people, [one], folder)
    if locked:
        mark_locked(folder, read_dataset(folder).info.version)
    return folder


def preview(capsys: pytest.CaptureFixture[str], *arguments: object) -> list[str]:
    assert run(["report", *map(str, arguments), "--dry-run"]) == 0
    return capsys.readouterr().out.splitlines()


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_dry_run_says_what_is_shown_and_what_not_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = dataset(tmp_path / "ds", 300, 12)
    before = files(tmp_path)
    responses, *lines = preview(capsys, made)
    assert responses.startswith("report on everyone: about 3")
    assert lines == [
        "tables: 2, of which 1 whole, 0 in part, 1 not at all",
        "groups and rows: 1 shown, 2 not (few 1, near 1)",
        "answers: 2 shown, 4 not (few 2, near 2)",
        "told by region: few: else; near: north",
        FEW,
        NEAR,
    ]
    assert files(tmp_path) == before


def test_dry_run_of_few_says_that_the_report_is_short_and_has_no_groups(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    responses, *lines = preview(capsys, dataset(tmp_path / "ds", 60, 60))
    assert responses.startswith("report on everyone: about 1")
    assert lines == [
        "a short report, since it is on fewer than about 150: without groups and without its text",
        "tables: 1, of which 1 whole, 0 in part, 0 not at all",
        "groups and rows: 1 shown, 0 not",
        "answers: 2 shown, 0 not",
    ]


def test_dry_run_says_of_a_region_that_few_joined_which_report_has_its_numbers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = dataset(tmp_path / "first", 300, 400)
    write_report(first, tmp_path / "report.html")
    write_report(first, tmp_path / "north.html", Subpopulation("region", "north"))
    then = dataset(tmp_path / "then", 301, 500)
    ledger = Ledger.for_dataset(then, "our-voice").path.read_bytes()
    _, *lines = preview(capsys, then, "--to", tmp_path / "out")
    version = read_dataset(first).info.version
    assert lines[1:] == [
        "groups and rows: 3 shown, 0 not",
        "of these as a report before showed them, since too few joined for new numbers: 1",
        "answers: 6 shown, 0 not",
        f"told by region: as of dataset {version}: north",
    ]
    assert Ledger.for_dataset(then, "our-voice").path.read_bytes() == ledger
    assert not (tmp_path / "out").exists()
    [north, *_] = preview(capsys, then, "--only", "region=north", "--only", "region=else")
    assert north.startswith("report on region=north: about ")
    assert north.endswith(f" responses, as of dataset {version}")


def test_dry_run_says_of_a_region_that_few_joined_that_it_is_not_shown_where_nothing_stands_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of a ledger of format 3, which has no numbers in it."""
    first = dataset(tmp_path / "first", 300, 400)
    write_report(first, tmp_path / "report.html")
    write_report(first, tmp_path / "north.html", Subpopulation("region", "north"))
    path = Ledger.for_dataset(first, "our-voice").path
    content = json.loads(path.read_text())
    for each in content["releases"]:
        for name in ("noise", "until", "published", "rows"):
            del each[name]
    path.write_text(json.dumps({**content, "format": 3}))
    then = dataset(tmp_path / "then", 301, 500)
    _, *lines = preview(capsys, then)
    assert lines[1:] == [
        "groups and rows: 2 shown, 1 not (joined 1)",
        "answers: 4 shown, 2 not (joined 2)",
        "told by region: joined: north",
        JOINED,
    ]
    assert preview(capsys, then, "--only", "region=north") == [
        "report on region=north: nothing, its responses are not shown (joined)",
        JOINED,
    ]


def test_dry_run_of_a_dataset_that_is_not_locked_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """When to lock is what it is asked for."""
    made = dataset(tmp_path / "ds", 300, 400, locked=False)
    assert run(["report", str(made), "--dry-run"]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[1] == "tables: 2, of which 2 whole, 0 in part, 0 not at all"
    assert err.startswith("the dataset is not locked: what is still taken back may change")


def test_dry_run_of_a_dataset_that_grew_too_little_says_why_there_is_no_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_report(dataset(tmp_path / "first", 300, 400), tmp_path / "report.html")
    assert run(["report", str(dataset(tmp_path / "then", 300, 410)), "--dry-run"]) == 1
    assert "REPORT_030" in capsys.readouterr().err
