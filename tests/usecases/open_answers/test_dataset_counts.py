"""Responses by week: exact, and no row of a few people."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.core.problems import ArchiveError
from kuule.usecases.open_answers.dataset_counts import WeekCount, dataset_counts, joined_weeks
from tests.dataset.small import edition, record
from tests.factories import make_dataset


@pytest.mark.parametrize(
    ("weeks", "joined"),
    [
        ([], []),
        ([("1", 3)], [("1", "1", 3)]),
        ([("1", 10), ("2", 11)], [("1", "1", 10), ("2", "2", 11)]),
        ([("1", 3), ("2", 4), ("3", 3), ("4", 20)], [("1", "3", 10), ("4", "4", 20)]),
        ([("1", 20), ("2", 1), ("3", 2)], [("1", "3", 23)]),
        ([("1", 1), ("2", 2)], [("1", "2", 3)]),
    ],
)
def test_weeks_of_few_are_counted_with_those_beside_them(weeks, joined) -> None:
    assert joined_weeks(weeks) == tuple(WeekCount(*one) for one in joined)


def test_languages_that_nobody_used_are_there(tmp_path: Path) -> None:
    make_dataset([record({"told": "yes"})] * 3, [edition()], tmp_path / "ds")
    found = dataset_counts(tmp_path / "ds")
    assert found.languages == {"ar": 0, "en": 3}
    assert [one.name for one in found.weeks] == ["2026-W48"]
    assert (found.locked, found.rehearsal, found.responses) == (False, True, 3)


def test_a_folder_without_a_dataset_is_told(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="DATA_004"):
        dataset_counts(tmp_path)
