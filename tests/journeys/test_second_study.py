"""The second study without script: each language from its first page to "thank you", and a rehearsal of as many
responses as *Help us to know* had, through to both reports."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from kuule.analysis.crosstabs.counting import count_tables
from kuule.dataset.cleaning import cleaned_origin
from kuule.dataset.schema.dataset_reader import Dataset, read_dataset
from kuule.forms.compile.items import Item
from kuule.languages.cldr.tags import find_language
from kuule.publishing.template.template_reader import read_template
from kuule.rehearsal.crowd import rehearse
from kuule.tables.missing import RESERVED_CHOICES
from kuule.tables.request import TableRequest
from kuule.usecases.reporting.make_reports import ReportOptions, write_reports
from kuule.usecases.reporting.released_report import release_report
from tests.journeys.chromium import Chromium
from tests.journeys.house import House, build, open_house
from tests.journeys.reader import Reader, borrowed
from tests.studies import shipped_study
from tests.studies.second_study import EVERYTHING, STUDY

LANGUAGES = shipped_study.languages_of(STUDY)
SAMPLE = ("ar",)
"""What every run of the tests tries; `make test-all` tries them all."""
RESPONSES = 4_549
TODAY = datetime.now(UTC).date()


def answers() -> dict[str, str | tuple[str, ...]]:
    """What somebody says who answers everything, as a browser enters it."""
    walked = shipped_study.walk(EVERYTHING, folder=STUDY)
    asked = {shipped_study.name_of(q.path): q for page in walked.pages for q in page.questions}
    return {name: shipped_study.answer(question, EVERYTHING)[0] for name, question in asked.items()}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(build(tmp_path_factory.mktemp("second"), STUDY)) as running:
        yield running


@pytest.mark.browser
@pytest.mark.parametrize(
    "tag", [tag if tag in SAMPLE else pytest.param(tag, marks=pytest.mark.whole) for tag in ("en", *LANGUAGES)]
)
def test_whole_study_is_answered_in_its_language_only(house: House, chromium: Chromium, tag: str) -> None:
    said = answers()
    person = Reader(chromium, said)
    person.begin(house.url, tag)
    html = person.document()
    assert (html.get("lang"), html.get("dir")) == (tag, find_language(tag).direction)
    person.answer_all()
    assert person.form() is None, person.text()
    assert set(said) <= person.asked
    assert tag == "en" or borrowed(tag, person, STUDY) == set()


@pytest.mark.whole
@pytest.mark.timeout(3600)
def test_rehearsal_of_4549_responses_is_what_dataset_and_both_reports_say(tmp_path: Path) -> None:
    """Counted by hand from what was sealed, by the tables from the dataset, and in the reports within their noise."""
    with open_house(build(tmp_path / "house", STUDY)) as house:
        sent = seed = 0
        while sent < RESPONSES:
            counts = rehearse(house.url, house.edition, responses=RESPONSES - sent, seed=seed, today=TODAY)
            sent, seed = sent + counts.sent, seed + 1
        archive = house.archive()
        records, folder = house.records(archive), house.dataset(archive)
    assert len(records) == RESPONSES
    dataset = read_dataset(folder)
    compare_with_what_was_sealed(dataset, records)
    compare_with_what_is_released(dataset)
    pages = write_reports(folder, tmp_path / "r.html", options=ReportOptions(languages=("en", "ar"), drafts=True)).pages
    english, arabic = (numbers_in(page) for page in pages)
    assert english == arabic
    assert len(english) > 200


def compare_with_what_was_sealed(dataset: Dataset, records: Sequence[Mapping[str, Any]]) -> None:
    """Every question with choices: each answer as often in the dataset's tables as in the records. Whoever said nothing
    but yes to the first two questions is set aside."""
    gates = {gate.question for gate in dataset.study.gates.values()}
    kept = [record for record in records if any(given(record, one) for one in choosing() if one.name not in gates)]
    assert cleaned_origin(dataset).set_aside[-1].left == len(kept) >= RESPONSES - 50
    tables = count_tables(dataset, [TableRequest(one.name) for one in choosing()])
    for one, table in zip(choosing(), tables, strict=True):
        by_hand = Counter(code for record in kept for code in given(record, one))
        counted = dict(zip(table.rows, table.columns[0].counts, strict=True))
        assert {code: count for code, count in counted.items() if count} == by_hand, one.name


def choosing() -> list[Item]:
    return [one for one in shipped_study.asked_items(STUDY) if one.choices]


def given(record: Mapping[str, Any], item: Item) -> list[str]:
    """What somebody answered: codes with content."""
    return [code for code in record["answers"].get(item.path, "").split() if code not in RESERVED_CHOICES]


def compare_with_what_is_released(dataset: Dataset) -> None:
    """Each number in the tables of the report is off by the bound of the noise at most."""
    template = read_template(shipped_study.study(STUDY).report)
    bound, seen = dataset.study.disclosure.noise_bound, 0
    for released in release_report(dataset, template, None, ("en", ""), None).tables:
        [exact] = count_tables(dataset, [released.request])
        real = {column.code: dict(zip(exact.rows, column.counts, strict=True)) for column in exact.columns}
        for column in released.columns:
            for row, cell in zip(released.rows, column.cells, strict=column.base is not None):
                assert cell.count is None or abs(cell.count - real[column.code][row]) <= bound, (released.request, row)
                seen += cell.count is not None
    assert seen > 100


def numbers_in(page: Path) -> list[str]:
    """The numbers in the tables of a report, in the digits of English."""
    cells = lxml.html.document_fromstring(page.read_text("utf-8")).xpath("//table//td")
    digits = ("".join(str(unicodedata.digit(each, "")) for each in cell.text_content()) for cell in cells)
    return [number for number in digits if number]
