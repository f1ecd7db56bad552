"""An attack on the door, simulated: what someone who knows every rule, and has all tables, learns of a few people.

They look at a number and at one with one to nine people more (an answer of all, and the same answer in a group), in
every table and every release there is, and at the small counts that are not shown, by what the others leave. They have
the likelihoods of the noise, and take the likeliest. Groups that differ by so few do not leave the door.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from random import Random

from kuule.disclosure.noise import NEVER, Noise, law_of
from kuule.disclosure.rules import Rules
from kuule.tables.result import KEYS

FEW = range(1, 10)
"""The true differences that are to be told apart."""
_ROWS = 2
"""Answers that are shown beside a small one: with more of them, the noise of what they leave is larger."""
Chances = Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Attack:
    """What is attacked with. `tables`: that the larger number stands in, whole in the first and cut into two groups in
    each other; `locks`: releases of the growing dataset; `cuts`: how many pairs of numbers are simulated."""

    rules: Rules
    responses: int
    tables: int = 1
    locks: int = 1
    cuts: int = 2000
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Found:
    """Shares of the simulated cuts, from 0 to 1."""

    difference: float
    """Where the likeliest difference was the true one; a guess is right in one of nine."""
    one: float
    """Where one person was told from two to nine rightly, where each was as likely; a guess is right in one of two."""
    certain: float
    """Where no other difference was possible."""
    known: float
    """Where it was found whether one person gave an answer of whom the attacker knows all others of the group, as who
    sent most of it does; a guess is right in one of two."""
    small: float
    """Where the likeliest of 0 to 9 was the count that is shown as "fewer than"; a guess is right in one of ten."""


def audit(attack: Attack) -> Found:
    """Simulate the attack with the noise that the door adds. The same seed gives the same figures."""
    random = Random(attack.seed)  # noqa: S311 -- people who do not exist, the same each time
    noise = attack.rules.noise
    right = certain = told = known = small = 0
    for number in range(attack.cuts):
        true = FEW[number % len(FEW)]
        chances = _difference(attack, noise, true, random)
        right += _likeliest(chances) == true
        certain += sum(chance > 0 for chance in chances.values()) == 1
        told += _tells_one(attack, noise, alone=number % 2 == 0, random=random)
        known += _known(attack, noise, gave=number // 2 % 2 == 0, random=random)
        small += _small(attack, noise, number % 10, random)
    return Found(*(found / attack.cuts for found in (right, told, certain, known, small)))


def _size(attack: Attack, random: Random) -> int:
    return random.randrange(attack.rules.shown_base, max(attack.responses // 2, attack.rules.shown_base + 1))


def _tells_one(attack: Attack, noise: Noise, *, alone: bool, random: Random) -> bool:
    chances = _difference(attack, noise, 1 if alone else random.choice(FEW[1:]), random)
    others = sum(chance for few, chance in chances.items() if few != 1) / (len(FEW) - 1)
    return (chances[1] > others) is alone


def _known(attack: Attack, noise: Noise, *, gave: bool, random: Random) -> bool:
    """Whether it is found: in each table and release the number of those who gave the answer tells it, and so does that
    of those who gave another."""
    logs = dict.fromkeys((True, False), 0.0)
    for _ in range(attack.tables * attack.locks):
        for one_more in (gave, not gave):
            size = _size(attack, random)
            off = _perturbed(noise, size + one_more, random) - size
            for guess in logs:
                logs[guess] += _log(_sum_of(1, noise).get(off - (guess == (one_more == gave)), 0.0))
    return logs[gave] > logs[not gave] or (logs[True] == logs[False] and random.random() < 0.5)


def _difference(attack: Attack, noise: Noise, true: int, random: Random) -> Chances:
    """How likely every difference makes what is seen, over all releases."""
    logs = dict.fromkeys(FEW, 0.0)
    for _ in range(attack.locks):
        size = _size(attack, random)
        smaller = _perturbed(noise, size, random)
        larger = [(1, _perturbed(noise, size + true, random))]
        for _table in range(attack.tables - 1):
            part = (size + true) // 2
            both = _perturbed(noise, part, random) + _perturbed(noise, size + true - part, random)
            larger.append((2, both))
        for few in FEW:
            logs[few] += _log(_likelihood(smaller, larger, few, noise))
    top = max(logs.values())
    return {few: math.exp(each - top) if each > -math.inf else 0.0 for few, each in logs.items()}


def _perturbed(noise: Noise, count: int, random: Random) -> int:
    """The keys of two sets of people have nothing to do with each other."""
    return noise.perturbed(count, random.randrange(KEYS))


def _likelihood(smaller: int, larger: Iterable[tuple[int, int]], few: int, noise: Noise) -> float:
    """Over every size that the smaller set can have; `larger` has sums of so many numbers."""
    found = 0.0
    for off, chance in _sum_of(1, noise).items():
        size = smaller - off + few
        found += chance * math.prod(_sum_of(terms, noise).get(seen - size, 0.0) for terms, seen in larger)
    return found


def _small(attack: Attack, noise: Noise, true: int, random: Random) -> bool:
    """Whether the likeliest is the true count: a base less its shown answers, whole and in two groups."""
    logs = dict.fromkeys(range(10), 0.0)
    for table in range(attack.tables):
        terms = (1 + _ROWS) * (1 if table == 0 else 2)
        size = _size(attack, random)
        off = sum(_perturbed(noise, size, random) - size for _ in range(terms))
        for count in logs:
            logs[count] += _log(_sum_of(terms, noise).get(true + off - count, 0.0))
    return _likeliest(logs) == true


@cache
def _sum_of(terms: int, noise: Noise) -> Chances:
    """The sum of the noise of so many large numbers."""
    one = law_of(noise.bound + NEVER + 1, noise.variance, noise.bound).as_mapping()
    found = {0: 1.0}
    for _ in range(terms):
        found = _added(found, one)
    return found


def _added(first: Chances, second: Chances) -> dict[int, float]:
    found: dict[int, float] = {}
    for a, p in first.items():
        for b, q in second.items():
            found[a + b] = found.get(a + b, 0.0) + p * q
    return found


def _likeliest(chances: Chances) -> int:
    return max(chances, key=lambda each: chances[each])


def _log(chance: float) -> float:
    return math.log(chance) if chance > 0 else -math.inf


def in_words(attack: Attack, found: Found) -> Iterator[str]:
    """The figures, one a line."""
    yield (
        f"simulated: {attack.cuts:,} pairs of numbers in {attack.responses:,} responses, in {attack.tables} "
        f"tables and {attack.locks} releases; noise of variance {attack.rules.noise_variance}, at most "
        f"{attack.rules.noise_bound}"
    )
    yield from _lines(
        (
            ("the true difference of one to nine people was found", found.difference, "11 by guessing"),
            ("one person was told from two to nine", found.one, "50 by guessing"),
            ("no other difference was possible", found.certain, "0 is best"),
            ("what one person answered was found, all others of a group known", found.known, "50 by guessing"),
            ("the true count of a “fewer than” was found", found.small, "10 by guessing"),
        )
    )


def _lines(figures: Iterable[tuple[str, float, str]]) -> Iterator[str]:
    for what, share, beside in figures:
        yield f"{what}: in {round(100 * share)} of 100 ({beside})"
