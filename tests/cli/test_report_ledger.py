"""`kuule report` on real answers keeps a ledger and makes no second report of a dataset that is nearly the same."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import pytest

from kuule.cli.app import run
from kuule.core.problems import ArchiveError, PublishingError
from kuule.dataset.cleaning import cleaned_origin
from kuule.dataset.lifecycle.lock_marker import mark_locked
from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.disclosure.ledger import Ledger
from kuule.disclosure.ledger_entry import LedgerEntry
from kuule.disclosure.thresholds import disclosure_rules
from kuule.study.settings.cleaning_settings import CleaningSettings
from kuule.study.settings.coming_back_settings import ComingBackSettings
from kuule.tables.request import TableRequest
from kuule.usecases.reporting import report_audit
from tests.dataset.small import edition, record
from tests.factories import make_dataset
from tests.report_pages import write_report


def dataset(folder: Path, responses: int, *, rehearsal: bool = False) -> Path:
    """A locked one; practice is not locked."""
    make_dataset([*[record({"told": "yes"})] * responses], [edition(rehearsal=rehearsal)], folder)
    return folder if rehearsal else locked(folder)


def locked(made: Path) -> Path:
    mark_locked(made, read_dataset(made).info.version)
    return made


def test_report_of_real_answers_is_refused_until_thirty_are_new(tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    first = dataset(tmp_path / "first", 60)
    write_report(first, out)
    before = out.read_bytes()
    with pytest.raises(PublishingError, match="REPORT_030"):
        write_report(dataset(tmp_path / "second", 61), out)
    assert out.read_bytes() == before
    write_report(first, out)
    assert out.read_bytes() == before
    write_report(dataset(tmp_path / "third", 90), out)
    noted = Ledger.for_dataset(first, "our-voice").entries()
    assert [each.responses for each in noted] == [60, 90]
    assert [each.report for each in noted] == [sha256(file).hexdigest() for file in (before, out.read_bytes())]
    assert {each.kuule for each in noted} == {version("kuule")}


def test_responses_that_were_set_aside_are_no_new_ones(tmp_path: Path) -> None:
    """Somebody who sends thirty empty ones would otherwise have two reports that differ by one person."""
    one = edition(rehearsal=False)
    one = replace(one, study=replace(one.study, cleaning=CleaningSettings(empty=True)))
    first, second = tmp_path / "first", tmp_path / "second"
    make_dataset([*[record({"told": "yes"})] * 60], [one], first)
    make_dataset([*[record({"told": "yes"})] * 61, *[record()] * 29], [one], second)
    write_report(locked(first), tmp_path / "report.html")
    with pytest.raises(PublishingError, match="REPORT_030"):
        write_report(locked(second), tmp_path / "report.html")


def lenient(folder: Path, *, rehearsal: bool = False) -> Path:
    """Sixty people, with the ids 1 to 60, who may take back what they sent."""
    one = edition(rehearsal=rehearsal)
    one = replace(one, study=replace(one.study, coming_back=ComingBackSettings(0, date(2027, 6, 30))))
    make_dataset({number: record({"told": "yes"}) for number in range(1, 61)}, [one], folder)
    return folder


def test_report_is_made_of_a_locked_dataset_only(tmp_path: Path) -> None:
    made, out = lenient(tmp_path / "made"), tmp_path / "report.html"
    with pytest.raises(ArchiveError, match="DATA_015"):
        write_report(made, out)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["made", "made.opened-rows", "made.row-map"]
    write_report(locked(made), out)
    assert out.exists()


def test_report_of_answers_that_nobody_can_take_back_needs_the_lock_too(tmp_path: Path) -> None:
    make_dataset([*[record({"told": "yes"})] * 60], [edition(rehearsal=False)], tmp_path / "made")
    with pytest.raises(ArchiveError, match="DATA_015"):
        write_report(tmp_path / "made", tmp_path / "report.html")
    write_report(locked(tmp_path / "made"), tmp_path / "report.html")


def test_report_of_practice_asks_for_no_lock(tmp_path: Path) -> None:
    write_report(lenient(tmp_path / "made", rehearsal=True), tmp_path / "report.html")


def test_report_of_practice_has_no_ledger(tmp_path: Path) -> None:
    for number in (60, 61):
        write_report(dataset(tmp_path / str(number), number, rehearsal=True), tmp_path / "report.html")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "60",
        "60.opened-rows",
        "61",
        "61.opened-rows",
        "report.html",
    ]


def test_report_is_rebuilt_to_the_byte_from_the_dataset_that_the_ledger_names(tmp_path: Path) -> None:
    first = dataset(tmp_path / "first", 300)
    write_report(first, tmp_path / "one.html")
    write_report(first, tmp_path / "again.html")
    [noted] = Ledger.for_dataset(first, "our-voice").entries()
    assert noted.dataset == read_dataset(first).info.version
    assert sha256((tmp_path / "again.html").read_bytes()).hexdigest() == noted.report


@pytest.fixture
def few_studies(monkeypatch: pytest.MonkeyPatch) -> None:
    """An audit makes up a few studies: what is found in hundreds is tried in tests/disclosure/audit."""
    monkeypatch.setattr(report_audit, "STUDIES_OF_AN_AUDIT", 6)


@pytest.mark.usefixtures("few_studies")
def test_report_audit_prints_the_figures_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = dataset(tmp_path / "first", 300)
    before = sorted(path.name for path in tmp_path.rglob("*"))
    assert run(["report", str(first), "--audit"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("simulated: 2,000 pairs of numbers in 300 responses, in 1 tables and 1 releases")
    assert lines[8].startswith("made-up studies, with reports on everyone and on each group of 1 locked datasets: ")
    assert len(lines) == 10
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


@pytest.mark.usefixtures("few_studies")
def test_report_audit_attacks_with_the_tables_of_all_reports_of_the_dataset(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = dataset(tmp_path / "first", 300)
    found = read_dataset(first)
    asked, rules = (
        [TableRequest("told", cut) for cut in (None, "@language", "@edition")],
        disclosure_rules(found.study, found.codebook.rests_on),
    )
    Ledger.for_dataset(first, "our-voice").add(LedgerEntry.for_tables(cleaned_origin(found), asked, rules), rules)
    assert run(["report", str(first), "--audit"]) == 0
    assert " in 300 responses, in 3 tables and 1 releases" in capsys.readouterr().out


def test_report_that_is_told_neither_where_nor_to_audit_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["report", str(dataset(tmp_path / "first", 60))]) == 1
    assert "CLI_022 kuule report: it is not said where" in capsys.readouterr().err


def test_report_into_a_file_is_refused_and_the_file_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine").write_text("mine")
    assert run(["report", str(tmp_path), "--to", str(tmp_path / "mine")]) == 1
    assert "mine: it is a file, and a report has several" in capsys.readouterr().err
    assert (tmp_path / "mine").read_text() == "mine"


def test_rebuild_beside_what_would_make_another_file_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["report", str(tmp_path), "--to", str(tmp_path / "out"), "--rebuild", "0" * 16]
    for more in (["--only", "region=north"], ["--language", "ar"], ["--text", str(tmp_path)], ["--drafts"]):
        assert run([*arguments, *more]) == 1
        assert "CLI_023 kuule report: --rebuild makes a file as it was" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_report_of_an_archive_that_is_opened_twice_has_the_same_numbers(tmp_path: Path) -> None:
    people = {number: record({"told": "yes" if number % 3 else "no"}) for number in range(200)}
    text = "```figure\nquestion: told\n```\n\n{{ count told yes }} of {{ responses }}\n"
    pages = []
    for name in ("one", "two"):
        make_dataset(people, [replace(edition(), report=text)], tmp_path / name)
        page = write_report(tmp_path / name, tmp_path / f"{name}.html").read_text("utf-8")
        page = page.replace(read_dataset(tmp_path / name).info.version, "VERSION")
        pages.append(re.sub(r"(release |>)[0-9a-f]{16}\b", r"\1RELEASE", page))
    assert pages[0] == pages[1]
    assert "VERSION" in pages[0]
