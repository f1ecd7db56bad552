"""The folder of an analysis: what each file says first, its columns, numbers that come back whole, and nothing half."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from kuule.analysis.inference.analysis_run import analyse
from kuule.analysis.inference.output import analysis_files
from kuule.analysis.inference.output.analysis_files import FINDING_FILES, column_names, write_analysis
from kuule.analysis.inference.output.finding_text import MEASURE_LABELS
from kuule.core.problems import ArchiveError
from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.study.settings.analysis_plan import PlannedTable
from tests.analysis.inference.responses import dataset_of, some_people
from tests.architecture.sources import ROOT
from tests.dataset.lifecycle.test_added_editions import answered, archive
from tests.dataset.lifecycle.test_dataset_opening import opened
from tests.dataset.small import edition

PLAN = (PlannedTable("told", "region", ("@language",), why="Do people in the north tell more?"), PlannedTable("age"))
PAGE = (ROOT / "docs" / "reference" / "analysis.md").read_text("utf-8")


@pytest.fixture
def analysis(tmp_path):
    return analyse(dataset_of(some_people(120), tmp_path), PLAN)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        next(file)
        return list(csv.DictReader(file))


def test_every_file_says_first_what_it_is_and_that_it_must_not_be_published(analysis, tmp_path):
    write_analysis(analysis, tmp_path / "out")
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {f"practice-{name}.csv" for name in FINDING_FILES} | {"practice-analysis.md"}
    for path in (tmp_path / "out").iterdir():
        first = path.read_text("utf-8").partition("\n")[0].removeprefix("# ")
        assert first == (
            "PRACTICE answers, of people who do not exist. Analysis for the analyst's eyes only: exact numbers of the "
            f"study our-voice, dataset version {analysis.origin.dataset}. No rules of cleaning: all 120 responses are "
            "counted. It went through no disclosure control and must not be published; what is published comes from "
            "`kuule report`. Intervals and tests: chance alone, as if drawn at random."
        )


def test_files_of_real_answers_do_not_say_practice(tmp_path):
    real = dataset_of(some_people(5), tmp_path, [edition(rehearsal=False)])
    write_analysis(analyse(real, PLAN), tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir())[0] == "absent.csv"
    assert "practice" not in (tmp_path / "out" / "analysis.md").read_text("utf-8").lower()


def test_numbers_come_back_to_the_last_digit(analysis, tmp_path):
    write_analysis(analysis, tmp_path / "out")
    rows = read(tmp_path / "out" / "practice-shares.csv")
    assert [(row["group"], row["answer"], int(row["count"])) for row in rows] == [
        (row.group, row.answer, row.count) for row in analysis.findings.shares
    ]
    assert [float(row["share"]) for row in rows if row["share"]] == [
        row.share for row in analysis.findings.shares if row.share is not None
    ]
    frame = pl.read_csv(tmp_path / "out" / "practice-tests.csv", skip_rows=1)
    assert frame["chance_p_holm"].to_list() == [row.chance_p_holm for row in analysis.findings.tests]


def test_no_file_has_a_number_that_is_none(analysis, tmp_path):
    write_analysis(analysis, tmp_path / "out")
    for path in (tmp_path / "out").iterdir():
        assert re.findall(r"\b(?:nan|inf|None|NaN)\b", path.read_text("utf-8")) == []


@pytest.mark.parametrize("name", FINDING_FILES)
def test_columns_are_those_of_the_reference(name):
    section = PAGE.partition(f"### {name}.csv\n")[2].partition("\n#")[0].partition("\n| measure |")[0]
    common = PAGE.partition("### In every file\n")[2].partition("\n#")[0]
    documented = [found for part in (common, section) for found in re.findall(r"^\| `([a-z_]+)`", part, re.MULTILINE)]
    assert documented == column_names(FINDING_FILES[name])


def test_measures_are_those_of_the_reference(analysis):
    documented = PAGE.partition("\n| measure |")[2].partition("\n#")[0]
    measures = re.findall(r"^\| `([a-z_]+)`", documented, re.MULTILINE)
    assert measures == list(MEASURE_LABELS)
    assert {row.measure for row in analysis.findings.differences} <= {*measures, "none"}


def test_something_that_stands_there_stays(analysis, tmp_path):
    (tmp_path / "out").mkdir()
    with pytest.raises(ArchiveError) as refused:
        write_analysis(analysis, tmp_path / "out")
    assert [problem.code for problem in refused.value.problems] == ["DATA_003"]


def test_stopped_in_the_middle_it_leaves_nothing(analysis, tmp_path, monkeypatch):
    def stop(_: object) -> str:
        raise KeyboardInterrupt

    before = sorted(tmp_path.iterdir())
    monkeypatch.setattr(analysis_files, "analysis_markdown", stop)
    with pytest.raises(KeyboardInterrupt):
        write_analysis(analysis, tmp_path / "out")
    assert sorted(tmp_path.iterdir()) == before


def test_text_says_the_why_the_scale_and_the_strata(analysis, tmp_path):
    write_analysis(analysis, tmp_path / "out")
    text = (tmp_path / "out" / "practice-analysis.md").read_text("utf-8")
    assert "## 1. Had you told it? (`told`), by Region, within language" in text
    assert "*Do people in the north tell more?*" in text
    assert "A scale: “Yes” is its low end, “No” its high end." in text
    assert [line for line in text.splitlines() if line.startswith("### ")] == [
        "### Everyone",
        "### language: en",
        "### language: ar",
        "### Within strata, put together",
    ]


def test_text_says_the_level_of_intervals_and_what_the_corrections_promise(analysis, tmp_path):
    write_analysis(analysis, tmp_path / "out")
    text = (tmp_path / "out" / "practice-analysis.md").read_text("utf-8")
    assert "the interval beside it (95 %, each for itself, not corrected for how many there are)" in text
    assert "Where Holm's is 0.05 or below, the chance of even one false finding is at most 5 in 100" in text
    assert "as long as tests are independent or lean the same way" in text
    untested = replace(analysis, findings=replace(analysis.findings, tests=()))
    write_analysis(untested, tmp_path / "untested")
    text = (tmp_path / "untested" / "practice-analysis.md").read_text("utf-8")
    assert "No test was made." in text
    assert "corrected over" not in text


def test_text_says_which_editions_asked_and_why_two_wordings_are_counted_together(tmp_path):
    sources = [(number, {number: answered(number, {"told": "yes", "who": "family"})}) for number in (1, 2, 3)]
    opened(tmp_path / "ds", *(archive(tmp_path / str(number), number, people) for number, people in sources))
    tables = (PlannedTable("told@1"), PlannedTable("who"), PlannedTable("residence"))
    write_analysis(analyse(read_dataset(tmp_path / "ds"), tables), tmp_path / "out")
    first, pooled, all_of_them = (tmp_path / "out/practice-analysis.md").read_text("utf-8").split("\n## ")[1:]
    assert "Asked in edition 1 of 3: who answered another one is not in the base." in first
    assert "Counted together with other words of an earlier edition: One answer was added." in pooled
    assert "edition" not in all_of_them
