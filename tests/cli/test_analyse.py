"""`kuule analyse`, as an analyst runs it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from kuule.cli.app import run
from tests.architecture.sources import ROOT
from tests.dataset.small import edition, record
from tests.factories import make_dataset

PLAN = '[[table]]\nitem = "told"\nby = "region"\nwithin = ["@language"]\n'


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    people = [{"told": "yes", "residence": "FI"}, {"told": "no", "residence": "FR"}] * 5
    make_dataset(map(record, people), [edition()], tmp_path / "dataset")
    return tmp_path / "dataset"


def analyse(dataset, tmp_path, *options: str) -> int:
    return run(["analyse", str(dataset), "--to", str(tmp_path / "out"), *options])


def test_one_table_by_options(dataset, tmp_path, capsys) -> None:
    assert analyse(dataset, tmp_path, "--item", "told", "--by", "region", "--within", "@language") == 0
    said = capsys.readouterr()
    assert said.out == f"{tmp_path / 'out'}\n"
    assert "for the analyst only: no disclosure control. Tables: 1; tests: 3, all corrected together" in said.err
    assert "`told`" in (tmp_path / "out" / "practice-analysis.md").read_text("utf-8")


def test_a_plan_of_the_analysts_own(dataset, tmp_path) -> None:
    (tmp_path / "mine.toml").write_text(PLAN, "utf-8")
    assert analyse(dataset, tmp_path, "--plan", str(tmp_path / "mine.toml")) == 0
    assert analyse(dataset, tmp_path, "--plan", str(tmp_path / "mine.toml")) == 1


def test_the_plan_that_was_frozen_with_the_study(tmp_path, capsys) -> None:
    make_dataset([record({"told": "yes"})], [replace(edition(), analysis_plan=PLAN)], tmp_path / "planned")
    assert analyse(tmp_path / "planned", tmp_path) == 0
    assert "Tables: 1; tests: 0," in capsys.readouterr().err


def test_real_answers_that_are_not_locked_are_said_to_be_a_copy(tmp_path, capsys) -> None:
    make_dataset([record({"told": "yes"})], [edition(rehearsal=False)], tmp_path / "real")
    assert analyse(tmp_path / "real", tmp_path, "--item", "told") == 0
    assert "not locked: what people take back from now on stays counted in this copy" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "cause"),
    [
        ([], "there is nothing to analyse: the study was frozen without a plan"),
        (["--by", "region"], "groups are given, and no question"),
        (["--item", "told", "--plan", "x.toml"], "both a plan and a single table are given"),
        (["--item", "told", "--against", "north"], "there are no groups to compare"),
        (["--item", "told", "--by", "told"], "'told' stands in it twice"),
    ],
)
def test_what_is_not_clear_is_said(dataset, tmp_path, capsys, options, cause) -> None:
    assert analyse(dataset, tmp_path, *options) == 1
    assert f"CLI_030 kuule analyse: {cause}" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_what_the_dataset_does_not_have_is_said_with_near_names(dataset, tmp_path, capsys) -> None:
    assert analyse(dataset, tmp_path, "--item", "tolt", "--by", "regoin") == 1
    said = capsys.readouterr().err
    assert "did you mean 'told'?" in said
    assert "did you mean 'region'?" in said


def test_plan_that_is_no_plan_is_said_in_words(dataset, tmp_path, capsys) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_bytes(b"\xff")
    assert analyse(dataset, tmp_path, "--plan", str(plan)) == 1
    assert "STUDY_008 plan.toml: it is not UTF-8" in capsys.readouterr().err
    assert analyse(dataset, tmp_path, "--plan", str(tmp_path / "none.toml")) == 1
    assert "no such file" in capsys.readouterr().err


def test_examples_of_the_how_to_are_run(dataset, tmp_path) -> None:
    """The commands and the plan of docs/how-to/analyse.md, with the names of a study that the tests have."""
    page = (ROOT / "docs" / "how-to" / "analyse.md").read_text("utf-8")
    names = {"told": "told", "age_band": "region", "gender": "@language", "kinds": "who", "@quarter": "@quarter"}
    names |= {"first_age": "age", "woman": "ar"}
    commands = re.findall(r"^kuule analyse dataset ?(.*) --to \S+$", page, re.MULTILINE)
    assert len(commands) == 3
    for number, options in enumerate(commands):
        if "--plan" not in options and "--item" in options:
            words = [names.get(word, word) for word in options.split()]
            assert run(["analyse", str(dataset), *words, "--to", str(tmp_path / f"out{number}")]) == 0
    [plan] = re.findall(r"^```toml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    for name, own in names.items():
        plan = plan.replace(f'"{name}"', f'"{own}"')
    (tmp_path / "plan.toml").write_text(plan, "utf-8")
    assert analyse(dataset, tmp_path, "--plan", str(tmp_path / "plan.toml")) == 0
