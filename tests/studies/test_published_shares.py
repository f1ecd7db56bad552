"""The margins of the second study's rehearsal are shares that were published of 11,470 answers
(https://www.arxiv.org/abs/2404.14112): set exactly, they come out of the counting to the digit, and out of what is
released within the bound of its noise."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import pytest

from kuule.analysis.crosstabs.counting import count_tables
from kuule.dataset.schema.dataset_reader import Dataset, read_dataset
from kuule.forms.record import Record
from kuule.publishing.template.template_reader import read_template
from kuule.study.edition.study_edition import Edition
from kuule.study.settings.rehearsal_settings import read_rehearsal_settings
from kuule.tables.missing import Missing
from kuule.tables.request import TableRequest
from kuule.usecases.reporting.released_report import release_report
from tests.factories import make_dataset, private_key
from tests.kept import frozen
from tests.studies.second_study import STUDY
from tests.studies.shipped_study import asked_items, study

PEOPLE = 11_470
PUBLISHED = {
    ("first_seen", ("under_13", "13_to_15", "16_to_17")): 65.3,
    ("want_stop", ("yes",)): 48.1,
    ("got_help", ("no",)): 73.9,
}
"""In per cent: saw such images first before they were 18; want to stop; of those who looked for help, had none."""


def counts_of(item: str, people: int) -> dict[str, int]:
    """So many people by the margins of rehearsal.toml: whole, and of the right number (largest remainders)."""
    weights = read_rehearsal_settings(study(STUDY).rehearsal).answers[item]
    total = sum(weights.values())
    shares = {code: people * weight / total for code, weight in weights.items()}
    counts = {code: int(share) for code, share in shares.items()}
    late = sorted(shares, key=lambda code: counts[code] - shares[code])
    for code in late[: people - sum(counts.values())]:
        counts[code] += 1
    return counts


def answers_of(item: str, people: int) -> list[str]:
    codes = [code for code, count in counts_of(item, people).items() for _ in range(count)]
    random.Random(item).shuffle(codes)
    return codes


def everyone(edition: Edition) -> Iterator[bytes]:
    """The records of people who answered four questions and skipped the others. Many are alike."""
    path = {item.name: item.path for item in asked_items(STUDY)}
    given = {item: answers_of(item, PEOPLE) for item in ("first_seen", "want_stop", "sought")}
    helped = iter(answers_of("got_help", given["sought"].count("yes")))
    languages, known = sorted(edition.languages), {"study": edition.study.id, "edition": edition.id}

    @cache
    def record_of(tag: str, answered: tuple[tuple[str, str], ...]) -> bytes:
        answers = {path[item]: code for item, code in answered}
        missing = {
            one.path: Missing.NOT_ASKED if one.name == "got_help" else Missing.PASSED_OVER
            for one in asked_items(STUDY)
            if one.path not in answers
        }
        return Record(**known, language=tag, link="", week="2026-W48", answers=answers, missing=missing).to_bytes()

    for number in range(PEOPLE):
        answered = [(item, codes[number]) for item, codes in given.items()]
        if given["sought"][number] == "yes":
            answered.append(("got_help", next(helped)))
        yield record_of(languages[number % len(languages)], tuple(answered))


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    folder = tmp_path_factory.mktemp("shares")
    edition = frozen(STUDY, private_key().public, folder / "edition")
    make_dataset(everyone(edition), [edition], folder / "dataset")
    return read_dataset(folder / "dataset")


def test_everyone_is_counted(dataset: Dataset) -> None:
    [table] = count_tables(dataset, [TableRequest("first_seen")])
    assert (table.columns[0].base, dict(zip(table.rows, table.columns[0].counts, strict=True))) == (
        PEOPLE,
        counts_of("first_seen", PEOPLE),
    )


@pytest.mark.parametrize(("asked", "published"), PUBLISHED.items())
def test_published_share_comes_out_of_the_counting_to_the_digit(
    dataset: Dataset, asked: tuple[str, Sequence[str]], published: float
) -> None:
    item, codes = asked
    [table] = count_tables(dataset, [TableRequest(item)])
    count = of(dict(zip(table.rows, table.columns[0].counts, strict=True)), codes)
    assert round(100 * count / table.columns[0].base, 1) == published


@pytest.mark.parametrize(("asked", "published"), PUBLISHED.items())
def test_published_share_comes_out_of_the_report_within_the_bound_of_its_noise(
    dataset: Dataset, asked: tuple[str, Sequence[str]], published: float
) -> None:
    item, codes = asked
    template = read_template(study(STUDY).report)
    tables = release_report(dataset, template, None, ("en", ""), None).tables
    [released] = (each for each in tables if each.request == TableRequest(item))
    [exact] = count_tables(dataset, [TableRequest(item)])
    [column] = released.columns
    assert column.base is not None
    bound = dataset.study.disclosure.noise_bound
    shown = {row: cell.count for row, cell in zip(released.rows, column.cells, strict=True)}
    really = dict(zip(exact.rows, exact.columns[0].counts, strict=True))
    assert abs(column.base - exact.columns[0].base) <= bound
    assert all(shown[row] is not None and abs(shown[row] - count) <= bound for row, count in really.items()), shown
    off = 100 * (len(codes) + 1) * bound / (column.base - bound)
    assert abs(100 * of(shown, codes) / column.base - published) <= off + 0.05


def of(counts: Mapping[str, int | None], codes: Sequence[str]) -> int:
    return sum(counts[code] or 0 for code in codes)
