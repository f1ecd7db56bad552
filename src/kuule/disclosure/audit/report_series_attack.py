"""A simulated attack on a series of reports: on everyone and on each group, from one locked dataset and the next ones.

The studies are made up (`simulated_studies`). The attacker knows which groups contain which, that nobody joined the
small land, and the variance of the noise. They take every group that contains the small land, subtract the other lands
that are shown, in every report, and combine the remainders in the best way (least squares, with the covariance of the
remainders). In every other study the other lands and their newcomers are few too, so that many numbers are close to the
thresholds.
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
"""Published numbers, each with its factor in a sum."""


@dataclass(frozen=True, slots=True)
class SeriesAttackResult:
    """What was found. `pairs` counts the pairs of published groups of which one contains the other, and `fewest` is the
    smallest number of people by which two such groups differ. The other fields are shares from 0 to 1: how often the
    attacker found the number of people in the small land who gave an answer, from the reports that the field names, or
    by guessing."""

    pairs: int
    fewest: int
    first_report: float
    group_reports: float
    all_datasets: float
    guessing: float


def simulate_series_attack(
    rules: DisclosureRules, responses: int, locks: int, studies: int = 400, seed: int = 1
) -> SeriesAttackResult:
    """Simulate the attack on a number of studies. The same seed gives the same figures."""
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
            right = [
                so_far + _is_found(study, looks, people)
                for so_far, looks in zip(right, _visible_combinations(study), strict=True)
            ]
    shares = (each / max(attacked, 1) for each in (*right, guessed))
    return SeriesAttackResult(pairs, min(between, default=0), *shares)


def _differences(study: SimulatedStudy) -> Iterator[int]:
    """For each pair of published groups of which one contains the other: how many people are in only one of them."""
    for (one, first), (other, second) in combinations(study.published, 2):
        if _are_nested(one, other):
            here, there = leaves_of(one), leaves_of(other)
            yield sum(
                abs(
                    (study.locks[first][leaf][0] if leaf in here else 0)
                    - (study.locks[second][leaf][0] if leaf in there else 0)
                )
                for leaf in here | there
            )


@cache
def _are_nested(one: People, other: People) -> bool:
    return are_nested(HIERARCHY.answer_sets(one), HIERARCHY.answer_sets(other))


def _visible_combinations(study: SimulatedStudy) -> Iterator[list[LinearCombination]]:
    """What the attacker can combine from the first report on everyone, from all reports on the first dataset, and from
    all reports."""
    yield list(_combinations(study, 0, ((None,),)))
    yield list(_combinations(study, 0, ((None,), AGES)))
    yield [look for lock in range(len(study.locks)) for look in _combinations(study, lock, ((None,), AGES))]


def _combinations(
    study: SimulatedStudy, lock: int, ways: Iterable[Sequence[str | None]]
) -> Iterator[LinearCombination]:
    """Each group of lands that contains the small one, minus the other lands in it: as a whole, and for each age."""
    for (around, lands), ages in product(lands_around_small_land(), ways):
        parts = [(around, 1), *((Subpopulation("country", land), -1) for land in lands if land != SMALL_LAND)]
        terms: dict[PublishedNumber, int] = {}
        for (group, sign), age in product(parts, ages):
            request = TableRequest("told", None if age is None else "age_group", group)
            terms[HIERARCHY.people_of(request, age or ""), lock] = sign
        if terms.keys() <= study.published.keys():
            yield terms


def _is_found(study: SimulatedStudy, looks: Iterable[LinearCombination], people: int) -> bool:
    """Whether the attacker finds how many people in the small land gave the first answer. Without any usable
    combination they guess."""
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
    """The x of matrix · x = right, by Gaussian elimination. One that follows from the others gets no weight."""
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
    """One line for each figure."""
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
