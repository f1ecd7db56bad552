"""An attack on the door, simulated: what someone who knows every rule, and has all tables, learns of a few people.

They look at a number and at one with one to nine people more (an answer of all, and the same answer in a group), in
every table and every release there is, and at the small counts that are not shown, by what the others leave. They have
the likelihoods of the noise, and take the likeliest. Groups that differ by so few do not leave the door.

What is asked after an answer tells of it too: the base of each such question, and how many were not asked.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from random import Random

from kuule.disclosure.noise import BLOCKED_UP_TO, Noise, noise_distribution
from kuule.disclosure.thresholds import DisclosureRules
from kuule.tables.result import KEY_MODULUS

DIFFERENCES = range(1, 10)
"""The true differences that are to be told apart."""
HIDDEN_GROUP_SIZES = range(5, 26)
"""Of a group that is not shown, whose size is known."""
_LANDS = 4
"""Groups that are shown beside it, in the region of all."""
_ROWS = 2
"""Answers that are shown beside a small one: with more of them, the noise of what they leave is larger."""
Likelihoods = Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Attack:
    """What is attacked with.

    `tables`: how many contain the larger number, whole in the first one and cut into two groups in each of the others.
    `follow_ups`: tables of questions asked after an answer; `conditions`: under how many conditions. `releases`:
    releases of the growing dataset. `pairs`: how many pairs of numbers are simulated.
    """

    rules: DisclosureRules
    responses: int
    tables: int = 1
    follow_ups: int = 0
    conditions: int = 0
    releases: int = 1
    pairs: int = 2000
    seed: int = 1


@dataclass(frozen=True, slots=True)
class AttackResult:
    """Shares of the simulated cuts, from 0 to 1."""

    difference: float
    """Where the likeliest difference was the true one; a guess is right in one of nine."""
    one_person: float
    """Where one person was told from two to nine rightly, where each was as likely; a guess is right in one of two."""
    certain: float
    """Where no other difference was possible."""
    known_others: float
    """Where it was found whether one person gave an answer of whom the attacker knows all others of the group, as who
    sent most of it does; a guess is right in one of two."""
    small_count: float
    """Where the likeliest of 0 to 9 was the count that is shown as "fewer than"; a guess is right in one of ten."""
    newcomer: float
    """Where it was found whether one person gave an answer who joined between two releases among people whom the
    attacker sent; a guess is right in one of two."""
    hidden_group: float
    """Where it was found, to the person, how many of HIDDEN_GROUP_SIZES gave an answer, in a group that is not shown:
    by its region less four others."""
    hidden_group_by_guessing: float
    """The same of who knows nothing but the group's size."""


def simulate_attack(attack: Attack) -> AttackResult:
    """Simulate the attack with the noise that the door adds. The same seed gives the same figures."""
    random, other = Random(attack.seed), Random(attack.seed + 1)  # noqa: S311 -- people who do not exist
    noise = attack.rules.noise
    right = certain = told = known = small = newcomer = land = guessed = 0
    for number in range(attack.pairs):
        true = DIFFERENCES[number % len(DIFFERENCES)]
        chances = _difference(attack, noise, true, random)
        right += _likeliest(chances) == true
        certain += sum(chance > 0 for chance in chances.values()) == 1
        told += _tells_one(attack, noise, alone=number % 2 == 0, random=random)
        known += _known(attack, noise, gave=number // 2 % 2 == 0, random=random)
        small += _small(attack, noise, number % 10, random)
        newcomer += _newcomer(attack, noise, gave=number % 2 == 0, random=other)
        found, by_guessing = _land(attack, noise, other)
        land, guessed = land + found, guessed + by_guessing
    return AttackResult(*(one / attack.pairs for one in (right, told, certain, known, small, newcomer, land, guessed)))


def _tables(attack: Attack) -> int:
    return attack.tables + attack.follow_ups


def _size(attack: Attack, random: Random) -> int:
    return random.randrange(attack.rules.base_threshold, max(attack.responses // 2, attack.rules.base_threshold + 1))


def _tells_one(attack: Attack, noise: Noise, *, alone: bool, random: Random) -> bool:
    chances = _difference(attack, noise, 1 if alone else random.choice(DIFFERENCES[1:]), random)
    others = sum(chance for few, chance in chances.items() if few != 1) / (len(DIFFERENCES) - 1)
    return (chances[1] > others) is alone


def _known(attack: Attack, noise: Noise, *, gave: bool, random: Random) -> bool:
    """Whether it is found, by each number of each release that tells it."""
    logs = dict.fromkeys((True, False), 0.0)
    for of_answer in _numbers(attack) * attack.releases:
        size, one_more = _size(attack, random), of_answer == gave
        off = _perturbed(noise, size + one_more, random) - size
        for guess in logs:
            logs[guess] += _log(_sum_of(1, noise).get(off - (of_answer == guess), 0.0))
    return _is_told(logs, gave, random)


def _numbers(attack: Attack) -> list[bool]:
    """The numbers that tell of one answer of two: True for one of those who gave it, False for one of the others. In
    each table there are both; the base of what is asked after it is the first, how many were not asked the second."""
    return [True, False] * attack.tables + [True] * attack.follow_ups + [False] * attack.conditions


def _newcomer(attack: Attack, noise: Noise, *, gave: bool, random: Random) -> bool:
    """The same of one who joined: of each number the attacker sees what it was and what it is, and knows by how much
    the others made it larger."""
    logs = dict.fromkeys((True, False), 0.0)
    for of_answer in _numbers(attack):
        before = _size(attack, random)
        then = before + attack.rules.smallest_base + (of_answer == gave)
        off = _perturbed(noise, then, random) - _perturbed(noise, before, random) - attack.rules.smallest_base
        for guess in logs:
            logs[guess] += _log(_sum_of(2, noise).get(off - (of_answer == guess), 0.0))
    return _is_told(logs, gave, random)


def _is_told(logs: Mapping[bool, float], truth: bool, random: Random) -> bool:
    return logs[truth] > logs[not truth] or (logs[True] == logs[False] and random.random() < 0.5)


def _land(attack: Attack, noise: Noise, random: Random) -> tuple[bool, bool]:
    """Whether the likeliest number of a small group who gave one of two answers is the true one, with all there is to
    see and with nothing. Each table past the first cuts the region and its lands in two."""
    people = random.choice(HIDDEN_GROUP_SIZES)
    true = sum(random.random() < 0.5 for _ in range(people))
    logs = {count: math.log(math.comb(people, count)) for count in range(people + 1)}
    guessed = _likeliest(logs) == true
    whole, after = 1 + _LANDS, attack.follow_ups + attack.conditions
    terms = [whole] * 2 + [2 * whole] * (2 * (attack.tables - 1)) + [whole] * after
    for of_answer, parts in zip(_numbers(attack) * attack.releases, terms * attack.releases, strict=True):
        size = _size(attack, random)
        off = sum(_perturbed(noise, size, random) - size for _ in range(parts))
        for count in logs:
            logs[count] += _log(_sum_of(parts, noise).get(off + (true - count) * (1 if of_answer else -1), 0.0))
    return _likeliest(logs) == true, guessed


def _difference(attack: Attack, noise: Noise, true: int, random: Random) -> Likelihoods:
    """How likely every difference makes what is seen, over all releases."""
    logs = dict.fromkeys(DIFFERENCES, 0.0)
    for _ in range(attack.releases):
        size = _size(attack, random)
        smaller = _perturbed(noise, size, random)
        larger = [(1, _perturbed(noise, size + true, random))]
        for _table in range(_tables(attack) - 1):
            part = (size + true) // 2
            both = _perturbed(noise, part, random) + _perturbed(noise, size + true - part, random)
            larger.append((2, both))
        for few in DIFFERENCES:
            logs[few] += _log(_likelihood(smaller, larger, few, noise))
    top = max(logs.values())
    return {few: math.exp(each - top) if each > -math.inf else 0.0 for few, each in logs.items()}


def _perturbed(noise: Noise, count: int, random: Random) -> int:
    """The keys of two sets of people have nothing to do with each other."""
    return noise.perturb(count, random.randrange(KEY_MODULUS))


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
    for table in range(_tables(attack)):
        terms = (1 + _ROWS) * (1 if table == 0 else 2)
        size = _size(attack, random)
        off = sum(_perturbed(noise, size, random) - size for _ in range(terms))
        for count in logs:
            logs[count] += _log(_sum_of(terms, noise).get(true + off - count, 0.0))
    return _likeliest(logs) == true


@cache
def _sum_of(terms: int, noise: Noise) -> Likelihoods:
    """The sum of the noise of so many large numbers."""
    one = noise_distribution(noise.bound + BLOCKED_UP_TO + 1, noise.variance, noise.bound).as_mapping()
    found = {0: 1.0}
    for _ in range(terms):
        found = _added(found, one)
    return found


def _added(first: Likelihoods, second: Likelihoods) -> dict[int, float]:
    found: dict[int, float] = {}
    for a, p in first.items():
        for b, q in second.items():
            found[a + b] = found.get(a + b, 0.0) + p * q
    return found


def _likeliest(chances: Likelihoods) -> int:
    return max(chances, key=lambda each: chances[each])


def _log(chance: float) -> float:
    return math.log(chance) if chance > 0 else -math.inf


def describe_attack(attack: Attack, found: AttackResult) -> Iterator[str]:
    """The figures, one a line."""
    yield (
        f"simulated: {attack.pairs:,} pairs of numbers in {attack.responses:,} responses, in {_tables(attack)} "
        f"tables and {attack.releases} releases; noise of variance {attack.rules.noise_variance}, at most "
        f"{attack.rules.noise_bound}; {attack.follow_ups} of the tables are of what is asked after an answer"
    )
    yield from _lines(
        (
            ("the true difference of one to nine people was found", found.difference, "11 by guessing"),
            ("one person was told from two to nine", found.one_person, "50 by guessing"),
            ("no other difference was possible", found.certain, "0 is best"),
            ("what one person answered was found, all others of a group known", found.known_others, "50 by guessing"),
            ("the true count of a “fewer than” was found", found.small_count, "10 by guessing"),
            ("what one person answered who joined among people known was found", found.newcomer, "50 by guessing"),
            (
                f"how many of {HIDDEN_GROUP_SIZES[0]} to {HIDDEN_GROUP_SIZES[-1]} people who are not shown gave an "
                "answer was found",
                found.hidden_group,
                f"{round(100 * found.hidden_group_by_guessing)} by guessing",
            ),
        )
    )


def _lines(figures: Iterable[tuple[str, float, str]]) -> Iterator[str]:
    for what, share, beside in figures:
        yield f"{what}: in {round(100 * share)} of 100 ({beside})"
