"""First steps run as they are, and find the number that Kuule counted: in Python, R, PSPP and Quarto's R. Stata is not
free, so its commands are followed by pyreadstat."""

from __future__ import annotations

import re
import runpy
import shutil
import subprocess
from dataclasses import replace
from functools import cache
from pathlib import Path

import polars as pl
import pyreadstat
import pytest

from kuule.dataset.exports.export import export_dataset
from kuule.dataset.exports.export_formats import ExportFormat
from kuule.dataset.exports.guides.checked_number import CheckedNumber
from kuule.dataset.exports.guides.program_texts import comment_text, markdown_text, quoted_text, variable_list
from kuule.dataset.schema.dataset_reader import Dataset, read_dataset
from tests.analysis.inference.r import PROGRAM as RSCRIPT
from tests.analysis.inference.r import needs_r
from tests.dataset.exports.guides.answered import answered_dataset, exported_to
from tests.dataset.small import edition, record
from tests.factories import make_dataset
from tests.patience import PATIENCE

PSPP = shutil.which("pspp")
STEPS = {
    ExportFormat.PARQUET: ["py"],
    ExportFormat.CSV: ["R", "qmd"],
    ExportFormat.XLSX: ["R"],
    ExportFormat.SAV: ["R", "qmd", "sps"],
    ExportFormat.ZSAV: ["R", "qmd", "sps"],
    ExportFormat.DTA: ["R", "do", "qmd"],
    ExportFormat.DDI: [],
}
PACKAGES = {ExportFormat.CSV: "base", ExportFormat.XLSX: "readxl"}
"""What the steps in R need; haven where nothing is said."""
SEVERAL = CheckedNumber("who", "family", 0, 0, 0, 5)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return answered_dataset(tmp_path_factory.mktemp("steps"))


def several(dataset: Dataset) -> CheckedNumber:
    """The number of an answer to a question with several."""
    frame = dataset.frame.collect()
    kept = frame.filter(~pl.all_horizontal(pl.col("^.*:missing$").exclude("helped:missing").is_not_null()))
    given = kept.filter(pl.col("who:missing").is_null())
    return replace(SEVERAL, kept=kept.height, base=given.height, count=int(given["who/family"].sum()))


def written(folder: Path, ending: str) -> str:
    return (folder / f"practice-first-steps.{ending}").read_text("utf-8")


@cache
def has_package(name: str) -> bool:
    command = [str(RSCRIPT), "--vanilla", "-e", f"stopifnot(requireNamespace({name!r}))"]
    return not subprocess.run(command, capture_output=True, check=False, timeout=PATIENCE).returncode


def said_by_r(folder: Path, *arguments: str) -> str:
    command = [str(RSCRIPT), "--vanilla", *arguments]
    outcome = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert outcome.returncode == 0, outcome.stderr
    return outcome.stdout


def said_by_pspp(folder: Path) -> str:
    command = [str(PSPP), "practice-first-steps.sps"]
    outcome = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=PATIENCE)
    said = outcome.stdout.decode(errors="replace")  # PSPP breaks a line within U+2028
    assert outcome.returncode == 0, said
    return said


@pytest.mark.parametrize("form", ExportFormat)
def test_formats_have_the_steps_of_the_programs_that_read_them(
    dataset: Dataset, tmp_path: Path, form: ExportFormat
) -> None:
    exported_to(tmp_path / "out", dataset, form)
    found = sorted(path.name for path in (tmp_path / "out").glob("*first-steps*"))
    assert found == [f"practice-first-steps.{ending}" for ending in STEPS[form]]
    for ending in STEPS[form]:
        assert "not for publication" in written(tmp_path / "out", ending)


def test_python_finds_the_number(dataset: Dataset, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    number = exported_to(tmp_path / "out", dataset, ExportFormat.PARQUET)
    runpy.run_path(str(tmp_path / "out" / "practice-first-steps.py"))
    said = capsys.readouterr().out
    assert f"{number.count} of {number.base} people, {number.share} per cent" in said
    assert number.kept < dataset.info.responses
    assert number.base < number.kept


@pytest.mark.parametrize("wrong", ["kept", "base", "count"])
def test_steps_that_find_another_number_stop(dataset: Dataset, tmp_path: Path, wrong: str) -> None:
    number = several(dataset)
    export_dataset(dataset, ExportFormat.PARQUET, tmp_path / "right", language="en", number=number)
    runpy.run_path(str(tmp_path / "right" / "practice-first-steps.py"))
    other = replace(number, **{wrong: getattr(number, wrong) + 1})
    export_dataset(dataset, ExportFormat.PARQUET, tmp_path / "wrong", language="en", number=other)
    with pytest.raises(AssertionError):
        runpy.run_path(str(tmp_path / "wrong" / "practice-first-steps.py"))


def test_study_without_rules_or_a_number_has_steps_that_run(tmp_path: Path) -> None:
    make_dataset([], [edition()], tmp_path / "dataset")
    found = read_dataset(tmp_path / "dataset")
    for form in ExportFormat:
        export_dataset(found, form, tmp_path / form, language="en")
    runpy.run_path(str(tmp_path / "parquet" / "practice-first-steps.py"))
    assert "the study has no rules" in written(tmp_path / "csv", "R")
    assert "SELECT IF" not in written(tmp_path / "sav", "sps")


def test_stata_keeps_counts_and_asserts_what_is_in_the_file(dataset: Dataset, tmp_path: Path) -> None:
    number = exported_to(tmp_path / "out", dataset, ExportFormat.DTA)
    frame, meta = pyreadstat.read_dta(tmp_path / "out" / "practice-responses.dta", output_format="polars")
    lines = written(tmp_path / "out", "do").splitlines()
    assert 'use "practice-responses.dta"' in lines
    assert lines.index('keep if cleaning == ""') < lines.index("tabulate told, missing")
    frame = frame.filter(pl.col("cleaning") == "")
    assert f"assert r(N) == {frame.height}" in lines
    [(variable, code)] = re.findall(r"^count if (\w+) == (\d+)$", "\n".join(lines), re.MULTILINE)
    assert f"count if !missing({variable})" in lines
    base, people = frame[variable].count(), (frame[variable] == int(code)).sum()
    assert f"assert `base' == {base} & `people' == {people}" in lines
    assert (number.kept, number.base, number.count) == (frame.height, base, people)
    listed = {name for line in lines if line.startswith("summarize ") for name in line.split()[1:]}
    assert listed == {"who_family", "who_stranger"} <= set(meta.column_names)


@pytest.mark.whole
@needs_r
@pytest.mark.parametrize("form", [form for form, endings in STEPS.items() if "R" in endings])
@pytest.mark.parametrize("asked", ["one", "several"])
def test_r_finds_the_number_in_every_format(dataset: Dataset, tmp_path: Path, form: ExportFormat, asked: str) -> None:
    package = PACKAGES.get(form, "haven")
    if not has_package(package):
        pytest.skip(f"R has no package {package} on this machine (Debian: r-cran-{package})")
    if asked == "several":
        number = several(dataset)
        export_dataset(dataset, form, tmp_path / "out", language="en", number=number)
    else:
        number = exported_to(tmp_path / "out", dataset, form)
    said = said_by_r(tmp_path / "out", "practice-first-steps.R")
    assert f"{number.count} of {number.base} people, {number.share} per cent" in said
    if has_package("knitr") and "qmd" in STEPS[form]:
        knit = 'knitr::knit("practice-first-steps.qmd", output = "out.md", quiet = TRUE)'
        said_by_r(tmp_path / "out", "-e", knit)
        page = (tmp_path / "out" / "out.md").read_text("utf-8")
        assert f"**{number.share} per cent**" in page
        assert f"{number.count} of\n{number.base} people" in page
        assert "Error" not in page
        assert len(list((tmp_path / "out" / "figure").iterdir())) == 1


@pytest.mark.whole
@pytest.mark.skipif(PSPP is None, reason="PSPP is not on this machine (Debian: pspp)")
@pytest.mark.parametrize("form", [ExportFormat.SAV, ExportFormat.ZSAV])
@pytest.mark.parametrize("asked", ["one", "several"])
def test_pspp_finds_the_number(dataset: Dataset, tmp_path: Path, form: ExportFormat, asked: str) -> None:
    if asked == "several":
        number = several(dataset)
        export_dataset(dataset, form, tmp_path / "out", language="en", number=number)
    else:
        number = exported_to(tmp_path / "out", dataset, form)
    said = said_by_pspp(tmp_path / "out")
    assert re.search(rf"\| *{number.kept}\| *{number.base}\| *{number.count}\| *1\|", said), said
    assert "$who" in said


HOSTILE = 'x"); quit("no") #\n*/ \u2028 `r q()` ${x} {{ y }} \'. \\'


def test_texts_of_a_study_stay_texts() -> None:
    assert eval(quoted_text(HOSTILE)) == HOSTILE.replace("\n", " ").replace("\u2028", " ")
    assert "\n" not in comment_text(HOSTILE)
    assert [sign for sign in ("*/", "`", "$") if sign in comment_text(HOSTILE)] == []
    assert comment_text("a /* b // c ///") == "a / * b / / c / / /"
    assert "`" not in markdown_text(HOSTILE)
    assert markdown_text("<script>*a*") == "\\<script\\>\\*a\\*"
    assert variable_list(f"name_{number:02}" for number in range(20)).count(" ///\n    ") == 1


def test_title_and_answers_that_look_like_commands_are_not_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ours = edition()
    words = dict.fromkeys(ours.translations["en"], HOSTILE)
    titled = replace(ours, study=replace(ours.study, title=HOSTILE), translations={**ours.translations, "en": words})
    make_dataset([record({"told": "yes", "who": "family"})] * 9, [titled], tmp_path / "dataset")
    found = read_dataset(tmp_path / "dataset")
    for form in (ExportFormat.PARQUET, ExportFormat.CSV, ExportFormat.SAV, ExportFormat.DTA):
        exported_to(tmp_path / form, found, form)
    runpy.run_path(str(tmp_path / "parquet" / "practice-first-steps.py"))
    assert "9 of 9 people, 100 per cent" in capsys.readouterr().out
    if RSCRIPT is not None:
        assert "9 of 9 people, 100 per cent" in said_by_r(tmp_path / "csv", "practice-first-steps.R")
    if PSPP is not None:
        assert re.search(r"\| *9\| *9\| *9\| *1\|", said_by_pspp(tmp_path / "sav"))
    comments = [line for line in written(tmp_path / "dta", "do").splitlines() if line.startswith("*")]
    assert [line for line in comments if line.count("*") == 1 and "*/" in line] == []
