"""The noise: its laws against published ones and by their own properties, frozen, and the same for the same people."""

from __future__ import annotations

import math
from collections.abc import Iterable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuule.disclosure.noise import Noise, noise_distribution
from kuule.tables.result import KEY_MODULUS
from tests.sampling import examples

SETTINGS = [(3, 5), (4, 5), (10, 5), (3, 9), (5, 9), (20, 9)]
FROZEN = {
    0: {0: 1.0},
    1: {-1: 0.73447, 2: 0.13672, 3: 0.072796, 4: 0.03743, 5: 0.018584},
    2: {-2: 0.408807, 1: 0.406644, 2: 0.147624, 3: 0.032319, 4: 0.004267, 5: 0.00034},
    3: {-3: 0.203986, 0: 0.393663, 1: 0.247492, 2: 0.110568, 3: 0.035102, 4: 0.007919, 5: 0.001269},
    5: {
        -5: 0.020147, -2: 0.173347, -1: 0.220633, 0: 0.221318, 1: 0.174968, 2: 0.109016, 3: 0.053533, 4: 0.020718,
        5: 0.006319,
    },
    8: {
        -5: 0.003792, -4: 0.016591, -3: 0.052293, -2: 0.11873, -1: 0.194193, 0: 0.228801, 1: 0.194193, 2: 0.11873,
        3: 0.052293, 4: 0.016591, 5: 0.003792,
    },
}  # fmt: skip


def rounded(count: int, variance: float, bound: int, never: int, digits: int) -> dict[int, float]:
    return {v: round(p, digits) for v, p in noise_distribution(count, variance, bound, never).as_mapping().items()}


def test_law_is_that_of_the_published_table_without_a_threshold():
    """ptable's introduction (CRAN, 1.0.0): D = 2, V = 1, the row of 2 begins with 0.0638 and stays with 0.383."""
    found = noise_distribution(2, 1, 2, 0).as_mapping()
    assert (round(found[-2], 4), round(found[0], 3), round(noise_distribution(2, 1, 2, 0).variance, 3)) == (
        0.0638,
        0.383,
        1.0,
    )


def test_law_is_that_of_the_published_table_with_a_threshold():
    """The same text: D = 2, V = 1.08, js = 1; a count of 1 becomes 0, 2 or 3."""
    assert rounded(1, 1.08, 2, 1, 4) == {-1: 0.5133, 1: 0.46, 2: 0.0267}


PTABLE_3 = {
    1: "0.734470 0.136720 0.072796 0.037430 0.018584",
    2: "0.408807 0.406644 0.147624 0.032319 0.004267 0.000340",
    3: "0.203986 0.393663 0.247492 0.110568 0.035102 0.007919 0.001269",
    4: "0.083280 0.289317 0.265765 0.190127 0.105929 0.045963 0.015532 0.004088",
    5: "0.020147 0.173347 0.220633 0.221318 0.174968 0.109016 0.053533 0.020718 0.006319",
    6: "0.072030 0.136717 0.197351 0.216653 0.180882 0.114851 0.055460 0.020367 0.005688",
    7: "0.018439 0.055484 0.121621 0.194208 0.225914 0.191441 0.118180 0.053146 0.017411 0.004155",
    8: "0.003792 0.016591 0.052293 0.118730 0.194193 0.228801 0.194193 0.118730 0.052293 0.016591 0.003792",
}
PTABLE_4 = {
    1: "0.739022 0.127880 0.071261 0.039710 0.022128",
    2: "0.467523 0.275251 0.153545 0.069878 0.025944 0.007859",
    3: "0.252659 0.316310 0.221631 0.125211 0.057036 0.020949 0.006204",
    4: "0.119294 0.259398 0.234938 0.177913 0.112650 0.059638 0.026399 0.009770",
    5: "0.042557 0.176959 0.202899 0.196445 0.160603 0.110871 0.064630 0.031813 0.013223",
    6: "0.110459 0.151214 0.176934 0.176952 0.151262 0.110517 0.069017 0.036839 0.016807",
    7: "0.036009 0.075377 0.127183 0.172969 0.189610 0.167534 0.119315 0.068492 0.031691 0.011819",
    8: "0.010282 0.029653 0.067586 0.121735 0.173281 0.194923 0.173281 0.121735 0.067586 0.029653 0.010282",
}


@pytest.mark.parametrize(("variance", "rows"), [(3, PTABLE_3), (4, PTABLE_4)])
def test_law_is_that_which_ptable_computes_without_its_condition_of_monotony(variance, rows):
    """ptable 0.3.3 (sdcTools, commit 9d5c774), run with R 4.5.0 and nloptr 2.2.1: D = 5, V = 3 and 4, js = 2,
    mono = FALSE. All rows; with V = 4 a count of 1 leaves room for 3.08 only, here and there."""
    for count, row in rows.items():
        law = noise_distribution(count, variance, 5)
        assert law.probabilities == pytest.approx([float(each) for each in row.split()], abs=1.5e-6)
        assert law.variance == pytest.approx(3.08045 if (variance, count) == (4, 1) else variance, abs=1e-5)


@pytest.mark.parametrize("count", FROZEN)
def test_law_is_frozen(count):
    assert rounded(count, 3, 5, 2, 6) == FROZEN[count]


@pytest.mark.parametrize(("variance", "bound"), SETTINGS)
@pytest.mark.parametrize("count", range(1, 14))
def test_law_has_mean_zero_its_variance_its_bound_and_makes_no_small_count(count, variance, bound):
    law = noise_distribution(count, variance, bound)
    assert math.fsum(law.probabilities) == pytest.approx(1, abs=1e-12)
    assert law.mean == pytest.approx(0, abs=1e-9)
    assert law.variance <= variance + 1e-9
    assert min(law.probabilities) > 0
    assert -bound <= min(law.shifts) <= max(law.shifts) <= bound
    assert {count + shift for shift in law.shifts}.isdisjoint({-1, 1, 2})


@pytest.mark.parametrize("count", [*range(1, 9), 1000])
def test_law_of_the_defaults_has_the_whole_variance(count):
    assert noise_distribution(count, 3, 5).variance == pytest.approx(3, abs=1e-9)


def test_law_beyond_the_small_counts_is_one_and_symmetric():
    laws = {noise_distribution(count, 3, 5) for count in (8, 9, 30, 22285)}
    [law] = laws
    assert law.probabilities == pytest.approx(law.probabilities[::-1], abs=1e-12)


@pytest.mark.parametrize("count", [1, 2, 3, 5, 7, 8])
def test_law_has_more_entropy_than_any_other_that_keeps_mean_and_variance(count):
    """By another way: from the law in every direction that keeps the three sums, entropy falls. It is concave, so a
    point from which it falls in all directions is the highest."""
    law, random = noise_distribution(count, 3, 5), Random(count)
    for _ in range(200):
        step = direction(law.shifts, random)
        size = 0.9 * min(p / abs(d) for p, d in zip(law.probabilities, step, strict=True) if d)
        for part in (size, -size, size / 100, -size / 100):
            moved = [p + part * d for p, d in zip(law.probabilities, step, strict=True)]
            assert entropy(moved) < entropy(law.probabilities)


def direction(shifts: tuple[int, ...], random: Random) -> list[float]:
    """A random direction without part along (1, v, v²), by Gram-Schmidt."""
    basis: list[list[float]] = []
    for power in (0, 1, 2):
        basis.append(_apart([float(v**power) for v in shifts], basis))
    return _apart([random.gauss(0, 1) for _ in shifts], basis)


def _apart(vector: list[float], basis: list[list[float]]) -> list[float]:
    for _ in range(2):
        for other in basis:
            part = math.fsum(a * b for a, b in zip(vector, other, strict=True))
            vector = [a - part * b for a, b in zip(vector, other, strict=True)]
    length = math.sqrt(math.fsum(a * a for a in vector))
    return [a / length for a in vector]


def test_law_that_cannot_be_is_refused():
    with pytest.raises(ValueError, match="no noise from -2 to 5"):
        noise_distribution(2, 1, 5)


@pytest.mark.parametrize("count", [1, 4, 8, 500])
def test_noise_over_many_keys_follows_its_law(count):
    noise, random, number = Noise(3, 5), Random(1), 20_000
    seen = [noise.perturb(count, random.randrange(KEY_MODULUS)) - count for _ in range(number)]
    for shift, chance in noise_distribution(count, 3, 5).as_mapping().items():
        assert seen.count(shift) / number == pytest.approx(chance, abs=0.015)
    assert set(seen) == set(noise_distribution(count, 3, 5).shifts)


def test_noise_of_keys_is_frozen():
    noise = Noise(3, 5)
    assert [noise.perturb(100, key) for key in (0, 1, 2, 3, 4, 5, KEY_MODULUS - 1)] == [
        102,
        100,
        99,
        100,
        103,
        100,
        101,
    ]
    names = ("told", "told is yes", "told is no", "who")
    assert [noise.perturb(100, 7, about) for about in names] == [99, 104, 97, 101]


@settings(max_examples=examples(200), deadline=None)
@given(st.integers(0, 10_000), st.integers(0, KEY_MODULUS - 1))
def test_noise_is_the_same_for_the_same_people_and_none_for_none(count, key):
    noise = Noise(3, 5)
    assert noise.perturb(count, key) == Noise(3, 5).perturb(count, key + KEY_MODULUS)
    assert abs(noise.perturb(count, key) - count) <= 5
    assert noise.perturb(0, key) == 0


def test_noise_of_two_sets_says_nothing_of_that_of_both_together():
    """The key of two sets together is the sum of theirs; through the hash, no noise follows from two others."""
    noise, random = Noise(3, 5), Random(2)
    off = {}
    for _ in range(20_000):
        one, two = random.randrange(KEY_MODULUS), random.randrange(KEY_MODULUS)
        a, b, both = (noise.perturb(50, key) - 50 for key in (one, two, one + two))
        off.setdefault((a > 0, b > 0), []).append(both)
    means = [sum(values) / len(values) for values in off.values()]
    assert means == pytest.approx([0] * 4, abs=0.1)


def entropy(law: Iterable[float]) -> float:
    """In nats."""
    return -math.fsum(p * math.log(p) for p in law if p)
