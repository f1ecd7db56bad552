"""The yardstick of `make bench`: it is of what it says, and multiples are told as they are."""

from __future__ import annotations

import subprocess
import sys

import pytest
from bench.__main__ import table
from bench.pages import Load
from bench.visits import Load as Visits
from bench.yardstick import Figure

from bench import yardstick

NOW = {"D": 0.002, "S": 0.0001, "P": 0.01}
_PAGE = """
import sys
from bench.yardstick import bare_page
answer = bare_page()
assert answer() == answer()
sys.stdout.buffer.write(answer())
assert not [name for name in sys.modules if name.partition('.')[0] == 'kuule']
"""


def test_bare_page_has_96_inputs_and_nothing_of_kuule() -> None:
    page = subprocess.run([sys.executable, "-c", _PAGE], capture_output=True, text=True, check=True).stdout
    assert page.count("<input ") == yardstick.QUESTIONS * yardstick.CHOICES == 96
    assert page.startswith("<!doctype html>")
    assert "</html>" in page


def test_bare_sealing_is_of_the_envelopes_suite_and_opens() -> None:
    seal, open_ = yardstick.bare_sealing()
    sealed = seal()
    assert open_(sealed) == b"x" * 4096
    assert seal() != sealed
    assert len(sealed) == 1120 + 4096 + 16


def test_plain_grouping_counts_every_row_once() -> None:
    found = yardstick.plain_grouping()()
    assert found["len"].sum() == 1_000_000
    assert found.height == 72


def test_seconds_are_of_one_and_of_a_core() -> None:
    asked = []
    assert yardstick.seconds_of_a_core(lambda: asked.append(1), 3) < 0.1
    assert len(asked) == 3 * 8


@pytest.mark.parametrize(
    ("figure", "told"),
    [
        (Figure("12 ms a visit", 0.012, "D"), "12 ms a visit = 6 D"),
        (Figure("0.13 ms each", 0.00013, "S"), "0.13 ms each = 1.3 S"),
        (Figure("52 s", 52, "P"), "52 s = 5,200 P"),
        ("350 of 350", "350 of 350"),
    ],
)
def test_figure_is_told_as_a_multiple_of_its_own_one(figure: str, told: str) -> None:
    assert yardstick.in_multiples(figure, NOW) == told


def test_table_says_first_what_the_machine_took_for_what_is_compared_in_it() -> None:
    rows = [("a page", Figure("3 ms", 0.003, "D")), ("sealed", Figure("1 ms", 0.001, "S")), ("of them", "all")]
    assert table("pages", rows, NOW) == [
        "pages",
        "  1 D = 2,000 µs, 1 S = 100 µs",
        "  a page   3 ms = 1.5 D",
        "  sealed   1 ms = 10 S",
        "  of them  all",
    ]
    assert table("bytes", [("up", "3 kB")], NOW) == ["bytes", "  up  3 kB"]


def test_page_and_visit_are_compared_by_what_the_server_takes_for_one() -> None:
    page = Load(pages=100, bytes=1, seconds=9.0, server=0.4, client=5.0).figure()
    visit = Visits(seconds=9.0, visits=10, pages=[0.1] * 140, sendings=[0.2] * 10, server=0.4, client=5.0).figure()
    assert (page.seconds, page.by) == (0.004, "D")
    assert (visit.seconds, visit.by) == (0.04, "D")


def test_visits_that_are_under_way_at_the_end_are_paid_for_by_what_was_answered_of_them() -> None:
    ended = Visits(seconds=9.0, visits=4, pages=[0.1] * 56, sendings=[0.2] * 4, server=0.6, client=5.0)
    under_way = Visits(seconds=9.0, visits=2, pages=[0.1] * 58, sendings=[0.2] * 2, server=0.6, client=5.0)
    assert ended.of_a_visit(0.6) == under_way.of_a_visit(0.6) == 0.6 / 4
