"""The number that first steps find again is one of the report, counted before noise."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kuule.core.problems import PublishingError
from kuule.dataset.schema.dataset_reader import Dataset, read_dataset
from kuule.publishing.template.template_reader import read_template
from kuule.tables.request import TableRequest
from kuule.usecases.analysing.checked_numbers import checked_number
from kuule.usecases.reporting.released_report import release_report
from tests.analysis.inference.responses import dataset_of, some_people
from tests.dataset.small import edition, record
from tests.factories import make_dataset


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return dataset_of(some_people(600, seed=5), tmp_path_factory.mktemp("numbers"))


def with_report(dataset: Dataset, text: str) -> Dataset:
    return replace(dataset, report=text)


def test_it_is_the_first_share_of_the_reports_text(dataset: Dataset) -> None:
    text = "# Told\n\n{{ responses }} people. {{ share who stranger }} and {{ share told yes }}.\n"
    number = checked_number(with_report(dataset, text))
    assert number is not None
    frame = dataset.frame.collect()
    given = frame.filter(frame["who:missing"].is_null())
    assert (number.item, number.answer, number.base) == ("who", "stranger", given.height)
    assert number.count == given["who/stranger"].sum()
    assert (number.kept, number.noise_bound) == (600, 5)


def test_without_a_share_it_is_the_commonest_answer_to_the_first_figure(dataset: Dataset) -> None:
    number = checked_number(with_report(dataset, "# Land\n\n```figure\nquestion: residence\n```\n"))
    assert number is not None
    assert (number.item, number.answer) == ("residence", "FR")


@pytest.mark.parametrize("text", ["", "# {{ title }}\n", "# Ages\n\n{{ median age }}\n", "{{ nonsense }}\n"])
def test_without_a_figure_of_choices_it_is_of_the_first_question(dataset: Dataset, text: str) -> None:
    number = checked_number(with_report(dataset, text))
    assert number is not None
    assert number.item == "told"


def test_text_that_cannot_be_read_is_left_to_the_report() -> None:
    with pytest.raises(PublishingError):
        read_template("{{ nonsense }}\n")


def test_question_that_nobody_answered_is_passed_over(tmp_path: Path) -> None:
    make_dataset([record({"residence": "FI"})] * 3, [edition()], tmp_path / "dataset")
    number = checked_number(with_report(read_dataset(tmp_path / "dataset"), "{{ share told yes }}\n"))
    assert number is not None
    assert (number.item, number.answer, number.count, number.share) == ("residence", "FI", 3, 100)


def test_dataset_without_answers_has_none(tmp_path: Path) -> None:
    make_dataset([], [edition()], tmp_path / "dataset")
    assert checked_number(read_dataset(tmp_path / "dataset")) is None


def test_report_shows_it_within_its_noise(dataset: Dataset) -> None:
    text = "# Told\n\n{{ share told yes }}\n\n```figure\nquestion: told\n```\n"
    shown = with_report(dataset, text)
    number = checked_number(shown)
    assert number is not None
    made = release_report(shown, read_template(text), None, ("en", ""), None)
    [table] = [table for table in made.tables if table.request == TableRequest("told")]
    column = table.columns[0]
    [cell] = [cell for row, cell in zip(table.rows, column.cells, strict=True) if row == "yes"]
    assert column.base is not None
    assert cell.count is not None
    assert cell.share is not None
    assert abs(column.base - number.base) <= number.noise_bound
    assert abs(cell.count - number.count) <= number.noise_bound
    assert abs(cell.share - number.share) <= 1 + 200 * number.noise_bound / number.base
