"""`kuule report` on real answers keeps a ledger and makes no second report of a dataset that is nearly the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.cli.report import write_report
from kuule.dataset.build import build_dataset
from kuule.errors import PublishingError
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


def test_report_of_practice_has_no_ledger(tmp_path: Path) -> None:
    for number in (60, 61):
        write_report(dataset(tmp_path / str(number), number, rehearsal=True), tmp_path / "report.html")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["60", "61", "report.html"]
