"""`kuule register check` in process: a file of 5,000 values, and as many in the files of 27 countries."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.yardstick import Figure
from kuule.register.check_rules.register_check import check_register
from kuule.register.reading.register_folder import read_register

Row = tuple[str, str]
VALUES = 5000
TODAY = date(2026, 11, 27)
_CODES = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE"
_COUNTRIES = _CODES.split()
_SETTINGS = f"""\
id: many
title: Many values
summary: Made up to be measured.
publisher: Nobody
licence: CC-BY-4.0
as_of: 2026-11-27
countries: [{", ".join(_COUNTRIES)}]
topics:
  - id: time
    title: Time limits
review_months: {{A: 12, B: 12, C: 6, D: 3}}
"""
_PROVISION = """\
id: limitation
topic: time
title: Time limits
short: Time limit
question: Until when can it be reported?
kind: time-limit
coding: Read the article.
"""
_VALUE = """\
  - id: v{number}
    says: {years} years from the day on which the person who was abused came of age, as source {number} has it
    status: in-force
    answer:
      kind: time-limit
      form: fixed-years
      clock: majority
      years:
        - {years}
        - 10
      retroactive: false
    in_force_from: "2018-08-06"
    changed_on: "2018-08-03"
    read_on: 2026-11-20
    source:
      kind: official
      address: https://law.example/act/{number}
      title: The code, as a ministry has it
      article: 8(1)
      language: fr
      dated: "2026-01-01"
      seen: the whole page
    confidence: B
    coded_by: draft
    next_review: 2027-11-20
    notes: One of several readings, some of which contradict each other.
"""


def measure(rounds: int = 5) -> list[Row]:
    """Rows of the table: how large the files are, and what reading and checking them takes of a core."""
    with TemporaryDirectory() as folder:
        one, many = Path(folder) / "one", Path(folder) / "many"
        size = _write(one, ["FR"])
        _write(many, _COUNTRIES)
        contradictions = len(check_register(read_register(one), TODAY))
        return [
            (f"a file of {VALUES} values", f"{size / 1e6:.1f} MB"),
            ("  read and checked", _time(one, rounds)),
            ("  problems that are listed", str(contradictions)),
            (f"as many in the files of {len(_COUNTRIES)} countries", _time(many, rounds)),
        ]


def _write(folder: Path, countries: list[str]) -> int:
    """A register with so many values; how many bytes its largest file has."""
    (folder / "provisions").mkdir(parents=True)
    (folder / "register.yaml").write_text(_SETTINGS, "utf-8")
    (folder / "provisions" / "limitation.yaml").write_text(_PROVISION, "utf-8")
    largest = 0
    for country in countries:
        text = "".join(_file(country, VALUES // len(countries)))
        (folder / "countries" / country).mkdir(parents=True)
        largest = max(largest, (folder / "countries" / country / "limitation.yaml").write_text(text, "utf-8"))
    return largest


def _file(country: str, values: int) -> Iterator[str]:
    yield f"country: {country}\nprovision: limitation\nvalues:\n"
    for number in range(values):
        yield _VALUE.format(number=number, years=15 + number % 20)


def _time(folder: Path, rounds: int) -> Figure:
    """The middle of several rounds, in seconds of a core."""
    cores = []
    for _ in range(rounds):
        began = time.process_time()
        check_register(read_register(folder), TODAY)
        cores.append(time.process_time() - began)
    middle = statistics.median(cores)
    return Figure(f"{middle:.2f} s of a core", middle, "D")
