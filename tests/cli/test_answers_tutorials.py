"""The tutorials on answers in R and in Jupyter, from their first command to their last."""

from __future__ import annotations

import json
import random
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kuule.cli.app import run
from kuule.forms.record import Record
from kuule.study.edition.study_edition import Edition
from kuule.tables.missing import Missing
from tests.analysis.inference.r import PROGRAM as RSCRIPT
from tests.analysis.inference.r import needs_r
from tests.architecture.sources import ROOT
from tests.factories import make_dataset
from tests.frozen import our_voice_in
from tests.patience import PATIENCE
from tests.studies.shipped_study import asked_items

pytestmark = [pytest.mark.slow]
TUTORIALS = ROOT / "docs" / "tutorial"
IN_R = (TUTORIALS / "answers-in-r.md").read_text("utf-8")
NOTEBOOK = json.loads((TUTORIALS / "answers-in-jupyter.ipynb").read_text("utf-8"))


def people(edition: Edition, number: int) -> Iterator[Record]:
    """People who answered three questions, or skipped them."""
    chance = random.Random(1)  # nothing secret
    path = {item.name: item.path for item in asked_items()}
    offered = {
        "told": ("yes", "yes", "no", ""),
        "kinds": ("in_person", "in_person online", "images online", ""),
        "age_band": ("25_to_34", "45_to_54", "65_or_more", ""),
    }
    for _ in range(number):
        drawn = {item: chance.choice(choices) for item, choices in offered.items()}
        answers = {path[item]: answer for item, answer in drawn.items() if answer}
        missing = {item.path: Missing.PASSED_OVER for item in asked_items() if item.path not in answers}
        known = {"study": edition.study.id, "edition": edition.id}
        yield Record(**known, language="en", link="", week="2026-W48", answers=answers, missing=missing)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the demo could have left."""
    folder = tmp_path_factory.mktemp("tutorial")
    edition = our_voice_in(folder / "edition")
    make_dataset(people(edition, 300), [edition], folder / "practice" / "dataset")
    return folder


def follow_commands(text: str, room: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Do what the text says in a terminal, and return the folder that it writes."""
    [command] = re.findall(r"^kuule (.*)$", text, re.MULTILINE)
    monkeypatch.chdir(room)
    words = shlex.split(command)
    shutil.rmtree(room / words[-1], ignore_errors=True)
    assert run(words) == 0
    return room / words[-1]


def test_notebook_runs_from_its_first_cell_to_its_last(
    room: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cells = NOTEBOOK["cells"]
    written = "".join("".join(cell["source"]) + "\n" for cell in cells if cell["cell_type"] == "markdown")
    monkeypatch.chdir(follow_commands(written, room, monkeypatch))
    names: dict[str, object] = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), cell["id"], "exec"), names)
    said = capsys.readouterr().out
    people = re.findall(r"(\d+) of (\d+) people", said)
    assert people[0] == people[1]


def test_notebook_that_ships_has_no_output() -> None:
    code = [cell for cell in NOTEBOOK["cells"] if cell["cell_type"] == "code"]
    assert [(cell["outputs"], cell["execution_count"]) for cell in code] == [([], None)] * len(code)


@pytest.mark.whole
@needs_r
def test_r_tutorial_runs_from_its_first_command_to_its_last(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = follow_commands(IN_R, room, monkeypatch)
    blocks = re.findall(r"^```r\n(.*?)^```$", IN_R, re.DOTALL | re.MULTILINE)
    shown = "".join(f"print(file.exists({name!r}))\n" for name in ("kinds.png", "practice-responses.csv"))
    (folder / "tutorial.R").write_text("".join([*blocks[:-1], shown, blocks[-1], shown]), encoding="utf-8")
    command = [str(RSCRIPT), "--vanilla", "-e", 'source("tutorial.R", echo = TRUE, max.deparse.length = Inf)']
    outcome = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert outcome.returncode == 0, outcome.stderr
    assert re.findall(r"\[1\] (TRUE|FALSE)", outcome.stdout)[-4:] == ["TRUE", "TRUE", "FALSE", "FALSE"]
    assert "warning" not in outcome.stderr.lower()
    assert "65 or older" in outcome.stdout
