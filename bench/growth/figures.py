"""What was measured of one curve: a point for each line and size, kept as CSV beside docs/explanation/speed.md.

Each point has the yardstick that was taken just before it on the same machine, so that points of different days can
stand on one curve.
"""

from __future__ import annotations

import csv
import os
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

from bench.yardstick import Yardstick

FILE = Path(__file__).parents[2] / "docs" / "explanation" / "speed" / "growth.csv"


@dataclass(frozen=True, slots=True)
class Point:
    """`seconds` of a core (by the clock, if `clock` is "yes") that one takes at a size: the median of some rounds.

    `yardstick` is its letter, `unit` the seconds of it then and there, `load` how many processes ran or waited for a
    core on average in the minute before. `note` is a second figure in words, such as memory.
    """

    curve: str
    line: str
    size: int
    seconds: float
    yardstick: str
    unit: float
    rounds: int
    clock: str = "no"
    load: float = 0.0
    measured: str = ""
    note: str = ""

    @property
    def multiple(self) -> float:
        """How many of the yardstick it takes."""
        return self.seconds / self.unit


@dataclass(frozen=True, slots=True)
class Measured:
    """What a curve's own module gives for one line at one size. `rounds` are seconds, of a core unless `by_clock`."""

    line: str
    rounds: Sequence[float]
    yardstick: str
    by_clock: bool = False
    note: str = ""


Measure = Callable[[int], Iterable[Measured]]
"""Measures all lines of a curve at a size."""


def points_of(curve: str, size: int, measured: Iterable[Measured], now: Yardstick) -> list[Point]:
    """The points of a size, with the yardstick that was taken before."""
    load, day = round(os.getloadavg()[0], 1), datetime.now(UTC).date().isoformat()
    return [
        Point(
            curve, one.line, size, statistics.median(one.rounds), one.yardstick, now[one.yardstick], len(one.rounds),
            "yes" if one.by_clock else "no", load, day, one.note,
        )
        for one in measured
    ]  # fmt: skip


def read_points(path: Path = FILE) -> list[Point]:
    """The points of a file; none if it is not there."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [_point(row) for row in csv.DictReader(file)]


def _point(row: dict[str, str]) -> Point:
    return Point(
        row["curve"], row["line"], int(row["size"]), float(row["seconds"]), row["yardstick"], float(row["unit"]),
        int(row["rounds"]), row["clock"], float(row["load"]), row["measured"], row["note"],
    )  # fmt: skip


def write_points(new: Iterable[Point], path: Path = FILE) -> None:
    """Put points into a file: each replaces the one of the same curve, line and size. The order is that of the file,
    with new lines at the end of their curve."""
    points = {(one.curve, one.line, one.size): one for one in [*read_points(path), *new]}
    curves = list(dict.fromkeys(one.curve for one in points.values()))
    lines = list(dict.fromkeys((one.curve, one.line) for one in points.values()))
    ordered = sorted(
        points.values(), key=lambda one: (curves.index(one.curve), lines.index((one.curve, one.line)), one.size)
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(field.name for field in fields(Point))
        writer.writerows([_short(value) for value in astuple(one)] for one in ordered)


def _short(value: object) -> object:
    """Seconds with five significant digits: more would be noise."""
    return f"{value:.5g}" if isinstance(value, float) else value
