"""A simulated attack on released numbers: what an attacker who knows every rule and has all tables learns about a few
people.

The attacker compares pairs of numbers that differ by one to nine people (an answer among everyone, and the same answer
in a group) in every table of every release, and works out small counts that are not shown from what the shown ones
leave of the base. They know the distribution of the noise and choose the likeliest value. A real release never shows
two groups that differ by so few people; the simulation assumes that it did.
Questions that are asked only after a certain answer reveal that answer too: through their bases, and through how many
people were not asked.
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
"""The true differences that the attacker tries to tell apart."""
HIDDEN_GROUP_SIZES = range(5, 26)
"""The sizes of a group that is not shown. The attacker knows the size."""
_SHOWN_GROUPS = 4
"""How many groups of the same region are shown beside the hidden one."""
_SHOWN_ANSWERS = 2
"""How many answers are shown beside a small count. If more are shown, their difference from the base has more noise."""
Likelihoods = Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Attack:
    """What the attacker has to work with.

    `tables`: how many tables contain the larger number; it is whole in the first and cut into two groups in the others.
    `follow_ups`: how many tables are about questions that are asked only after the answer; `conditions`: under how many
    different conditions they are asked. `releases`: how many releases of the growing dataset there are. `pairs`: how
    many pairs of numbers are simulated.
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
    """How often each attack succeeded, as shares of the simulated pairs from 0 to 1."""

    difference: float
    """The likeliest difference was the true one. A guess is right in one case of nine."""
    one_person: float
    """A difference of one person was told apart from one of two to nine, each as likely. A guess is right in one case
    of two."""
    certain: float
    """Only one difference was possible."""
    known_others: float
    """The attacker found out whether one person gave an answer, knowing the answers of everyone else in the group, for
    example because they sent most of them. A guess is right in one case of two."""
    small_count: float
    """The likeliest number from 0 to 9 was the count that is shown as "fewer than". A guess is right in one case of
    ten."""
    newcomer: float
    """The attacker found out whether one person gave an answer who joined between two releases, when the attacker sent
    all other new responses. A guess is right in one case of two."""
    hidden_group: float
    """The attacker found out exactly how many people of a hidden group gave an answer, by subtracting the four shown
    groups from their region. HIDDEN_GROUP_SIZES has the sizes of such groups."""
    hidden_group_by_guessing: float
    """The same by guessing, when only the size of the group is known."""


def simulate_attack(attack: Attack) -> AttackResult:
    """Simulate the attack with the noise that releases have. The same seed gives the same figures."""
    random, other = Random(attack.seed), Random(attack.seed + 1)  # noqa: S311 -- people who do not exist
    noise = attack.rules.noise
    right = certain = told = known = small = newcomer = land = guessed = 0
    for number in range(attack.pairs):
        true = DIFFERENCES[number % len(DIFFERENCES)]
        chances = _difference(attack, noise, true, random)
        right += _likeliest(chances) == true
        certain += sum(chance > 0 for chance in chances.values()) == 1
        told += _one_person_found(attack, noise, alone=number % 2 == 0, random=random)
        known += _known_others_found(attack, noise, gave=number // 2 % 2 == 0, random=random)
        small += _small_count_found(attack, noise, number % 10, random)
        newcomer += _newcomer_found(attack, noise, gave=number % 2 == 0, random=other)
        found, by_guessing = _hidden_group_found(attack, noise, other)
        land, guessed = land + found, guessed + by_guessing
    return AttackResult(*(one / attack.pairs for one in (right, told, certain, known, small, newcomer, land, guessed)))


def _table_count(attack: Attack) -> int:
    return attack.tables + attack.follow_ups


def _size(attack: Attack, random: Random) -> int:
    return random.randrange(attack.rules.base_threshold, max(attack.responses // 2, attack.rules.base_threshold + 1))


def _one_person_found(attack: Attack, noise: Noise, *, alone: bool, random: Random) -> bool:
    chances = _difference(attack, noise, 1 if alone else random.choice(DIFFERENCES[1:]), random)
    others = sum(chance for few, chance in chances.items() if few != 1) / (len(DIFFERENCES) - 1)
    return (chances[1] > others) is alone


def _known_others_found(attack: Attack, noise: Noise, *, gave: bool, random: Random) -> bool:
    """Whether the answer is found from every number of every release that reveals it."""
    logs = dict.fromkeys((True, False), 0.0)
    for of_answer in _revealing_numbers(attack) * attack.releases:
        size, one_more = _size(attack, random), of_answer == gave
        off, logs_of = _perturbed(noise, size + one_more, random) - size, _logs_of_sum(1, noise)
        for guess in logs:
            logs[guess] += logs_of.get(off - (of_answer == guess), -math.inf)
    return _is_guess_right(logs, gave, random)


def _revealing_numbers(attack: Attack) -> list[bool]:
    """The numbers that reveal one answer of two: True for the count of those who gave it, False for the count of the
    others. Each table has both. For a question asked only after this answer, the base is a count of those who gave it,
    and the number of people who were not asked is a count of the others."""
    return [True, False] * attack.tables + [True] * attack.follow_ups + [False] * attack.conditions


def _newcomer_found(attack: Attack, noise: Noise, *, gave: bool, random: Random) -> bool:
    """The same for a person who joined. The attacker sees each number before and after, and knows how much of the
    increase is due to the others."""
    logs = dict.fromkeys((True, False), 0.0)
    for of_answer in _revealing_numbers(attack):
        before = _size(attack, random)
        then = before + attack.rules.smallest_base + (of_answer == gave)
        off = _perturbed(noise, then, random) - _perturbed(noise, before, random) - attack.rules.smallest_base
        logs_of = _logs_of_sum(2, noise)
        for guess in logs:
            logs[guess] += logs_of.get(off - (of_answer == guess), -math.inf)
    return _is_guess_right(logs, gave, random)


def _is_guess_right(logs: Mapping[bool, float], truth: bool, random: Random) -> bool:
    return logs[truth] > logs[not truth] or (logs[True] == logs[False] and random.random() < 0.5)


def _hidden_group_found(attack: Attack, noise: Noise, random: Random) -> tuple[bool, bool]:
    """Whether the attacker finds how many people of a hidden group gave one of two answers: first from all that is
    shown, then from the size of the group alone. Each table after the first cuts the region and its groups in two."""
    people = random.choice(HIDDEN_GROUP_SIZES)
    true = sum(random.random() < 0.5 for _ in range(people))
    logs = {count: math.log(math.comb(people, count)) for count in range(people + 1)}
    guessed = _likeliest(logs) == true
    whole, after = 1 + _SHOWN_GROUPS, attack.follow_ups + attack.conditions
    terms = [whole] * 2 + [2 * whole] * (2 * (attack.tables - 1)) + [whole] * after
    for of_answer, parts in zip(_revealing_numbers(attack) * attack.releases, terms * attack.releases, strict=True):
        size, logs_of, sign = _size(attack, random), _logs_of_sum(parts, noise), 1 if of_answer else -1
        off = sum(_perturbed(noise, size, random) - size for _ in range(parts))
        for count in logs:
            logs[count] += logs_of.get(off + (true - count) * sign, -math.inf)
    return _likeliest(logs) == true, guessed


def _difference(attack: Attack, noise: Noise, true: int, random: Random) -> Likelihoods:
    """The likelihood of what is seen over all releases under each difference, relative to the likeliest one."""
    logs = dict.fromkeys(DIFFERENCES, 0.0)
    for _ in range(attack.releases):
        size = _size(attack, random)
        smaller = _perturbed(noise, size, random)
        one, two = _sum_of(1, noise), _sum_of(2, noise)
        larger = [(one, _perturbed(noise, size + true, random))]
        for _table in range(_table_count(attack) - 1):
            part = (size + true) // 2
            both = _perturbed(noise, part, random) + _perturbed(noise, size + true - part, random)
            larger.append((two, both))
        likelihoods = _likelihoods(smaller, larger, one)
        for few in DIFFERENCES:
            logs[few] += _log(likelihoods[few])
    top = max(logs.values())
    return {few: math.exp(each - top) if each > -math.inf else 0.0 for few, each in logs.items()}


def _perturbed(noise: Noise, count: int, random: Random) -> int:
    """A count with noise. Each call draws a new cell key, because the keys of different people are unrelated."""
    return noise.perturb(count, random.randrange(KEY_MODULUS))


def _likelihoods(smaller: int, larger: Iterable[tuple[Likelihoods, int]], one: Likelihoods) -> Likelihoods:
    """The likelihood of each difference, over every size that the smaller set can have, whose number has noise
    distributed as `one`. `larger` has sums of numbers, each with how the sum of their noise is distributed."""
    together = dict[int, float]()
    for size in {smaller - off + few for off in one for few in DIFFERENCES}:
        together[size] = 1.0
        for law, seen in larger:
            together[size] *= law.get(seen - size, 0.0)
    found = dict.fromkeys(DIFFERENCES, 0.0)
    for off, chance in one.items():
        for few in DIFFERENCES:
            found[few] += chance * together[smaller - off + few]
    return found


def _small_count_found(attack: Attack, noise: Noise, true: int, random: Random) -> bool:
    """Whether the likeliest count is the true one, when the shown answers are subtracted from the base: of everyone in
    the first table, and of two groups in each of the others."""
    logs = dict.fromkeys(range(10), 0.0)
    for table in range(_table_count(attack)):
        terms = (1 + _SHOWN_ANSWERS) * (1 if table == 0 else 2)
        size, logs_of = _size(attack, random), _logs_of_sum(terms, noise)
        off = sum(_perturbed(noise, size, random) - size for _ in range(terms))
        for count in logs:
            logs[count] += logs_of.get(true + off - count, -math.inf)
    return _likeliest(logs) == true


@cache
def _sum_of(terms: int, noise: Noise) -> Likelihoods:
    """The distribution of the sum of the noise of that many large numbers."""
    one = noise_distribution(noise.bound + BLOCKED_UP_TO + 1, noise.variance, noise.bound).as_mapping()
    found = {0: 1.0}
    for _ in range(terms):
        found = _convolved(found, one)
    return found


@cache
def _logs_of_sum(terms: int, noise: Noise) -> Mapping[int, float]:
    """The logarithms of the same, of all that is possible."""
    return {off: _log(chance) for off, chance in _sum_of(terms, noise).items() if chance > 0}


def _convolved(first: Likelihoods, second: Likelihoods) -> dict[int, float]:
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
    """One line for each figure."""
    yield (
        f"simulated: {attack.pairs:,} pairs of numbers in {attack.responses:,} responses, in {_table_count(attack)} "
        f"tables and {attack.releases} releases; noise of variance {attack.rules.noise_variance}, at most "
        f"{attack.rules.noise_bound}; {attack.follow_ups} of the tables are of what is asked after an answer"
    )
    yield from _figure_lines(
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


def _figure_lines(figures: Iterable[tuple[str, float, str]]) -> Iterator[str]:
    for what, share, beside in figures:
        yield f"{what}: in {round(100 * share)} of 100 ({beside})"
