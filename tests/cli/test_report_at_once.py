"""Two reports at once, and one that is stopped: the ledger knows all that was published, and no file is half of two."""

from __future__ import annotations

import os
import shutil
import signal
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from threading import Event

import pytest

from kuule.cli.app import run
from kuule.cli.console import Exit
from kuule.core.problems import PublishingError
from kuule.dataset.cleaning import cleaned_origin
from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.disclosure.ledger import Ledger
from kuule.disclosure.ledger_entry import LedgerEntry
from kuule.disclosure.thresholds import disclosure_rules
from kuule.usecases.progress import SilentListener
from kuule.usecases.reporting import report_files
from kuule.usecases.reporting.report_files import RenderedReport, write_report_files
from tests.cli.test_report_ledger import dataset
from tests.patience import PATIENCE
from tests.report_pages import write_report


def enter(made: Path) -> None:
    """As another process does."""
    found = read_dataset(made)
    rules = disclosure_rules(found.study, found.codebook.rests_on)
    Ledger.for_dataset(made, "our-voice").add(LedgerEntry.for_tables(cleaned_origin(found), (), rules), rules)


def test_report_that_waited_knows_what_the_other_published(
    tmp_path: Path,
) -> None:
    """Two reports at once of datasets that differ by one person: not both."""
    first, second, waits = dataset(tmp_path / "first", 60), dataset(tmp_path / "second", 61), Event()

    class Waiting(SilentListener):
        def note(self, sentence: str) -> None:
            assert "waiting until it is done" in sentence
            waits.set()

    with ThreadPoolExecutor(1) as pool:
        with Ledger.for_dataset(first, "our-voice").exclusive_lock(lambda: None):
            making = pool.submit(write_report, second, tmp_path / "report.html", progress=Waiting())
            assert waits.wait(PATIENCE)
            enter(first)
        with pytest.raises(PublishingError, match=r"REPORT_030.*of 60 responses was made already"):
            making.result()
    assert [each.responses for each in Ledger.for_dataset(first, "our-voice").entries()] == [60]
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "first", "first.opened-rows", "our-voice.releases.json", "second", "second.opened-rows",
    ]  # fmt: skip


def test_report_that_is_told_to_end_notes_nothing_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = dataset(tmp_path / "ds", 60)
    monkeypatch.setattr(report_files, "report_pdf", lambda _: os.kill(os.getpid(), signal.SIGTERM))
    assert run(["report", str(made), "--to", str(tmp_path / "out")]) == Exit.STOPPED
    assert capsys.readouterr().err == "stopped\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ds", "ds.opened-rows"]


def test_pages_of_many_at_once_each_stand_beside_their_own_pdf(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    files = [RenderedReport(b"%d" % number * 90_000, b"%d" % number * 90_000) for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda one: write_report_files(page, one, pdf=True), files))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.html", "report.pdf"]
    assert page.read_bytes() == page.with_suffix(".pdf").read_bytes()


def test_disk_that_is_full_loses_neither_the_page_nor_its_pdf(tmp_path: Path) -> None:
    page, pdf = tmp_path / "report.html", tmp_path / "report.pdf"
    write_report_files(page, RenderedReport(b"old", b"old"), pdf=True)
    (tmp_path / ".report.pdf.new").symlink_to("/dev/full")
    with pytest.raises(OSError, match=r"No space left.*/report\.pdf'"):
        write_report_files(page, RenderedReport(b"new", b"new"), pdf=True)
    assert (page.read_bytes(), pdf.read_bytes()) == (b"old", b"old")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.html", "report.pdf"]


def test_page_that_is_made_again_stands_beside_no_pdf_of_another_release(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made, out = dataset(tmp_path / "ds", 60), tmp_path / "out"
    assert run(["report", str(made), "--to", str(out)]) == Exit.DONE
    noted = sha256((out / "report.html").read_bytes()).hexdigest()
    again = ["report", str(made), "--to", str(out), "--rebuild", noted]
    assert run(again) == Exit.DONE
    assert (out / "report.pdf").exists()
    (out / "report.html").write_text("another release")
    assert run(again) == Exit.DONE
    assert [path.name for path in out.iterdir()] == ["report.html"]


def test_page_that_comes_out_otherwise_leaves_what_stood_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made, out = dataset(tmp_path / "ds", 60), tmp_path / "out"
    assert run(["report", str(made), "--to", str(out)]) == Exit.DONE
    ledger = Ledger.for_dataset(made, "our-voice").path
    ledger.write_text(ledger.read_text().replace(sha256((out / "report.html").read_bytes()).hexdigest(), "a" * 64))
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    assert run(["report", str(made), "--to", str(out), "--rebuild", "a" * 8]) == Exit.PROBLEM
    assert "REPORT_033 kuule report --rebuild: it came out otherwise" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    shutil.rmtree(out)
    assert run(["report", str(made), "--to", str(out), "--rebuild", "a" * 8]) == Exit.PROBLEM
    assert not out.exists()
