"""`kuule report` writes a page and a PDF; where there can be no PDF it says why, and the page is there all the same."""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kuule.cli.app import run
from kuule.publishing.template.template_reader import read_template
from kuule.publishing.view.report import report_view
from kuule.usecases.reporting.report_files import render_report, render_reports
from tests.dataset.small import edition, record
from tests.factories import make_dataset
from tests.publishing.released import released_origin, tables, wording


def dataset(folder: Path, text: str = "# {{ title }}\n\n```figure\nquestion: told\n```\n") -> str:
    people = [record({"told": "yes"})] * 40 + [record({"told": "no"})] * 30
    make_dataset(people, [replace(edition(), report=text)], folder)
    return str(folder)


def test_report_is_a_page_and_a_pdf(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", dataset(tmp_path / "ds"), "--to", str(tmp_path / "out")]) == 0
    files = [str(tmp_path / "out" / name) for name in ("report.html", "report.pdf")]
    assert capsys.readouterr().out.splitlines() == files
    assert sorted(map(str, (tmp_path / "out").iterdir())) == files


def test_report_of_a_study_without_a_text_has_its_questions(tmp_path: Path) -> None:
    assert run(["report", dataset(tmp_path / "ds", ""), "--to", str(tmp_path / "out")]) == 0
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert [page.count(f"<h3>{asked}</h3>") for asked in ("Had you told it?", "Who was it?", "How old are you?")] == [
        1
    ] * 3


def test_report_with_a_letter_that_no_font_has_is_a_page_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = dataset(tmp_path / "ds", "# {{ title }} \U0003fffd\n")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "report.pdf").write_bytes(b"of another report")
    assert run(["report", made, "--to", str(tmp_path / "out")]) == 1
    said = capsys.readouterr()
    assert said.out.splitlines() == [str(tmp_path / "out" / "report.html")]
    assert "REPORT_041 report.pdf: no font on this machine has U+3FFFD" in said.err
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["report.html"]


SETTING = """
import os, time
from kuule.usecases.worker_processes import _ctrl_c_is_ours, rendering_processes

if __name__ == "__main__":
    with rendering_processes() as processes:
        with _ctrl_c_is_ours():
            done = processes.submit(os.getpid)
        print(done.result(), flush=True)
        time.sleep(600)
"""


def test_process_that_sets_reports_hears_no_ctrl_c_and_ends_with_the_one_that_was_killed(tmp_path: Path) -> None:
    script = tmp_path / "setting.py"
    script.write_text(SETTING)
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as killed:
        assert killed.stdout is not None
        setting = Path("/proc", killed.stdout.readline().strip())
        blocked = next(line for line in (setting / "status").read_text().splitlines() if line.startswith("SigBlk"))
        assert int(blocked.split()[1], 16) & 1 << signal.SIGINT - 1
        killed.kill()
        assert killed.stdout.read() == ""  # it has that pipe too, and closes it when it ends


def test_many_reports_are_set_by_two_processes_and_are_the_same() -> None:
    views = [
        report_view(
            read_template(f"# {number}\n\n```figure\nquestion: told\n```\n"), tables(), wording(), released_origin()
        )
        for number in range(4)
    ]
    assert render_reports(views) == tuple(map(render_report, views))
