"""Groups compared on a scale: which is higher, how often, and what chance would do, all from counts of each value.

Sources: Mann and Whitney 1947, Kruskal and Wallis 1952, both corrected for ties; Cliff 1993 for delta; Kelley 1935 for
epsilon squared; van Elteren 1960 for strata. Values are numbers, or positions on a scale of answers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import comb, sqrt

from kuule.analysis.inference.stats.distributions import Estimate, SignificanceTest, chi_squared_tail, two_sided_p

ValueCounts = Mapping[float, int]
"""How often each value was given in a group."""

SAME = "everyone gave the same answer"
SMALL = 10
EXACT_UP_TO = 60
"""With more people than this in both groups together, it takes too long to count all ways to draw one of them."""
EXACT = f"exact: a group has fewer than {SMALL} answers"
ROUGH = f"a group has fewer than {SMALL} answers: p is rough"


def probability_of_superiority(group: ValueCounts, against: ValueCounts) -> Estimate:
    """The probability that a person of the group is higher than one of the other group. Ties count as half."""
    return Estimate(_wins(group, against) / (_size(group) * _size(against)))


def cliffs_delta(group: ValueCounts, against: ValueCounts) -> Estimate:
    """Cliff's delta, from -1 (everyone in the group is below everyone in the other) to 1 (above)."""
    return Estimate(2 * _wins(group, against) / (_size(group) * _size(against)) - 1)


def mann_whitney(group: ValueCounts, against: ValueCounts) -> SignificanceTest:
    """The test of two groups: a normal approximation with corrections for ties and for continuity, or an exact test for
    small groups. U and delta are those of the first group against the second."""
    wins, variance = _wins(group, against), _variance(group, against)
    pairs = _size(group) * _size(against)
    if variance == 0:
        return SignificanceTest("Mann-Whitney", note=SAME)
    delta, few = 2 * wins / pairs - 1, min(_size(group), _size(against)) < SMALL
    if few and _size(group) + _size(against) <= EXACT_UP_TO:
        return SignificanceTest(
            "Mann-Whitney", wins, None, exact_p(group, against), "Cliff's delta", delta, signed=True, note=EXACT
        )
    z = max(0.0, abs(wins - pairs / 2) - 0.5) / sqrt(variance)
    note = ROUGH if few else ""
    return SignificanceTest("Mann-Whitney", wins, None, two_sided_p(z), "Cliff's delta", delta, signed=True, note=note)


def exact_p(group: ValueCounts, against: ValueCounts) -> float:
    """The two-sided exact p of U: of all ways to draw the group out of everyone, the share in which the sum of ranks is
    at least as far from the middle."""
    drawn, ranks = _size(group), {value: round(2 * rank) for value, rank in _ranks(_merged((group, against))).items()}
    ways: Counter[tuple[int, int]] = Counter({(0, 0): 1})
    for value, there in _merged((group, against)).items():
        more: Counter[tuple[int, int]] = Counter()
        for (taken, ranked), number in ways.items():
            for each in range(min(there, drawn - taken) + 1):
                more[taken + each, ranked + each * ranks[value]] += number * comb(there, each)
        ways = more
    sums = {ranked: number for (taken, ranked), number in ways.items() if taken == drawn}
    middle = drawn * (drawn + _size(against) + 1)
    off = abs(sum(ranks[value] * count for value, count in group.items()) - middle)
    return sum(number for ranked, number in sums.items() if abs(ranked - middle) >= off) / sum(sums.values())


def kruskal_wallis(groups: Sequence[ValueCounts]) -> SignificanceTest:
    """The test of several groups, with a correction for ties. The effect is epsilon squared, H / (n - 1)."""
    whole = _merged(groups)
    size = _size(whole)
    ties = _ties(whole)
    if ties == size**3 - size:
        return SignificanceTest("Kruskal-Wallis", note=SAME)
    ranks = _ranks(whole)
    middle = (size + 1) / 2
    apart = (sum((ranks[value] - middle) * count for value, count in group.items()) for group in groups)
    squares = sum(off**2 / _size(group) for off, group in zip(apart, groups, strict=True))
    h = 12 / (size * (size + 1)) * squares / (1 - ties / (size**3 - size))
    h = min(h, size - 1.0)  # the largest possible H, which rounding could exceed
    note = ROUGH if min(map(_size, groups)) < SMALL else ""
    df = len(groups) - 1
    return SignificanceTest(
        "Kruskal-Wallis", h, df, chi_squared_tail(h, df), "epsilon squared", h / (size - 1), note=note
    )


def van_elteren(strata: Sequence[tuple[ValueCounts, ValueCounts]]) -> SignificanceTest:
    """The test of two groups within strata, each stratum weighted by 1 / (its size + 1), without continuity correction.

    The effect is Cliff's delta over all strata. It has the same weights as the test, so that the two agree.
    """
    above = spread = pairs = 0.0
    for group, against in strata:
        both = _size(group) * _size(against)
        weight = 1 / (_size(group) + _size(against) + 1)
        above += weight * (_wins(group, against) - both / 2)
        spread += weight**2 * _variance(group, against)
        pairs += weight * both
    if spread == 0:
        return SignificanceTest("van Elteren", note=SAME)
    z = above / sqrt(spread)
    return SignificanceTest(
        "van Elteren", z * z, 1, chi_squared_tail(z * z, 1), "Cliff's delta", 2 * above / pairs, signed=True
    )


def _size(values: ValueCounts) -> int:
    return sum(values.values())


def _merged(groups: Sequence[ValueCounts]) -> ValueCounts:
    return sum((Counter(dict(group)) for group in groups), Counter())


def _wins(group: ValueCounts, against: ValueCounts) -> float:
    """U: in how many pairs the person of the group is higher. Ties count as half."""
    wins, below = 0.0, 0
    for value in sorted({*group, *against}):
        equal = against.get(value, 0)
        wins += group.get(value, 0) * (below + equal / 2)
        below += equal
    return wins


def _variance(group: ValueCounts, against: ValueCounts) -> float:
    """The variance of U if the two groups do not differ."""
    one, two = _size(group), _size(against)
    size = one + two
    ties = _ties(_merged((group, against)))
    return one * two / 12 * ((size + 1) - ties / (size * (size - 1)))


def _ties(whole: ValueCounts) -> int:
    return sum(count**3 - count for count in whole.values())


def _ranks(whole: ValueCounts) -> dict[float, float]:
    """The mean rank of the people with each value."""
    ranks, below = {}, 0
    for value, count in sorted(whole.items()):
        ranks[value] = below + (count + 1) / 2
        below += count
    return ranks
