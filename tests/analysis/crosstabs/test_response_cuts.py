"""Cuts by what a response says of itself, and tables of a part of the people, against counting them one by one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kuule.analysis.crosstabs.axes import check_requests
from kuule.analysis.crosstabs.counting import count_tables
from kuule.core.problems import PublishingError
from kuule.dataset.schema.dataset_reader import Dataset, read_dataset
from kuule.study.settings.study_settings import LinkSettings
from kuule.tables.request import Subpopulation, TableRequest
from tests.dataset.small import edition, record
from tests.factories import make_dataset

PARTNERS = {"k7": "First Partner", "b22": "Second Partner"}
PEOPLE = [
    ("yes", "FI", "k7", "2026-W53", "en", 1),
    ("yes", "SE", "k7", "2027-W01", "ar", 2),
    ("no", "FR", "", "2026-W40", "en", 1),
    ("no", "FI", "z9", "2026-W39", "en", 2),
    ("yes", "FI", "", "2026-W48", "en", 2),
]
"""told, residence, link (one that the study has no more), week, language, edition."""


def dataset(folder: Path, partners: dict[str, str] = PARTNERS) -> Dataset:
    editions = [
        replace(one, study=replace(one.study, links=LinkSettings(True, partners))) for one in (edition(1), edition(2))
    ]
    rows = [
        record({"told": told, "residence": land}, number=number, link=link, week=week, language=language)
        for told, land, link, week, language, number in PEOPLE
    ]
    make_dataset(rows, editions, folder / "ds")
    return read_dataset(folder / "ds")


def bases(made: Dataset, request: TableRequest) -> dict[str, tuple[int, ...]]:
    [table] = count_tables(made, [request])
    return {column.code: column.counts for column in table.columns}


def test_cuts_by_what_a_response_says_of_itself_have_all_who_are_in_each_group(tmp_path: Path) -> None:
    made = dataset(tmp_path)
    assert bases(made, TableRequest("told", "@edition")) == {f"{1:064x}": (1, 1), f"{2:064x}": (2, 1)}
    assert bases(made, TableRequest("told", "@link")) == {"k7": (2, 0), "b22": (0, 0), "none": (1, 1)}


def test_quarter_of_a_week_is_that_of_its_thursday(tmp_path: Path) -> None:
    """The week 53 of 2026 ends in January 2027; its Thursday is the last day of the year."""
    made = dataset(tmp_path)
    assert bases(made, TableRequest("told", "@quarter")) == {"2026-Q3": (0, 1), "2026-Q4": (2, 1), "2027-Q1": (1, 0)}


@pytest.mark.parametrize(
    ("within", "counts"),
    [
        (Subpopulation("region", "north"), (3, 1)),
        (Subpopulation("region", "else"), (0, 1)),
        (Subpopulation("@link", "k7"), (2, 0)),
        (Subpopulation("@link", "none"), (1, 1)),
        (Subpopulation("@language", "ar"), (1, 0)),
        (Subpopulation("@quarter", "2026-Q4"), (2, 1)),
    ],
)
def test_table_within_a_group_counts_its_people_only(
    tmp_path: Path, within: Subpopulation, counts: tuple[int, int]
) -> None:
    made = dataset(tmp_path)
    assert bases(made, TableRequest("told", None, within)) == {"": counts}
    cut = bases(made, TableRequest("told", "@language", within))
    assert tuple(map(sum, zip(*cut.values(), strict=True))) == counts


def test_request_says_within_whom() -> None:
    assert str(TableRequest("told", "age", Subpopulation("region", "north"))) == "told by age within region=north"


@pytest.mark.parametrize(
    ("within", "said"),
    [
        (Subpopulation("regio", "north"), "no group named 'regio' to report on\n  did you mean 'region'?"),
        (Subpopulation("region", "nort"), "no member of 'region' named 'nort' to report on\n  did you mean 'north'?"),
        (Subpopulation("region", "mars"), "no member of 'region' named 'mars' to report on\n  name one of north, else"),
        (Subpopulation("@link", "zz9"), "no member of '@link' named 'zz9' to report on\n  name one of k7, b22, none"),
    ],
)
def test_group_that_does_not_exist_is_said_with_near_names(tmp_path: Path, within: Subpopulation, said: str) -> None:
    with pytest.raises(PublishingError) as refused:
        check_requests([TableRequest("told", None, within)], dataset(tmp_path))
    [problem] = refused.value.problems
    assert (problem.code, problem.place) == ("REPORT_013", f"table told within {within}")
    assert f"{problem.cause}\n  {problem.remedy}".endswith(said)


def test_study_without_partners_has_nothing_to_cut_by_them(tmp_path: Path) -> None:
    with pytest.raises(PublishingError, match="REPORT_011"):
        check_requests([TableRequest("told", "@link")], dataset(tmp_path, {}))
