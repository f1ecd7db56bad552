"""docs/tutorial/your-own-survey.md, command by command: what it says to type works, and ends with public pages."""

from __future__ import annotations

import re
import shlex
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kuule.cli.app import run
from kuule.cli.console import Exit
from tests.ports import free_port
from tests.preview.preview_process import preview_process

PAGE = (Path(__file__).parents[2] / "docs" / "tutorial" / "your-own-survey.md").read_text("utf-8")
QUESTION = "Have you had training on keeping children safe?"
COMMANDS = [shlex.split(line)[1:] for line in re.findall(r"^(kuule .*)$", PAGE, flags=re.MULTILINE)]


def add_the_question(form: Path) -> None:
    """As the page shows it: a row behind the first question of the page on worries."""
    [(kind, name, label)] = re.findall(r"^\| `(select_one [a-z_]+)` \| `(\w+)` \| (.+) \|$", PAGE, flags=re.MULTILINE)
    book = load_workbook(form)
    survey = book["survey"]
    names = [row[0].value for row in survey.iter_rows(min_col=2, max_col=2)]
    at = names.index("know_where") + 2
    survey.insert_rows(at)
    for column, text in enumerate((kind, name, label), start=1):
        survey.cell(at, column, text)
    book.save(form)


def today_for(command: list[str]) -> list[str]:
    """As the page asks: today's date for the one that it shows."""
    today = datetime.now(UTC).date().isoformat()
    return [today if re.fullmatch(r"\d{4}-\d\d-\d\d", word) else word for word in command]


def test_the_page_has_a_command_for_each_step():
    steps = ["new", "preview", "check", "demo", "release", "release", "release", "publish"]
    assert [command[0] for command in COMMANDS] == steps


@pytest.mark.slow
def test_each_command_of_the_page_runs_and_the_new_question_is_published(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    new, preview, check, demo, release, *approvals, publish = COMMANDS
    assert run(new) == Exit.DONE
    assert run(check) == Exit.DONE
    study = tmp_path / "club-survey"
    assert "0 errors" in capsys.readouterr().out
    add_the_question(study / "form.xlsx")
    [figure] = re.findall(r"^    (```figure\n.*?```)$", PAGE, flags=re.MULTILINE | re.DOTALL)
    with (study / "report.md").open("a", encoding="utf-8") as report:
        report.write(f"\n    {figure}\n")  # as it is copied from the page, with the spaces before it
    assert run(check) == Exit.DONE
    with preview_process(Path(*preview[1:])) as running:
        keys = dict.fromkeys(re.findall(r"page=(%2F[^&\"]+)", running.get("/preview")))
        pages = [running.get(f"/preview/page/en?key={key}") for key in keys]
    assert sum(QUESTION in page for page in pages) == 1
    fewer = [*demo[: demo.index("--responses") + 1], "40", *demo[demo.index("--responses") + 2 :]]
    assert run([*fewer, "--port", str(free_port()), "--report-port", str(free_port())]) == Exit.DONE
    assert QUESTION in (tmp_path / "practice/report/index.html").read_text("utf-8")
    assert [run(step) for step in (today_for(release), *approvals, publish)] == [Exit.DONE] * 4
    public = {path.relative_to(tmp_path / "public").as_posix(): path for path in (tmp_path / "public").rglob("*.html")}
    assert {"index.html", "report.html", "sv/index.html", "sv/report.html"} <= set(public)
    assert QUESTION in public["report.html"].read_text("utf-8")
    assert [name for name, page in public.items() if 'class="practice"' not in page.read_text("utf-8")] == []
