"""The noise of the cell-key method: by how much the count of a set of people is changed. Wherever a dataset counts the
same people as the same thing, in any table and any release, the noise is the same.

The distributions have maximum entropy for a mean of zero, a given variance and a given bound (Giessing 2016; R package
ptable of sdcTools, with `D` = bound, `V` = variance, `js` = `BLOCKED_UP_TO`, and without its condition of monotony).
Decision 0025.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import accumulate

BLOCKED_UP_TO = 2
"""No count from 1 to this number is ever published: a small count becomes zero or larger than this (`js` of the
published method)."""
NOISE_GENERATION = 3
"""Goes up when a version of Kuule draws the noise of the same people in another way: with reports of both versions,
each number would be measured twice."""
_SCALE = 1 << 32
_LABEL = b"kuule noise 2"
_STEPS = 200
_EXACT = 1e-13


@dataclass(frozen=True, slots=True)
class NoiseDistribution:
    """What is added to a count, and how likely: `shifts` in rising order, each with its probability. The probabilities
    add up to 1."""

    shifts: tuple[int, ...]
    probabilities: tuple[float, ...]

    @property
    def mean(self) -> float:
        return _moment(self, 1)

    @property
    def variance(self) -> float:
        return _moment(self, 2)

    def as_mapping(self) -> Mapping[int, float]:
        return dict(zip(self.shifts, self.probabilities, strict=True))


def _moment(law: NoiseDistribution, power: int) -> float:
    return math.fsum(p * v**power for v, p in zip(law.shifts, law.probabilities, strict=True))


def largest_variance(bound: int) -> float:
    """The variance if all values from -bound to bound are equally likely. With a larger one, the ends would be likelier
    than the middle."""
    return bound * (bound + 1) / 3


@lru_cache(maxsize=4096)
def noise_distribution(count: int, variance: float, bound: int, never: int = BLOCKED_UP_TO) -> NoiseDistribution:
    """The distribution of what is added to a count. Zero stays zero, and all counts above `bound + never` have the same
    symmetric distribution.

    A small count that leaves no room for the whole variance gets as much as possible, as in the published method.
    Raises ValueError if no distribution has mean zero and so little variance.
    """
    if count <= 0:
        return NoiseDistribution((0,), (1.0,))
    if count > bound + never:
        return _symmetric(variance, bound)
    outcomes = [each for each in range(max(count - bound, 0), count + bound + 1) if each == 0 or each > never]
    return _max_entropy_distribution([each - count for each in outcomes], variance)


@lru_cache(maxsize=64)
def _symmetric(variance: float, bound: int) -> NoiseDistribution:
    return _max_entropy_distribution(range(-bound, bound + 1), variance)


def _max_entropy_distribution(shifts: Iterable[int], variance: float) -> NoiseDistribution:
    """The distribution of maximum entropy on `shifts` with mean zero and at most this variance."""
    shifts = tuple(shifts)
    free = _law(shifts, _newton(shifts, None))
    if free.variance <= variance:
        return free
    law = _law(shifts, _newton(shifts, variance))
    if abs(law.mean) > 1e-9 or abs(law.variance - variance) > 1e-9:
        raise ValueError(f"no noise from {shifts[0]} to {shifts[-1]} has mean zero and variance {variance}")
    return law


def _law(shifts: tuple[int, ...], weights: tuple[float, float]) -> NoiseDistribution:
    exponents = [weights[0] * v + weights[1] * v * v for v in shifts]
    top = max(exponents)
    raw = [math.exp(each - top) for each in exponents]
    total = math.fsum(raw)
    return NoiseDistribution(shifts, tuple(each / total for each in raw))


def _newton(shifts: tuple[int, ...], variance: float | None) -> tuple[float, float]:
    """The multipliers of mean and variance, which minimise the dual, log Σ exp(a·v + b·v²) − b·variance. The dual is
    convex. This takes Newton steps, each halved until the dual falls. Without a variance, b stays 0."""
    a = b = 0.0
    for _ in range(_STEPS):
        law = _law(shifts, (a, b))
        m1, m2, m3, m4 = (_moment(law, power) for power in (1, 2, 3, 4))
        slope_a, slope_b = m1, 0.0 if variance is None else m2 - variance
        if abs(slope_a) < _EXACT and abs(slope_b) < _EXACT:
            break
        aa, ab, bb = m2 - m1 * m1, m3 - m1 * m2, m4 - m2 * m2
        if variance is None:
            step_a, step_b = -slope_a / aa, 0.0
        else:
            determinant = max(aa * bb - ab * ab, 1e-300)
            step_a = -(bb * slope_a - ab * slope_b) / determinant
            step_b = -(aa * slope_b - ab * slope_a) / determinant
        now, part = _dual(shifts, a, b, variance), 1.0
        down = slope_a * step_a + slope_b * step_b
        while part > 1e-9 and _dual(shifts, a + part * step_a, b + part * step_b, variance) > now + 1e-4 * part * down:
            part /= 2
        a, b = a + part * step_a, b + part * step_b
    return a, b


def _dual(shifts: tuple[int, ...], a: float, b: float, variance: float | None) -> float:
    exponents = [a * v + b * v * v for v in shifts]
    top = max(exponents)
    return top + math.log(math.fsum(math.exp(each - top) for each in exponents)) - b * (variance or 0.0)


@dataclass(frozen=True, slots=True)
class Noise:
    """The noise of one release: the variance of what is added to a count, and the bound that it never exceeds."""

    variance: int
    bound: int

    def perturb(self, count: int, key: int, about: str = "") -> int:
        """A count with its noise. `key` is the cell key of exactly these people; `about` is the label of what they are
        counted as (`differencing.count_label`).

        The noise comes from a hash of both. The noise of a set of people therefore reveals nothing about the noise of
        its parts, nor about the noise of the same people counted as something else.
        """
        steps, shifts = _cumulative_steps(min(count, self.bound + BLOCKED_UP_TO + 1), self.variance, self.bound)
        return count + shifts[bisect_right(steps, _draw(key, about))]


@lru_cache(maxsize=4096)
def _cumulative_steps(count: int, variance: float, bound: int) -> tuple[Sequence[int], Sequence[int]]:
    """The limits between one outcome and the next, in parts of 2^32, and the outcomes."""
    law = noise_distribution(count, variance, bound)
    ends = [round(end * _SCALE) for end in accumulate(law.probabilities)]
    return ends[:-1], law.shifts


def _draw(key: int, about: str) -> int:
    """A number below 2^32, which is always the same for the same people counted as the same thing."""
    return int.from_bytes(sha256(_LABEL + (key % _SCALE).to_bytes(4, "big") + about.encode()).digest()[:4], "big")
