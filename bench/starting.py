"""Measures what commands take before they do anything new: each in a process of its own, as a person runs it, with the
study that ships in its thirty languages. With `BEFORE=<folder>` of another checkout, the two are measured in turns.

    BEFORE=../kuule-before make bench BENCH=starting
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.ports import free_port

from bench.datasets import make_opened_dataset
from bench.memory import seconds_of_tree
from bench.reports import responses
from bench.yardstick import Figure
from kuule.opening.private_key import PrivateKey
from kuule.study.freeze import freeze

Row = tuple[str, str]
ROOT = Path(__file__).parent.parent
_RESPONSES = 3_000
_TURNS = 3
_PATIENCE = 120
_REPORT = """
import sys
from pathlib import Path
from kuule.usecases.reporting.make_reports import ReportOptions, write_reports
dataset = Path(sys.argv[1])
write_reports(dataset, dataset.with_name("report.html"), options=ReportOptions(("en",), drafts=True, pdf=False))
"""
Start = Callable[[Path, Path], float]
"""The seconds of a core that one start takes, with a checkout and an empty folder."""


def measure(turns: int = _TURNS) -> list[Row]:
    """Rows of the table: the median of some turns, and that of the checkout before in the same turns."""
    before = os.environ.get("BEFORE", "")
    trees = {"now": ROOT, **({"before": Path(before).resolve()} if before else {})}
    with TemporaryDirectory() as folder:
        place = Path(folder)
        rows: list[Row] = []
        for title, start in _starts(place).items():
            taken = _in_turns(start, trees, place / "turn", turns)
            rows.append((title, Figure(f"{taken['now']:.2f} s of a core", taken["now"], "D")))
            if "before" in taken:
                rows.append(("  before", Figure(f"{taken['before']:.2f} s of a core", taken["before"], "D")))
    return rows


def _in_turns(start: Start, trees: Mapping[str, Path], folder: Path, turns: int) -> dict[str, float]:
    taken: dict[str, list[float]] = {name: [] for name in trees}
    for turn in range(turns + 1):
        for name, tree in trees.items():
            folder.mkdir()
            seconds = start(tree, folder)
            shutil.rmtree(folder)
            if turn:  # the first one compiles modules, and warms the disk
                taken[name].append(seconds)
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def _starts(place: Path) -> dict[str, Start]:
    key = PrivateKey.generate(bytes(32), rehearsal=True)
    public, edition, dataset = place / "public.key", place / "edition", place / "dataset"
    public.write_text(key.public.to_text(), "utf-8")
    made = freeze(ROOT / "studies" / "our-voice", key.public, edition, drafts=True)
    make_opened_dataset(responses(made, _RESPONSES), made, key, dataset)
    freezing = ("freeze", "studies/our-voice", "--key", str(public), "--drafts", "--to")

    def report(tree: Path, folder: Path) -> float:
        shutil.copytree(dataset, folder / "dataset")
        return seconds_of_command(tree, "-c", _REPORT, str(folder / "dataset"))

    return {
        "kuule --help": lambda tree, _: seconds_of_command(tree, "-m", "kuule.cli", "--help"),
        "a study checked": lambda tree, _: seconds_of_command(tree, "-m", "kuule.cli", "check", "studies/our-voice"),
        "a study frozen": lambda tree, folder: seconds_of_command(
            tree, "-m", "kuule.cli", *freezing, str(folder / "edition")
        ),
        f"a report of {_RESPONSES:,} responses, a page in one language": report,
        "served until the first page, two workers": lambda tree, folder: first_page_seconds(tree, folder, edition),
    }


def _environment(tree: Path) -> dict[str, str]:
    """As a person has it: modules are compiled once, also where this shell forbids Python to keep what it compiled."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(tree / "src")}


def seconds_of_command(tree: Path, *arguments: str) -> float:
    """The seconds of a core that a command of this Python takes in a checkout, with its children. Raises RuntimeError
    if it fails."""
    before = _seconds_of_children()
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=tree, env=_environment(tree), capture_output=True, check=False)  # noqa: S603 -- our own interpreter
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments[:3])} in {tree}: {done.stderr.decode()[-500:]}")
    return _seconds_of_children() - before


def _seconds_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def first_page_seconds(tree: Path, folder: Path, edition: Path) -> float:
    """The seconds of a core that a site takes until its first page is there, with two workers. `folder` is empty, for
    its database."""
    port = free_port()
    options = ["--port", str(port), "--database", f"sqlite:///{folder / 'kept.sqlite3'}", "--rehearsal", "--drafts"]
    command = [sys.executable, "-m", "kuule.cli", "serve", str(edition), *options]
    with (folder / "talk").open("wb") as talk:
        process = subprocess.Popen(command, cwd=tree, env=_environment(tree), stdout=talk, stderr=talk)  # noqa: S603 -- our own interpreter
    try:
        _wait_for_page(process, port, folder / "talk")
        return seconds_of_tree(process.pid)
    finally:
        process.terminate()
        process.wait()


def _wait_for_page(process: subprocess.Popen[bytes], port: int, talk: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=_PATIENCE):
            return
        time.sleep(0.05)
    raise RuntimeError(f"the server did not answer: {talk.read_text('utf-8')[-500:]}")
