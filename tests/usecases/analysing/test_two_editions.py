"""A field of two editions, from a running site of each to the report: what people sent is what is counted.

Seventy people come to the first edition, twenty to the second. In between, "How old are you?" was put in other words,
and a question came.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from kuule.analysis.crosstabs.counting import count_tables
from kuule.dataset.schema.dataset_reader import Dataset, read_dataset
from kuule.rehearsal.crowd import rehearse
from kuule.tables.missing import Missing
from kuule.tables.request import TableRequest
from kuule.usecases.analysing.open_archives import OpenedArchives, open_sources, read_source
from kuule.usecases.key_custody.key_files import read_private_key
from kuule.usecases.reporting.make_reports import ReportOptions, write_reports
from tests.journeys.house import House, open_house
from tests.ports import free_port
from tests.study.small_study import FORM, SETTINGS, make_edition, make_study, write_pair

pytestmark = pytest.mark.slow
YEARS = "| | integer | years | For how many years have you lived there? | | | | |\n"
LATER = FORM.replace("How old are you?", "Which age are you?").replace(
    YEARS, f"{YEARS}| | select_one yes_no | settled | Do you want to stay there? | | | | |\n"
)


@dataclass(frozen=True, slots=True)
class Field:
    """What there is after the field: the dataset, what was said while it was opened, and what each edition was sent."""

    path: Path
    said: OpenedArchives
    first: list[dict[str, Any]]
    second: list[dict[str, Any]]

    @property
    def dataset(self) -> Dataset:
        return read_dataset(self.path)


@pytest.fixture(scope="module")
def field(tmp_path_factory: pytest.TempPathFactory) -> Field:
    folder = tmp_path_factory.mktemp("field")
    archives, sent = [], []
    for number, (form, people) in enumerate([(FORM, 70), (LATER, 20)], 1):
        place = folder / f"edition-{number}"
        write_pair(place / "keys")
        house = House(place, make_edition(place, form=form, settings=SETTINGS), free_port())
        with open_house(house) as running:
            rehearse(running.url, running.edition, responses=people, seed=number, today=datetime.now(UTC).date())
        archives.append(house.archive())
        sent.append(house.records(archives[-1]))
    key = folder / "edition-1" / "keys" / "test.rehearsal.secret-key"
    open_sources([read_source(archives[0])], [read_private_key(key)], folder / "ds")
    said = open_sources([read_source(each) for each in archives], [read_private_key(key)], folder / "ds")
    return Field(folder / "ds", said, *sent)


def by_hand(sent: list[dict[str, Any]], name: str) -> Mapping[str, int]:
    """How often each answer to a question was sent."""
    answers = (value for record in sent for path, value in record["answers"].items() if path.endswith(f"/{name}"))
    return Counter(one for value in answers if value not in ("prefer_not_to_say", "do_not_know") for one in [value])


def counted(dataset: Dataset, item: str) -> tuple[Mapping[str, int], int, int]:
    """The answers of a table, its base, and how many answered an edition without the item."""
    [table] = count_tables(dataset, [TableRequest(item)])
    [column] = table.columns
    answers = {row: count for row, count in zip(table.rows, column.counts, strict=True) if count}
    return answers, column.base, column.missing[Missing.NOT_IN_EDITION]


def test_second_edition_is_taken_in_and_said(field: Field) -> None:
    lines = list(field.said.lines(field.path))
    opened = f"{len(field.second)} new answers opened, 0 taken out, {len(field.first)} were there"
    assert lines[0] == f"{opened}; 0 could not be opened"
    second = field.dataset.info.editions[1][:8]
    assert f"new in it: edition 2 of 2, {second}" in lines
    columns = "age_band@1 (edition 1 of 2), age_band (edition 2 of 2)"
    assert f"'age_band' changed, and has a column for each version: {columns}" in lines


def test_figures_are_those_of_a_count_by_hand(field: Field) -> None:
    dataset, first, second = field.dataset, field.first, field.second
    for item, name, people, others in [
        ("age_band@1", "age_band", first, len(second)),
        ("age_band", "age_band", second, len(first)),
        ("settled", "settled", second, len(first)),
        ("residence", "residence", [*first, *second], 0),
    ]:
        answers = by_hand(people, name)
        assert counted(dataset, item) == (answers, sum(answers.values()), others), item


REPORT = "# {{ title }}\n" + "".join(
    f"\n```figure\nquestion: {item}\n```\n" for item in ("age_band@1", "age_band", "settled", "residence")
)


@pytest.fixture(scope="module")
def figures(field: Field, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """What the report says of each question, as plain text."""
    folder = tmp_path_factory.mktemp("report")
    study = make_study(folder / "study", form=LATER, report=REPORT)
    [page] = write_reports(field.path, folder / "report.html", options=ReportOptions(text=study)).pages
    words = " ".join(re.sub(r"<[^>]+>", " ", page.read_text("utf-8")).split())
    said = words.partition("How these numbers were made")[0].split("Practice, not real answers")
    questions = ("How old are you?", "Which age are you?", "Do you want to stay there?", "Where do you live?")
    return {each: text for each in questions for before, text in pairwise(said) if before.strip().endswith(each)}


def test_report_says_which_edition_asked_and_counts_its_people_alone(field: Field, figures: Mapping[str, str]) -> None:
    old = figures["How old are you?"]
    answers = by_hand(field.first, "age_band")
    base = int(re.search(r"Base: about (\d+) people", old)[1])  # type: ignore[index]  # a report without it fails here
    assert abs(base - sum(answers.values())) <= field.dataset.study.disclosure.noise_bound
    assert "Asked in these words in edition 1 of 2 only. Answers to other words are counted separately." in old
    assert "edition" not in figures["Where do you live?"], "it is the same question in both"


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Which age are you?", "Asked in these words in edition 2 of 2 only. Answers to other words are counted"),
        ("Do you want to stay there?", "Asked in edition 2 of 2 only: people who answered another one are not in the"),
    ],
)
def test_question_that_few_were_asked_is_withheld(figures: Mapping[str, str], question: str, asked: str) -> None:
    said = figures[question]
    assert "This figure is not shown: too few people answered" in said
    assert asked in said
    assert not re.search(r"\d+%|Base:", said)
