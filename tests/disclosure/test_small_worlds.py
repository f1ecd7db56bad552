"""Every small world there is, against an intruder who runs the door themselves on all of them.

Thresholds are scaled down (6, 2 and 2 for 30, 10 and 10), so that all worlds of few people can be written out. Worlds
that look alike from outside form a class; what a hidden number can be, for someone who knows every rule and has all the
time there is, is what it is in the worlds of the class. No method of attack can tell more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import pytest

from kuule.disclosure.door import release
from kuule.disclosure.rules import Rules
from kuule.tables.result import ResultTable
from tests.disclosure.tables import people, table

MARGIN = 3
"""Worlds near the largest size have too few neighbours here; they count as neighbours and are not judged."""


def scaled(base: int = 6, count: int = 2, rounding: int = 2) -> Rules:
    """Rules below the floors, which only a test can make."""
    rules = Rules()
    for name, value in (("smallest_base", base), ("smallest_count", count), ("rounding", rounding)):
        object.__setattr__(rules, name, value)
    return rules


def worlds(cells: int, most: int) -> Iterator[tuple[int, ...]]:
    if cells == 0:
        yield ()
        return
    for first in range(most + 1):
        yield from ((first, *rest) for rest in worlds(cells - 1, most - first))


def one_question(counts: Sequence[int]) -> list[ResultTable]:
    answers = ("a", "b", "c", "!passed_over")
    everyone = people({(("told", code),): number for code, number in zip(answers, counts, strict=True)})
    return [table(everyone, "told", answers[:3])]


def two_questions(counts: Sequence[int]) -> list[ResultTable]:
    """Both questions, each cut by the other: a table, its transpose and their margins in one release."""
    rows, codes = ("yes", "no"), ("FI", "SE")
    pairs = [(row, code) for code in codes for row in rows]
    everyone = people({(("told", r), ("land", c)): n for (r, c), n in zip(pairs, counts, strict=True)})
    return [
        table(everyone, "told", rows),
        table(everyone, "told", rows, "land", codes),
        table(everyone, "land", codes),
        table(everyone, "land", codes, "told", rows),
    ]


def narrowed(
    make: Callable[[Sequence[int]], list[ResultTable]], cells: int, most: int, rules: Rules
) -> tuple[int, int]:
    """Hidden small counts over all worlds, withheld groups too, and how many of them lose a possible value."""
    classes = defaultdict(list)
    for counts in worlds(cells, most):
        exact = make(counts)
        released = release(exact, rules)
        shown = frozenset(place for place, cell in released_cells(released) if cell is not None)
        classes[str(released), shown].append((counts, exact))
    seen = told = 0
    for (_, shown), alike in classes.items():
        possible = defaultdict(set)
        for _counts, exact in alike:
            for place, number in numbers(exact):
                possible[place].add(number)
        for counts, exact in alike:
            if sum(counts) > most - MARGIN:
                continue
            for place, number in numbers(exact):
                if number < rules.threshold and place not in shown:
                    seen += 1
                    told += not set(range(rules.threshold)) <= possible[place]
    return seen, told


def numbers(exact: Sequence[ResultTable]) -> Iterator[tuple[tuple[int, str, int], int]]:
    for number, each in enumerate(exact):
        for column in each.columns:
            yield from (((number, column.code, row), count) for row, count in enumerate(column.counts))


def released_cells(released) -> Iterator[tuple[tuple[int, str, int], int | None]]:
    for number, each in enumerate(released):
        for column in each.columns:
            yield from (((number, column.code, row), cell.count) for row, cell in enumerate(column.cells))


def test_narrowed_sees_a_door_that_only_hides_what_is_small():
    """A door without company and without an attack on itself, to show that the search finds what there is to find."""
    rules = scaled()
    possible = defaultdict(set)
    for counts in worlds(2, 12):
        shown = tuple(rules.round(n) if n >= rules.threshold else None for n in counts)
        possible[rules.round(sum(counts)), shown].add(counts[0])
    assert possible[12, (None, 12)] == {0, 1}
    assert possible[12, (None, 10)] == {1}


@pytest.mark.parametrize("most", [12, pytest.param(16, marks=pytest.mark.whole)])
def test_every_small_world_of_two_questions_leaves_each_small_count_open(most):
    seen, told = narrowed(two_questions, 4, most, scaled())
    assert seen > 100
    assert told == 0


@pytest.mark.parametrize(("most", "rate"), [(13, 0.01), pytest.param(18, 0.01, marks=pytest.mark.whole)])
def test_every_small_world_of_one_question_leaves_nearly_each_small_count_open(most, rate):
    """Not each: that a further number was hidden tells a little. docs/explanation/disclosure.md says how much."""
    seen, told = narrowed(one_question, 4, most, scaled())
    assert seen > 500
    assert told <= rate * seen
