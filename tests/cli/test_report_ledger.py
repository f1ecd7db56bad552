"""`kuule report` on real answers keeps a ledger and makes no second report of a dataset that is nearly the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kuule.cli.report import write_report
from kuule.dataset.build import build_dataset
from kuule.dataset.locked import mark_locked
from kuule.dataset.read import read_dataset
from kuule.errors import ArchiveError, PublishingError
from kuule.opening.archive import Opened
from kuule.sealing.archive import write_archive
from kuule.sealing.withdrawn import Withdrawn
from kuule.study.coming_back import ComingBack
from tests.dataset.small import edition, opened, record


def dataset(folder: Path, responses: int, *, rehearsal: bool = False) -> Path:
    build_dataset(opened(*[record({"told": "yes"})] * responses), [edition(rehearsal=rehearsal)], folder)
    return folder


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
    assert b"90" in out.read_bytes()


def lenient(folder: Path, *, rehearsal: bool = False) -> Path:
    """Sixty people, with the ids 1 to 60, who may take back what they sent."""
    one = edition(rehearsal=rehearsal)
    one = replace(one, study=replace(one.study, coming_back=ComingBack(0, date(2027, 6, 30))))
    rows = [Opened(record({"told": "yes"}).to_bytes(), number) for number in range(1, 61)]
    build_dataset(rows, [one], folder)
    return folder


def newest(path: Path, study: str, *row_ids: int) -> Path:
    gone = Withdrawn.of(row_ids, until=date(2027, 6, 30), closed=False)
    write_archive(path, manifest={"study": study, "edition": "0" * 64}, files={}, envelopes=(), withdrawn=gone)
    return path


def test_report_is_made_only_after_what_was_taken_back_is_out(tmp_path: Path) -> None:
    made, out = lenient(tmp_path / "made"), tmp_path / "report.html"
    with pytest.raises(ArchiveError, match="DATA_015"):
        write_report(made, out)
    assert not out.exists()
    write_report(made, out, [newest(tmp_path / "newest", "our-voice", 7, 9, 1000)])
    assert read_dataset(made).info.responses == 58
    assert out.exists()


def test_report_takes_no_archive_of_another_study(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="CLI_021"):
        write_report(lenient(tmp_path / "made"), tmp_path / "report.html", [newest(tmp_path / "newest", "another", 7)])


def test_report_of_a_locked_dataset_needs_no_archive(tmp_path: Path) -> None:
    made, out = lenient(tmp_path / "made"), tmp_path / "report.html"
    mark_locked(made, read_dataset(made).info.version)
    write_report(made, out)
    assert out.exists()


def test_report_of_practice_asks_for_no_archive(tmp_path: Path) -> None:
    write_report(lenient(tmp_path / "made", rehearsal=True), tmp_path / "report.html")


def test_report_of_practice_has_no_ledger(tmp_path: Path) -> None:
    for number in (60, 61):
        write_report(dataset(tmp_path / str(number), number, rehearsal=True), tmp_path / "report.html")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["60", "61", "report.html"]
