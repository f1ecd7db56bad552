"""Shares are made of what is shown and nothing else; where one answer was given and all are shown, they add up."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import floor, sqrt
from random import Random

import pytest

from kuule.disclosure.shares import rounded_percentages, with_shares
from kuule.disclosure.thresholds import DisclosureRules
from kuule.tables.missing import Missing
from kuule.tables.released import ReleasedCell, ReleasedColumn

RULES = DisclosureRules()
FEW, HIDDEN = -1, -2


def shares(base: int, *counts: int, multiple: bool = False) -> list[int | None]:
    hidden = {FEW: ReleasedCell(None, None, below_threshold=True), HIDDEN: ReleasedCell(None, None)}
    cells = tuple(hidden.get(count) or ReleasedCell(count, None) for count in counts)
    column = ReleasedColumn("", base, cells, dict.fromkeys(Missing))
    return [cell.share for cell in with_shares(column, multiple=multiple).cells]


@pytest.mark.parametrize(
    ("base", "counts", "said"),
    [
        (359, (203, 156), [57, 43]),
        (100, (73, 29), [72, 28]),  # 73 % and 29 % of the base
        (40, (12, 12, 12, 11), [26, 26, 26, 23]),  # equal numbers have equal shares, though they make 101
        (90, (30, 30, 30), [33, 33, 33]),
        (300, (100, 105, 95), [33, 35, 32]),
        (100, (62, FEW, 30), [62, None, 30]),
        (100, (62, FEW, 43), [59, None, 41]),  # with nothing left for those who are hidden
        (200, (67, 67, 65, FEW), [34, 34, 32, None]),  # each rounded by itself would make 101
        (50, (FEW, HIDDEN), [None, None]),
    ],
)
def test_shares_of_one_answer_add_up_to_what_is_shown(base, counts, said):
    assert shares(base, *counts) == said


def test_shares_of_several_answers_are_of_the_base():
    assert shares(100, 73, 29, 103, FEW, multiple=True) == [73, 29, 100, None]


def test_column_that_is_not_shown_has_no_shares():
    withheld = ReleasedColumn("islands", None, (), dict.fromkeys(Missing))
    assert with_shares(withheld, multiple=False) == withheld


def test_column_of_an_earlier_report_keeps_its_shares():
    cells = (ReleasedCell(73, 73), ReleasedCell(29, 29))
    column = ReleasedColumn("nordic", 100, cells, dict.fromkeys(Missing), carried_from="0123456789abcdef")
    assert with_shares(column, multiple=False) == column


def published(random: Random, least: int, most: int) -> tuple[list[int], int, list[int], int]:
    """One question with one answer: true counts and base, and the same with the door's noise."""
    weights = [
        random.gammavariate(random.choice((0.7, 1.5, 4)), 1) for _ in range(random.choice((2, 2, 3, 4, 5, 6, 8)))
    ]
    base = random.randint(least, most)
    true = [int(base * weight / sum(weights)) for weight in weights]
    true[0] += base - sum(true)

    def seen(count: int) -> int:
        return RULES.noise.perturb(count, random.getrandbits(32), str(random.random()))

    return true, base, [seen(count) for count in true], seen(base)


def error(found: Sequence[tuple[float, float]]) -> float:
    """Root of the mean square, in percentage points."""
    return sqrt(sum((share - true) ** 2 for share, true in found) / len(found))


@pytest.mark.parametrize(("least", "most", "nearer"), [(30, 100, 0.8), (100, 400, 0.9), (400, 3000, 1.02)])
def test_shares_are_nearer_the_truth_than_of_the_base_and_of_the_sum(least, most, nearer):
    """Columns of which all is shown, of questions from two answers to eight; decision 0050 has the figures."""
    random, of_base, of_sum, ours = Random(50), [], [], []
    for _ in range(2500):
        true, people, counts, base = published(random, least, most)
        if (
            base < RULES.base_threshold
            or min(counts) < RULES.smallest_count
            or base - max(counts) < RULES.smallest_count
        ):
            continue
        exact = [100 * count / people for count in true]
        of_base += zip((floor(100 * count / base + 0.5) for count in counts), exact, strict=True)
        of_sum += zip((floor(100 * count / sum(counts) + 0.5) for count in counts), exact, strict=True)
        ours += zip([share or 0 for share in shares(base, *counts)], exact, strict=True)
        total, equal = sum(share for share, _ in ours[-len(counts) :]), len(set(counts)) < len(counts)
        assert total == 100 or (equal and 98 <= total <= 102)
    assert len(ours) > 1000
    assert error(ours) < nearer * error(of_base)
    assert error(ours) < 1.03 * error(of_sum)


def test_whole_per_cent_keep_the_order_of_their_parts():
    random = Random(7)
    for _ in range(500):
        parts = [Fraction(random.randint(10, 40)) for _ in range(random.randint(2, 9))]
        made = rounded_percentages(parts)
        assert made == [dict(zip(parts, made, strict=True))[part] for part in parts]
        assert [share for _, share in sorted(zip(parts, made, strict=True))] == sorted(made)


def test_noise_moves_a_share_by_no_more_than_a_report_says():
    """Four standard deviations of 1 point at a base of 1,000, of 5 at 200, of 20 at 50; never more than of the base."""
    for answers in range(2, 40):
        for share in (each / 20 for each in range(1, 20)):
            own, other, base = answers - share, 1 + share, 1 - share * answers
            spread = (own**2 + (answers - 1) * other**2 + base**2) / (answers + 1) ** 2
            assert spread <= 1 + share**2
            for points, people in ((1, 1000), (5, 200), (20, 50)):
                assert 4 * sqrt(RULES.noise_variance * spread) * 100 / people <= points
