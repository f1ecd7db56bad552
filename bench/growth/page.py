"""What docs/explanation/speed.md shows of growth.csv: each plot, with its numbers in words and as a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from bench.growth.figures import Point, read_points
from bench.growth.plots import Plot, plot_svg
from bench.yardstick import short

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "explanation" / "speed.md"
PICTURES = ROOT / "docs" / "pictures"
_TITLES = {
    ("people", "no"): ("growth-people", "What a complete visit takes", "people who answer at the same time"),
    ("people", "yes"): ("growth-waiting", "How long the slowest wait", "people who answer at the same time"),
    ("questions", "no"): ("growth-questions", "What a longer questionnaire takes", "questions"),
    ("opening", "no"): ("growth-opening", "What it takes to open one envelope", "responses in the archive"),
    ("tables", "no"): ("growth-tables", "What 260 tables take", "responses in the dataset"),
    ("languages", "no"): ("growth-languages", "What more languages take", "languages of the study"),
}
"""Of a curve, and of whether it is by the clock: the name of the picture, the title, and what its sizes count."""
_UNITS = {"D": "bare pages of Django (D)", "S": "bare sealings (S)", "P": "plain groupings of Polars (P)"}


def plots(points: Sequence[Point]) -> list[Plot]:
    """One plot for each curve and each way of measuring, in the order of the file."""
    found = []
    for (curve, clock), some in _grouped(points):
        name, title, across = _TITLES[curve, clock]
        own = [(line, [one for one in some if one.line == line]) for line in dict.fromkeys(one.line for one in some)]
        of = "by the clock" if clock == "yes" else "of a core"
        found.append(Plot(name, title, across, f"{of}, in {_UNITS[some[0].yardstick]}", own))
    return found


def _grouped(points: Sequence[Point]) -> Iterator[tuple[tuple[str, str], list[Point]]]:
    keys = list(dict.fromkeys((one.curve, one.clock) for one in points))
    ordered = sorted(points, key=lambda one: keys.index((one.curve, one.clock)))
    for key, some in groupby(ordered, key=lambda one: (one.curve, one.clock)):
        yield key, list(some)


def part_lines(plot: Plot) -> list[str]:
    """The picture with its text alternative, and the table of its points."""
    told = "; ".join(f"{name} from {_ends(line)}" for name, line in plot.lines)
    alternative = f"{plot.title}, {plot.up}, by {plot.across}: {told}. The table has every point."
    picture = f'<img src="../pictures/{plot.name}.svg" width="560" alt="{alternative}">'
    table = [f"| {plot.across} | {' | '.join(name for name, _ in plot.lines)} | measured |"]
    table.append("|---" * (len(plot.lines) + 2) + "|")
    for size in sorted({point.size for _, line in plot.lines for point in line}):
        row = [next((point for point in line if point.size == size), None) for _, line in plot.lines]
        table.append(f"| {size:,} | {' | '.join(map(_cell, row))} | {_how([one for one in row if one])} |")
    return [picture, "", *table]


def _ends(line: Sequence[Point]) -> str:
    first, last = line[0], line[-1]
    return f"{_multiple(first)} with {first.size:,} to {_multiple(last)} with {last.size:,}"


def _multiple(point: Point) -> str:
    return f"{short(point.multiple)} {point.yardstick}"


def _cell(point: Point | None) -> str:
    if point is None:
        return ""
    seconds = point.seconds
    words = f"{short(seconds)} s" if seconds >= 1 else f"{short(seconds * 1000)} ms"
    return f"{_multiple(point)} ({words if seconds >= 0.0005 else f'{short(seconds * 1e6)} µs'})"


def _how(points: Sequence[Point]) -> str:
    rounds = sorted({point.rounds for point in points})
    times = " to ".join(str(one) for one in dict.fromkeys((rounds[0], rounds[-1])))
    return f"{'once' if times == '1' else f'{times} times'}, load {points[0].load:g}"


def with_parts(page: str, made: Sequence[Plot]) -> str:
    """The page with every plot anew. Raises LookupError for one that it has no place for."""
    for plot in made:
        place = re.compile(
            rf"(<!-- made by python -m bench\.growth from growth\.csv: {plot.name} -->\n).*?(<!-- end -->)", re.DOTALL
        )
        lines = "\n".join(part_lines(plot))
        page, count = place.subn(lambda match, lines=lines: f"{match[1]}{lines}\n{match[2]}", page)  # type: ignore[misc]  # bound at once
        if count != 1:
            raise LookupError(plot.name)
    return page


def files() -> dict[Path, str]:
    """Every file that follows from growth.csv, with what stands in it."""
    made = plots(read_points())
    pictures = {PICTURES / f"{plot.name}.svg": plot_svg(plot) for plot in made}
    return {**pictures, PAGE: with_parts(PAGE.read_text("utf-8"), made)}
