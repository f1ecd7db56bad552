"""Measures `kuule check` in this process: a form with several hundred mistakes, and the same form without them."""

from __future__ import annotations

import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.questionnaires import SETTINGS, page_study_form
from bench.yardstick import Figure
from kuule.study.check import check_folder
from kuule.study.folder.study_folder import read_study_folder

Row = tuple[str, str]
_HEADER = "| | type | name | label | relevant | constraint | calculation | choice_filter | required | appearance |"
_MISTAKES: Sequence[Callable[[int], str]] = (
    lambda n: f"| | txet | wrong_{n} | A type that does not exist | | | | | | |",
    lambda n: f"| | text | 9wrong_{n} | A name that no question can have | | | | | | |",
    lambda n: f"| | text | wrong_{n} | | | | | | | |",
    lambda n: f"| | text | wrong_{n} | A question that is not there | ${{nobody_{n}}} = 'x' | | | | | |",
    lambda n: f"| | text | wrong_{n} | A bracket | (1 = {n} | | | | | |",
    lambda n: f"| | text | wrong_{n} | A function that is not there | | foo_{n}(.) | | | | |",
    lambda n: f"| | select_one nowhere_{n} | wrong_{n} | A list that is not there | | | | | | |",
    lambda n: f"| | geopoint | wrong_{n} | A position | | | | | | |",
    lambda n: f"| | text | wrong_{n} | A required question | | | | | yes | |",
    lambda n: f"| | integer | wrong_{n} | Nothing meets it | | . > 5 and . < 2 | | | | |",
)
"""One row for each mistake."""


def mistaken(mistakes: int) -> str:
    """A questionnaire with this many rows, each with a different mistake."""
    head, heading, rest = page_study_form().partition("| | type | name | label | relevant | required | appearance |")
    wrong = [_MISTAKES[number % len(_MISTAKES)](number) for number in range(mistakes)]
    choices = rest[rest.index("| choices |") :]
    return "\n".join([head.rstrip(), _HEADER, *wrong]) + "\n" + choices if heading else ""


def measure(rounds: int = 5, mistakes: int = 500) -> list[Row]:
    """Rows of the table: how many problems are found in how many rows, and in what time."""
    with TemporaryDirectory() as folder:
        study = Path(folder)
        (study / "study.toml").write_text(SETTINGS, "utf-8")
        (study / "form.md").write_text(page_study_form(280), "utf-8")
        clean = _time(study, rounds)
        (study / "form.md").write_text(mistaken(mistakes), "utf-8")
        wrong = _time(study, rounds)
        problems = check_folder(read_study_folder(study))
    rows = {problem.place.partition(", survey, row ")[2].partition(",")[0] for problem in problems}
    named = sum(str(number) in rows for number in range(2, mistakes + 2))
    kinds = Counter(problem.code for problem in problems)
    return [
        ("a form of 280 questions", clean),
        (f"a form with {mistakes} mistakes", wrong),
        ("  rows of them that are named", f"{named} of {mistakes}"),
        ("  problems that are listed", f"{len(problems)}, of {len(kinds)} kinds"),
    ]


def _time(study: Path, rounds: int) -> Figure:
    times, cores = [], []
    for _ in range(rounds):
        began, spent = time.perf_counter(), time.process_time()
        check_folder(read_study_folder(study))
        times.append(time.perf_counter() - began)
        cores.append(time.process_time() - spent)
    return Figure(f"median {statistics.median(times) * 1000:.0f} ms", statistics.median(cores), "D")
