"""`make bench BENCH=growth`: how what Kuule costs grows with people, questions, responses and languages.

It takes half an hour and more, so that `make bench` leaves it out unless it is named. `GROWTH="people questions"`
measures these curves alone, `GROWTH_MOST=1000000` no size beyond that. `GROWTH_TO=<file>` keeps the points: those of
docs/explanation/speed.md are in docs/explanation/speed/growth.csv, and `python -m bench.growth` draws them.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench import yardstick
from bench.growth import languages, people, questions, responses
from bench.growth.figures import Measure, Point, points_of, write_points

Row = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Curve:
    """What grows, the sizes at which it is measured, and how."""

    grows: str
    sizes: tuple[int, ...]
    measure: Measure


CURVES: Mapping[str, Curve] = {
    "people": Curve("people at the same time", people.SIZES, people.measure),
    "questions": Curve("questions", questions.SIZES, questions.measure),
    "opening": Curve("responses in an archive", responses.OPENED, responses.measure_opening),
    "tables": Curve("responses in a dataset", responses.COUNTED, responses.measure_tables),
    "languages": Curve("languages", languages.SIZES, languages.measure),
}


def measure() -> list[Row]:
    """Rows of the table: each line of each curve at each size. Raises KeyError for a curve that is not there."""
    most, to = int(os.environ.get("GROWTH_MOST", "0")), os.environ.get("GROWTH_TO", "")
    rows: list[Row] = []
    for name in os.environ.get("GROWTH", "").split() or CURVES:
        curve = CURVES[name]
        for size in (size for size in curve.sizes if not most or size <= most):
            now = yardstick.take()
            points = points_of(name, size, curve.measure(size), now)
            if to:
                write_points(points, Path(to))
            rows += [(f"{size:,} {curve.grows}: {one.line}", in_words(one)) for one in points]
            print("\n".join(f"  {label}  {figure}" for label, figure in rows[-len(points) :]), flush=True)
    return rows


def in_words(point: Point) -> str:
    """A point as it is printed: `0.25 s of a core = 1,240 D (load 3.1); a note`."""
    seconds = f"{point.seconds * 1000:.3g} ms" if point.seconds < 1 else f"{point.seconds:.3g} s"
    of = "by the clock" if point.clock == "yes" else "of a core"
    note = f"; {point.note}" if point.note else ""
    return f"{seconds} {of} = {yardstick.short(point.multiple)} {point.yardstick} (load {point.load}){note}"
