"""The noise of the cell-key method: how far off a set of people is counted. It is the same in every table and every
release of a dataset that counts the same people as the same thing.

The laws are those of maximum entropy with mean zero and given variance and bound (Giessing 2016; R package ptable of
sdcTools, with `D` = bound, `V` = variance, `js` = `BLOCKED_UP_TO`, and without its condition of monotony).
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
"""No count from 1 to this number is ever published: a small count becomes zero, or larger (`js` of the published
method)."""
NOISE_GENERATION = 3
"""Counts up when a version draws the noise of the same people in another way: with both, each number could be seen
twice."""
_SCALE = 1 << 32
_LABEL = b"kuule noise 2"
_STEPS = 200
_EXACT = 1e-13


@dataclass(frozen=True, slots=True)
class NoiseDistribution:
    """Probabilities of what is added to a count: `shifts` rise, `probabilities` add up to 1."""

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
    """The variance of equal probabilities from -bound to bound. With a larger one, the ends would be likelier than the
    middle."""
    return bound * (bound + 1) / 3


@lru_cache(maxsize=4096)
def noise_distribution(count: int, variance: float, bound: int, never: int = BLOCKED_UP_TO) -> NoiseDistribution:
    """The distribution of what is added to a count. Beyond `bound + never` it is the same symmetric one; zero stays
    zero.

    A small count that leaves no room for the whole variance gets as much as there is room for, as the published method
    does. Raises ValueError where no law has mean zero and so little variance.
    """
    if count <= 0:
        return NoiseDistribution((0,), (1.0,))
    if count > bound + never:
        return _symmetric(variance, bound)
    outcomes = [each for each in range(max(count - bound, 0), count + bound + 1) if each == 0 or each > never]
    return _solved([each - count for each in outcomes], variance)


@lru_cache(maxsize=64)
def _symmetric(variance: float, bound: int) -> NoiseDistribution:
    return _solved(range(-bound, bound + 1), variance)


def _solved(shifts: Iterable[int], variance: float) -> NoiseDistribution:
    """The law of maximum entropy on `shifts` with mean zero and at most this variance."""
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
    """The multipliers of mean and variance: the lowest point of the dual, log Σ exp(a·v + b·v²) − b·variance, which is
    convex. Newton's steps, halved until they lead down; without a variance b stays 0."""
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
    """The noise of one release. `variance` of what is added to a count, `bound` how far it can go."""

    variance: int
    bound: int

    def perturb(self, count: int, key: int, about: str = "") -> int:
        """A count with its noise. `key` is the sum of the record keys of exactly these people, modulo 2^32; `about` is
        what they are counted as (`differencing.count_label`).

        Both go through a hash. The noise of a set of people therefore tells nothing about the noise of its parts, nor
        about the noise of the same people where they are counted as something else.
        """
        steps, shifts = _steps(min(count, self.bound + BLOCKED_UP_TO + 1), self)
        return count + shifts[bisect_right(steps, _drawn(key, about))]


@lru_cache(maxsize=4096)
def _steps(count: int, noise: Noise) -> tuple[Sequence[int], Sequence[int]]:
    """Where one outcome ends and the next begins, in parts of 2^32."""
    law = noise_distribution(count, noise.variance, noise.bound)
    ends = [round(end * _SCALE) for end in accumulate(law.probabilities)]
    return ends[:-1], law.shifts


def _drawn(key: int, about: str) -> int:
    """A number below 2^32, the same for the same people, counted as the same."""
    return int.from_bytes(sha256(_LABEL + (key % _SCALE).to_bytes(4, "big") + about.encode()).digest()[:4], "big")
