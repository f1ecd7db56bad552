"""What an export says of questions that came later, went, or were put in other words."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pyreadstat
import pytest
from lxml import etree

from kuule.dataset.exports.export import export_dataset
from kuule.dataset.exports.export_formats import ExportFormat
from kuule.dataset.schema.dataset_reader import Dataset, read_dataset
from tests.dataset.lifecycle.test_added_editions import IDS, answered, archive
from tests.dataset.lifecycle.test_dataset_opening import opened


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Two answered the first edition, three the second, one the third."""
    folder = tmp_path_factory.mktemp("field")
    opened(
        folder / "ds",
        archive(folder / "1", 1, {1: answered(1, {"told": "yes", "age": "30"}), 2: answered(1, {"told": "no"})}),
        archive(folder / "2", 2, {n: answered(2, {"told": "yes", "since": "3"}) for n in (3, 4, 5)}),
        archive(folder / "3", 3, {6: answered(3, {"told": "no", "who": "neighbour"})}),
    )
    return read_dataset(folder / "ds")


def exported(dataset: Dataset, form: str, to: Path) -> Path:
    export_dataset(dataset, ExportFormat(form), to, language="en")
    return to


def test_codebook_says_which_editions_asked_each_item(dataset: Dataset, tmp_path: Path) -> None:
    folder = exported(dataset, "csv", tmp_path / "csv")
    book = pl.read_csv(folder / "practice-codebook.csv").filter(pl.col("question").is_not_null())
    of = {row["column"]: row for row in book.iter_rows(named=True)}
    asked = {name: of[name]["asked_in"] for name in ("told@1", "told", "since", "age", "who/family", "residence")}
    assert asked == {
        "told@1": "1 of 3", "told": "2 3 of 3", "since": "2 3 of 3", "age": "1 2 of 3", "who/family": "all",
        "residence": "all",
    }  # fmt: skip
    assert of["who/family"]["pooled"] == "One answer was added."
    assert of["told@1"]["question"] == "Had you told it? (version 1)"
    assert json.loads((folder / "export.json").read_bytes())["responses"] == dict(zip(IDS, (2, 3, 1), strict=True))


def test_page_says_which_editions_asked_each_item(dataset: Dataset, tmp_path: Path) -> None:
    page = (exported(dataset, "csv", tmp_path / "csv") / "practice-codebook.html").read_text("utf-8")
    assert "Version 1 of the question: its words changed later." in page
    assert "Asked in editions 2 3 of 3." in page
    assert "Counted together with other words: One answer was added." in page


def test_answers_to_two_wordings_stand_in_two_columns(dataset: Dataset, tmp_path: Path) -> None:
    rows = pl.read_csv(exported(dataset, "csv", tmp_path / "csv") / "practice-responses.csv", infer_schema=False)
    counted = [rows[name].drop_nulls().value_counts(sort=True).rows() for name in ("told_1", "told")]
    assert (sorted(counted[0]), counted[1]) == ([("no", 1), ("yes", 1)], [("yes", 3), ("no", 1)])
    frame, meta = pyreadstat.read_sav(exported(dataset, "sav", tmp_path / "sav") / "practice-responses.sav")
    assert sorted(frame["told_1"].dropna()) == [1.0, 2.0]
    assert meta.column_names_to_labels["told_1"] == "Had you told it? (version 1)"
    assert meta.column_names_to_labels["told"] == "Had you told anyone?"


def test_ddi_says_who_could_have_been_asked(dataset: Dataset, tmp_path: Path) -> None:
    book = etree.parse(exported(dataset, "ddi", tmp_path / "ddi") / "practice-codebook.xml")
    name = {"d": "ddi:codebook:2_5"}
    said = {one.get("name"): one.findtext("d:universe", namespaces=name) for one in book.iterfind(".//d:var", name)}
    assert said["told_1"] == "Edition 1 of 3 of the questionnaire."
    assert said["age"] == "Edition 1 2 of 3 of the questionnaire."
    assert said["who_family"] == "Counted together with the words of earlier editions: One answer was added."
    assert said["residence"] is None
