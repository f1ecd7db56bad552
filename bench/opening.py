"""Measures how an archive is opened into a dataset, by turns with bare decryption into Arrow columns in as many
processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.bare_opening import PROCESSES
from bench.memory import megabytes_of_tree
from bench.sealed_answers import sealed_answers
from bench.yardstick import Figure

Row = tuple[str, str]
ROWS = int(os.environ.get("BENCH_ROWS", "100000"))
ROUNDS = 3


def measure(rows: int = ROWS) -> list[Row]:
    """Rows of the table: the fastest of some rounds of each, and the most memory of all processes together."""
    with TemporaryDirectory(dir=os.environ.get("BENCH_FOLDER")) as folder:
        made = sealed_answers(Path(folder), rows)
        size = made.archive.stat().st_size / 2**20
        bare, ours = zip(*((run(made.archive), run(made.archive, "--ours")) for _ in range(ROUNDS)), strict=True)
    quickest = [[min(figures) for figures in list(zip(*runs, strict=True))[:2]] for runs in (bare, ours)]
    ratios = [mine / other for mine, other in zip(quickest[1], quickest[0], strict=True)]
    return [
        (
            "archive",
            f"{rows:,} envelopes of 60 questions, {size:.0f} MiB; {PROCESSES} processes, {ROUNDS} rounds in turns",
        ),
        ("bare decryption and columns", _told(quickest[0], max(run[2] for run in bare), rows)),
        ("opened to a dataset", _told(quickest[1], max(run[2] for run in ours), rows)),
        ("  times the bare one", f"{ratios[0]:.2f} by the clock, {ratios[1]:.2f} by the cores"),
    ]


def _told(seconds: list[float], megabytes: float, rows: int) -> Figure:
    """The time in words, and how much of a core an envelope takes."""
    words = (
        f"{seconds[0]:.2f} s, {seconds[1]:.2f} s of a core, at most {megabytes:.0f} MiB in all processes; an envelope"
    )
    return Figure(words, seconds[1] / rows, "S")


def run(archive: Path, *options: str) -> tuple[float, float, float]:
    """Open an archive by the bare program, or by Kuule: the seconds, the seconds of a core, and the most MiB."""
    command = [sys.executable, "-m", "bench.bare_opening", str(archive), *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)  # noqa: S603 -- our own interpreter and our own module
    most = 0.0
    while process.poll() is None:
        most = max(most, megabytes_of_tree(process.pid))
        time.sleep(0.05)
    said, _ = process.communicate()
    if process.returncode:
        raise RuntimeError("it broke off")
    _, clock, cores = json.loads(said)
    return clock, cores, most
