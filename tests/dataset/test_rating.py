"""A rating in a dataset: steps in an order, counted one by one, with their words in every export."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyreadstat
import pytest

from kuule.analysis.crosstabs.axes import item_axis
from kuule.analysis.inference.analysis_variables import VariableKind, analysis_variable
from kuule.dataset.exports.export import export_dataset
from kuule.dataset.exports.export_formats import ExportFormat
from kuule.dataset.exports.export_variables.export_columns import MISSING_NUMBERS
from kuule.dataset.schema.codebook import is_countable
from kuule.dataset.schema.dataset_reader import Dataset, read_dataset
from kuule.forms.record import Record
from kuule.tables.missing import Missing
from tests.dataset.small import edition
from tests.factories import make_dataset

FORM = """
| survey |       |      |                       |                                             |
|        | type  | name | label                 | parameters                                  |
|        | range | safe | How safe do you feel? | start=0 end=10 step=1 tick_labelset=safety  |
| choices |           |      |            |
|         | list_name | name | label      |
|         | safety    | 0    | Not at all |
|         | safety    | 10   | Completely |
"""
STEPS = tuple(map(str, range(11)))


def person(safe: str | None) -> Record:
    given = {} if safe is None else {"/data/safe": safe}
    missing = {"/data/safe": Missing.PASSED_OVER} if safe is None else {}
    return Record("our-voice", f"{1:064x}", "en", "", "2026-W48", answers=given, missing=missing)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    folder = tmp_path_factory.mktemp("rating") / "dataset"
    made = make_dataset([person(answer) for answer in ("0", "7", "10", "10", None, "11")], [edition(form=FORM)], folder)
    assert [one.reason for one in made.unopened] == ["has a choice that the item does not offer"]
    return read_dataset(folder)


def test_column_is_of_the_steps_in_their_order(dataset: Dataset) -> None:
    frame = dataset.frame.select("safe", "safe:missing").collect()
    assert frame.schema["safe"] == pl.Enum(STEPS)
    assert frame.sort("safe", nulls_last=True)["safe"].to_list() == ["0", "7", "10", "10", None]
    assert frame["safe:missing"].drop_nulls().to_list() == ["passed_over"]


def test_steps_are_counted_one_by_one_and_have_an_order_without_study_toml(dataset: Dataset) -> None:
    item = dataset.codebook.items["safe"]
    assert (is_countable(item), item.ordered, item.control) == (True, True, "rating")
    assert item_axis(item).codes == STEPS
    assert analysis_variable(item, dataset.codebook).kind is VariableKind.ORDINAL


def test_codebook_has_the_words_of_the_ends_and_numbers_between(dataset: Dataset) -> None:
    labels = ["Not at all", *STEPS[1:-1], "Completely"]
    assert list(dataset.codebook.items["safe"].answers["en"].values()) == labels


def test_sav_has_the_step_as_its_number_with_words_and_as_ordinal(dataset: Dataset, tmp_path: Path) -> None:
    export_dataset(dataset, ExportFormat.SAV, tmp_path / "out", language="en")
    frame, meta = pyreadstat.read_sav(
        tmp_path / "out" / "practice-responses.sav", user_missing=True, output_format="polars"
    )
    passed = float(MISSING_NUMBERS[Missing.PASSED_OVER])
    assert sorted(frame["safe"].to_list()) == sorted([0.0, 7.0, 10.0, 10.0, passed])
    labels = meta.variable_value_labels["safe"]
    assert {step: labels[step] for step in (0, 7, 10)} == {0: "Not at all", 7: "7", 10: "Completely"}
    assert meta.variable_measure["safe"] == "ordinal"
