"""A simulated attack on reports that are published one after the other: on everyone and on each group, of one locked
dataset and of the next ones.

The studies are made up (`simulated_studies`). The attacker knows which groups contain which, that nobody joined the
small land, and the variance of the noise. They subtract the shown lands from every group that contains the small land,
in every report, and combine the remainders as well as can be done (least squares, with the covariance of the
remainders). In every other study the other lands, and the people who join them, are few too, so that many of its
numbers are close to the thresholds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product
from random import Random

from kuule.disclosure.audit.simulated_studies import (
    AGES,
    ANSWERS,
    GROUPS,
    HIERARCHY,
    PEOPLE_OF_SMALL_LAND,
    SMALL_LAND,
    PublishedNumber,
    SimulatedStudy,
    count_people,
    lands_around_small_land,
    leaves_of,
    publish_reports,
    simulate_study,
)
from kuule.disclosure.differencing import are_nested
from kuule.disclosure.thresholds import DisclosureRules
from kuule.tables.request import People, Subpopulation, TableRequest

LinearCombination = Mapping[PublishedNumber, int]
"""Published numbers, each with the factor that it is added with."""


@dataclass(frozen=True, slots=True)
class SeriesAttackResult:
    """What was found. `pairs` counts the pairs of published groups of which one contains the other, and `fewest` is the
    smallest number of people that two such groups differ by. The others are shares from 0 to 1: how often the number
    of people in the small land who gave an answer was found with so many reports, and by guessing."""

    pairs: int
    fewest: int
    first_report: float
    group_reports: float
    all_datasets: float
    guessing: float


def simulate_series_attack(
    rules: DisclosureRules, responses: int, locks: int, studies: int = 400, seed: int = 1
) -> SeriesAttackResult:
    """Simulate the attack on so many studies. The same seed gives the same figures."""
    random = Random(seed)  # noqa: S311 -- people who do not exist, the same each time
    rules = DisclosureRules(
        rules.smallest_base, rules.smallest_count, rules.noise_variance, rules.noise_bound, groups=GROUPS
    )
    between: list[int] = []
    pairs, right, guessed, attacked = 0, [0, 0, 0], 0.0, 0
    for number in range(studies):
        study = simulate_study(rules, responses if number % 2 else 0, locks, random)
        publish_reports(study)
        differences = list(_differences(study))
        pairs += len(differences)
        between += [min(differences)] if differences else []
        if number % 2:
            people = count_people(study.locks[0], PEOPLE_OF_SMALL_LAND)[0]
            attacked, guessed = attacked + 1, guessed + 1 / (people + 1)
            right = [so_far + _found(study, looks, people) for so_far, looks in zip(right, _known(study), strict=True)]
    shares = (each / max(attacked, 1) for each in (*right, guessed))
    return SeriesAttackResult(pairs, min(between, default=0), *shares)


def _differences(study: SimulatedStudy) -> Iterator[int]:
    """The people that are in one of two groups and not in the other, for each pair of which one holds the other."""
    for (one, first), (other, second) in combinations(study.published, 2):
        if _one_holds(one, other):
            here, there = leaves_of(one), leaves_of(other)
            yield sum(
                abs(
                    (study.locks[first][leaf][0] if leaf in here else 0)
                    - (study.locks[second][leaf][0] if leaf in there else 0)
                )
                for leaf in here | there
            )


@cache
def _one_holds(one: People, other: People) -> bool:
    return are_nested(HIERARCHY.answer_sets(one), HIERARCHY.answer_sets(other))


def _known(study: SimulatedStudy) -> Iterator[list[LinearCombination]]:
    """What there is to see in the first report on everyone, in all reports of the first dataset, and in all."""
    yield list(_looks(study, 0, ((None,),)))
    yield list(_looks(study, 0, ((None,), AGES)))
    yield [look for lock in range(len(study.locks)) for look in _looks(study, lock, ((None,), AGES))]


def _looks(study: SimulatedStudy, lock: int, ways: Iterable[Sequence[str | None]]) -> Iterator[LinearCombination]:
    """Each group of lands that holds the small one, less the others in it: whole, and age by age."""
    for (around, lands), ages in product(lands_around_small_land(), ways):
        parts = [(around, 1), *((Subpopulation("country", land), -1) for land in lands if land != SMALL_LAND)]
        terms: dict[PublishedNumber, int] = {}
        for (group, sign), age in product(parts, ages):
            request = TableRequest("told", None if age is None else "age_group", group)
            terms[HIERARCHY.people_of(request, age or ""), lock] = sign
        if terms.keys() <= study.published.keys():
            yield terms


def _found(study: SimulatedStudy, looks: Iterable[LinearCombination], people: int) -> bool:
    """Whether the number of the small land who gave the first answer is what is found; without a look it is guessed."""
    answer = ANSWERS[0]
    truth = count_people(study.locks[0], PEOPLE_OF_SMALL_LAND, answer)[0]
    usable, values = [], []
    for look in looks:
        seen = [(sign, study.published[term][answer]) for term, sign in look.items()]
        if all(count is not None for _, count in seen):
            usable.append(look)
            values.append(sum(sign * (count or 0) for sign, count in seen))
    if not usable:
        return truth == people // len(ANSWERS)
    common = [[float(sum(sign * b.get(term, 0) for term, sign in a.items())) for b in usable] for a in usable]
    weights = _solved(common, [1.0] * len(usable))
    best = sum(weight * value for weight, value in zip(weights, values, strict=True)) / sum(weights)
    return min(max(round(best), 0), people) == truth


def _solved(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """The x of matrix · x = right, by Gauss; a look that the others hold already has no weight."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size, done = len(rows), 0
    pivots: list[int | None] = []
    for column in range(size):
        best = max(range(done, size), key=lambda row: abs(rows[row][column]), default=None)
        if best is None or abs(rows[best][column]) < 1e-9:
            pivots.append(None)
            continue
        rows[done], rows[best] = rows[best], rows[done]
        for row in range(size):
            if row != done:
                part = rows[row][column] / rows[done][column]
                rows[row] = [a - part * b for a, b in zip(rows[row], rows[done], strict=True)]
        pivots.append(done)
        done += 1
    return [0.0 if at is None else rows[at][size] / rows[at][column] for column, at in enumerate(pivots)]


def describe_series_attack(met: SeriesAttackResult, locks: int) -> Iterator[str]:
    """The figures, one a line."""
    yield (
        f"made-up studies, with reports on everyone and on each group of {locks} locked datasets: {met.pairs:,} pairs "
        f"of published groups of which one holds the other; the fewest people between two: {met.fewest} "
        f"({DisclosureRules().smallest_base} is the least there can be)"
    )
    found = ", ".join(f"{round(100 * share)}" for share in (met.first_report, met.group_reports, met.all_datasets))
    yield (
        f"there, how many of a group of 1 to 29, which is not shown, gave an answer was found: in {found} of 100 (by "
        f"the report on everyone, with those on each group, with those of all datasets; {round(100 * met.guessing)} "
        "by guessing)"
    )
