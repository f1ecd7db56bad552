"""Measures many tables of many responses, with disclosure control, and the bare counts of the same by plain Polars.

`python -m bench.counting RESPONSES STREAMED ROUNDS` measures other sizes than `make bench BENCH=counting`.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from bench.answers import AGES, MANY, NUMBERS, QUESTIONS, REGIONS, make_dataset
from bench.yardstick import Figure
from kuule.dataset.ingest.table_schemas import RESPONSES
from kuule.dataset.schema.dataset_reader import Dataset, read_dataset
from kuule.dataset.schema.number_bands import BAND_WIDTH
from kuule.dataset.schema.variable_types import variable_type
from kuule.disclosure.release import release
from kuule.disclosure.thresholds import disclosure_rules
from kuule.tables.released import ReleasedTable
from kuule.tables.request import LANGUAGE, TableRequest
from kuule.usecases.reporting.released_report import count_for_release

Row = tuple[str, str]
CROSSED = 200


def requests() -> list[TableRequest]:
    """60 frequencies and 200 cross-tables: by two groups, by language and by other questions, all within the query
    budget."""
    items = [f"q{number}" for number in range(QUESTIONS)]
    asked = [TableRequest(item) for item in items]
    asked += [TableRequest(item, "region") for item in items[1:]]
    asked += [TableRequest(item, "age_group") for item in [items[0], *items[2:]]]
    asked += [TableRequest(item, LANGUAGE) for item in items[: QUESTIONS // 2]]
    one = items[1 : QUESTIONS - NUMBERS - MANY]
    asked += [TableRequest(item, one[(number + 7) % len(one)]) for number, item in enumerate(items)]
    return asked[: QUESTIONS + CROSSED]


def ours(dataset: Dataset) -> tuple[ReleasedTable, ...]:
    """Everything that turns a dataset into tables that may be published."""
    rules = disclosure_rules(dataset.study, dataset.codebook.rests_on)
    return release(count_for_release(dataset, requests(), rules), rules)


def plain(dataset: Dataset) -> list[pl.DataFrame]:
    """Only the counts: no keys, no cleaning, no disclosure control."""
    frame = pl.scan_parquet(dataset.path / RESPONSES)
    frame = frame.with_columns(_mapped("q0", REGIONS).alias("region"), _mapped("q1", AGES).alias("age_group"))
    return pl.collect_all([_bare(frame, request, dataset) for request in requests()])


def _mapped(question: str, members: Mapping[str, Iterable[str]]) -> pl.Expr:
    member = {code: name for name, codes in members.items() for code in codes}
    column = pl.col(question).cast(pl.String)
    return pl.when(column.is_not_null()).then(column.replace_strict(member, default="rest"))


def _bare(frame: pl.LazyFrame, request: TableRequest, dataset: Dataset) -> pl.LazyFrame:
    item = dataset.codebook.items[request.item]
    by = [] if request.cut is None else [request.cut.removeprefix("@")]
    if item.multiple:
        sums = [pl.col(f"{item.name}/{choice}").sum() for choice in item.choices]
        return frame.group_by(by).agg(sums) if by else frame.select(sums)
    code = pl.col(item.name) // BAND_WIDTH if variable_type(item.control).is_banded else pl.col(item.name)
    return frame.group_by(code, *by).len()


def measure(responses: int = 1_000_000, streamed: int = 10_000_000, rounds: int = 3) -> list[Row]:
    """Rows of the table: both by turns in one process; then each alone in a process, to measure its memory."""
    rows: list[Row] = [("tables", f"{QUESTIONS} frequencies and {CROSSED} cross-tables of {QUESTIONS} questions")]
    with tempfile.TemporaryDirectory() as folder:
        path = str(make_dataset(Path(folder) / "some", responses))
        both = measured_apart("pair", path, str(rounds))
        rows.append((f"{responses:,} responses, plain Polars, bare counts", _seconds(both, "plain")))
        rows.append(("  ours, with keys, cleaning, noise and nearness", _seconds(both, "ours")))
        ratios = [
            statistics.median(a[n] / b[n] for a, b in zip(both["ours"], both["plain"], strict=True)) for n in (0, 1)
        ]
        rows.append(("  ours to plain Polars", f"{ratios[0]:.2f} by the clock, {ratios[1]:.2f} by the cores' time"))
        for name in ("plain", "ours"):
            rows.append((f"  most memory, {name}", f"{measured_apart(name, path)['mib']:.0f} MiB"))
    with tempfile.TemporaryDirectory() as folder:
        if streamed:
            alone = measured_apart("ours", str(make_dataset(Path(folder) / "many", streamed)))
            took = _seconds(alone, "ours")
            words = f"{took}, {alone['mib']:.0f} MiB at most"
            rows.append((f"{streamed:,} responses, ours", Figure(words, took.seconds, took.by)))
    return rows


def _seconds(found: dict[str, Any], name: str) -> Figure:
    seconds, cores = zip(*found[name], strict=True)
    spent = statistics.median(cores)
    return Figure(f"median {statistics.median(seconds):.2f} s, {spent:.2f} of the cores", spent, "P")


def measured_apart(*arguments: str) -> dict[str, Any]:
    """What a separate process measures."""
    command = [sys.executable, "-m", "bench.counting", *arguments]
    found: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)  # noqa: S603 -- our own interpreter
    return found


def _alone(name: str, path: str, rounds: str = "1") -> str:
    """Run `pair` or one of WAYS on a dataset. Returns the seconds on the clock and of the cores, by way and round, and
    the memory."""
    dataset = read_dataset(Path(path))
    found: dict[str, Any] = {way: [] for way in (WAYS if name == "pair" else [name])}
    for _ in range(int(rounds)):
        for way, took in found.items():
            began, cores = time.perf_counter(), time.process_time()
            WAYS[way](dataset)
            took.append((time.perf_counter() - began, time.process_time() - cores))
    return json.dumps({**found, "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024})


WAYS: Mapping[str, Callable[[Dataset], object]] = {"plain": plain, "ours": ours}


def main(arguments: list[str]) -> None:
    """Do the task of a child process, or measure with the given sizes."""
    if arguments and not arguments[0].isdigit():
        print(_alone(*arguments))
        return
    for label, figure in measure(*map(int, arguments)):
        print(f"{label}: {figure}")


if __name__ == "__main__":
    main(sys.argv[1:])
