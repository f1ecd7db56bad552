"""`kuule ethics`: files on stdout, blanks counted on stderr."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kuule.cli.app import run
from kuule.cli.console import Exit
from tests.study.small_study import make_study


def test_papers_are_named_and_blanks_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    study, out = make_study(tmp_path / "study"), tmp_path / "out"
    assert run(["ethics", str(study), "--to", str(out)]) == Exit.DONE
    told = capsys.readouterr()
    assert [Path(line).name for line in told.out.splitlines()][::2] == [
        "application.html",
        "information-sheet.html",
        "dpia.html",
    ]
    talk = " ".join(told.err.split())
    assert f"{study / 'ethics.toml'} is new: answer there what only you can" in talk
    [count] = re.findall(r"(\d+) questions in \S+ still to answer: ", talk)
    assert int(count) == sum(map(int, re.findall(r"(\d+) in \[", talk)))
    listed = {
        key
        for page in out.glob("*.html")
        for key in re.findall(r"<code>(\w+\.\w+)</code></li>", page.read_text("utf-8"))
    }
    assert int(count) == len(listed)


def test_nothing_left_to_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    study = make_study(tmp_path / "study")
    run(["ethics", str(study), "--to", str(tmp_path / "out")])
    answers = study / "ethics.toml"
    said = re.sub(r'^(\w+) = ""$', r'\1 = "Said."', answers.read_text("utf-8"), flags=re.MULTILINE)
    chosen = {"split": "2of3", "ways": "onion", "database": "sqlite"}
    for name, answer in chosen.items():
        said = said.replace(f'{name} = "Said."', f'{name} = "{answer}"')
    answers.write_text(said, "utf-8")
    capsys.readouterr()
    assert run(["ethics", str(study), "--to", str(tmp_path / "out")]) == Exit.DONE
    assert capsys.readouterr().err == "nothing is left to answer\n"


def test_check_warns_of_what_is_wrong_in_the_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    study = make_study(tmp_path / "study")
    assert run(["check", str(study)]) == Exit.DONE
    before = capsys.readouterr()
    (study / "ethics.toml").write_text('[purpose]\npurpos = "x"\n', "utf-8")
    assert run(["check", str(study)]) == Exit.DONE
    after = capsys.readouterr()
    new = "STUDY_103 (warning) ethics.toml, purpose.purpos: this setting is not known"
    assert (new in " ".join(before.err.split()), new in " ".join(after.err.split())) == (False, True)
    assert after.out != before.out


def test_what_is_wrong_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    study = make_study(tmp_path / "study")
    (study / "ethics.toml").write_text('[key]\nsplit = "some"\n', "utf-8")
    assert run(["ethics", str(study), "--to", str(tmp_path / "out")]) == Exit.PROBLEM
    assert "ETHICS_002 ethics.toml, key.split: 'some' is not understood" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
