"""How much there is in the dataset that a project is of: responses by language and by week. Exact, for the team alone.

Responses have a week, and texts have none: nothing here says when somebody wrote a text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kuule.dataset.lifecycle.lock_marker import is_locked
from kuule.dataset.response_counts import responses_by_language, responses_by_week
from kuule.dataset.schema.dataset_reader import read_dataset

LEAST_TOGETHER = 10
"""Responses. Weeks with fewer are counted together with those beside them: who knows when somebody answered does not
find a row of one."""


@dataclass(frozen=True, slots=True)
class WeekCount:
    """Responses of one ISO week such as 2026-W48, or of several that follow each other."""

    first: str
    last: str
    responses: int

    @property
    def name(self) -> str:
        return self.first if self.first == self.last else f"{self.first} to {self.last}"


@dataclass(frozen=True, slots=True)
class DatasetCounts:
    """What a dataset has. `languages` is how many responses came in each in which it could be answered."""

    study: str
    version: str
    rehearsal: bool
    locked: bool
    responses: int
    unopened: int
    languages: Mapping[str, int]
    weeks: tuple[WeekCount, ...]


def dataset_counts(path: Path) -> DatasetCounts:
    """What is in a dataset folder. Raises ArchiveError as `read_dataset` does."""
    dataset = read_dataset(path)
    return DatasetCounts(
        study=dataset.info.study,
        version=dataset.info.version,
        rehearsal=dataset.info.rehearsal,
        locked=is_locked(path),
        responses=dataset.info.responses,
        unopened=dataset.info.unopened,
        languages=responses_by_language(dataset),
        weeks=joined_weeks(responses_by_week(dataset).items()),
    )


def joined_weeks(weeks: Iterable[tuple[str, int]], least: int = LEAST_TOGETHER) -> tuple[WeekCount, ...]:
    """Weeks in order, each with those after it until they have `least` responses together; what is left at the end
    joins the last of them."""
    joined: list[WeekCount] = []
    waiting: WeekCount | None = None
    for week, responses in weeks:
        waiting = _together(waiting, WeekCount(week, week, responses))
        if waiting.responses >= least:
            joined.append(waiting)
            waiting = None
    if waiting is not None:
        joined.append(_together(joined.pop() if joined else None, waiting))
    return tuple(joined)


def _together(before: WeekCount | None, after: WeekCount) -> WeekCount:
    return after if before is None else WeekCount(before.first, after.last, before.responses + after.responses)
