"""An attack on reports that are published one after the other, simulated: on everyone and on each group, of one locked
dataset and of the next ones.

Studies are made up: six lands in two regions and in two halves that hold a land more, three ages, three answers. One
land has 1 to 29 people and nobody joins it. What is published goes through the door. The attacker knows which group
holds which, that nobody joined, and the variance of the noise; they take the shown lands from all that hold the small
one, in every report, and weigh what is left as well as can be (least squares, with what the looks have in common). In
every other study the other lands and what joins them are small too, so that much of it is near to the bounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations, product
from random import Random

from kuule.disclosure.differencing import GroupHierarchy, People, are_nested
from kuule.disclosure.release import release
from kuule.disclosure.successive_releases import EarlierReleases, ShownGroup, shown_groups
from kuule.disclosure.thresholds import AnswerSet, DisclosureRules
from kuule.tables.missing import Missing
from kuule.tables.released import ReleasedTable
from kuule.tables.request import Subpopulation, TableRequest
from kuule.tables.result import KEY_MODULUS, CellKeys, Column, DataOrigin, ResultTable, Superset

_LANDS = tuple(f"l{number}" for number in range(1, 7))
_SMALL = "l3"
_AGES = ("young", "middle", "old")
_ANSWERS = ("a", "b", "c")
_REGIONS = {"north": ("l1", "l2", "l3"), "south": ("l4", "l5", "l6")}
_HALVES = {"wide": ("l1", "l2", "l3", "l4"), "rest": ("l5", "l6")}
_GROUPS = {
    "region": {name: AnswerSet("land", frozenset(lands)) for name, lands in _REGIONS.items()},
    "half": {name: AnswerSet("land", frozenset(lands)) for name, lands in _HALVES.items()},
    "country": {land: AnswerSet("land", frozenset({land})) for land in _LANDS},
    "age_group": {age: AnswerSet("age", frozenset({age})) for age in _AGES},
}
_BY_LAND = ("region", "half", "country")
_TREE = GroupHierarchy(_GROUPS)
_LEAVES = tuple(product(_LANDS, _AGES, _ANSWERS))
_SMALL_LAND = _TREE.people_of(TableRequest("told", "country"), _SMALL)
_FEW = (0, 0, 1, 3, 10, 40)
CountAndKey = tuple[int, int]
"""People and their cell key."""
LeafCounts = Sequence[CountAndKey]
"""The people of each leaf at one lock."""
PublishedNumber = tuple[People, int]
"""Published numbers: of whom, and at which lock."""
LinearCombination = Mapping[PublishedNumber, int]
"""What is added up, and what is taken away."""


@dataclass(frozen=True, slots=True)
class SeriesAttackResult:
    """What was found: pairs of published numbers of groups of which one holds the other, and the fewest people between
    two; of the answers of the small land, the shares from 0 to 1 that were found with so many reports."""

    pairs: int
    fewest: int
    first_report: float
    group_reports: float
    all_datasets: float
    guessing: float


@dataclass(frozen=True, slots=True)
class _World:
    """A study: its people at each lock, and the columns that were shown, their cells with noise."""

    rules: DisclosureRules
    locks: tuple[LeafCounts, ...]
    seen: dict[PublishedNumber, Mapping[str, int | None]] = field(default_factory=dict)


def simulate_series_attack(
    rules: DisclosureRules, responses: int, locks: int, worlds: int = 400, seed: int = 1
) -> SeriesAttackResult:
    """Simulate it. The same seed gives the same figures."""
    random = Random(seed)  # noqa: S311 -- people who do not exist, the same each time
    rules = DisclosureRules(
        rules.smallest_base, rules.smallest_count, rules.noise_variance, rules.noise_bound, groups=_GROUPS
    )
    between: list[int] = []
    pairs, right, guessed, attacked = 0, [0, 0, 0], 0.0, 0
    for number in range(worlds):
        world = _world(rules, responses if number % 2 else 0, locks, random)
        _publish(world)
        differences = list(_differences(world))
        pairs += len(differences)
        between += [min(differences)] if differences else []
        if number % 2:
            people = _counted(world.locks[0], _SMALL_LAND)[0]
            attacked, guessed = attacked + 1, guessed + 1 / (people + 1)
            right = [so_far + _found(world, looks, people) for so_far, looks in zip(right, _known(world), strict=True)]
    shares = (each / max(attacked, 1) for each in (*right, guessed))
    return SeriesAttackResult(pairs, min(between, default=0), *shares)


def _world(rules: DisclosureRules, responses: int, locks: int, random: Random) -> _World:
    """Without `responses` it is a small one."""
    few, mean = random.randint(1, rules.smallest_base - 1), max(responses // len(_LEAVES), 30)
    state: LeafCounts = [(0, 0)] * len(_LEAVES)
    states = []
    for lock in range(locks):
        joined = [
            0 if leaf[0] == _SMALL else random.randint(mean // 2, 2 * mean) if responses else random.choice(_FEW)
            for leaf in _LEAVES
        ]
        for _ in range(few if lock == 0 else 0):
            joined[_LEAVES.index((_SMALL, random.choice(_AGES), random.choice(_ANSWERS)))] += 1
        state = [
            (people + more, (key + (random.randrange(KEY_MODULUS) if more else 0)) % KEY_MODULUS)
            for (people, key), more in zip(state, joined, strict=True)
        ]
        states.append(state)
    return _World(rules, tuple(states))


def _publish(world: _World) -> None:
    """At each lock the report on everyone and those on each group, in eight tables of one question."""
    noted: list[ShownGroup] = []
    for lock, state in enumerate(world.locks):
        origin = DataOrigin("simulated", str(lock), (), True, 0, key=_counted(state, ())[1])
        exact = [
            ResultTable(request, origin, _ANSWERS, tuple(_column(request, code, state) for code in codes), False)
            for request, codes in _requests()
        ]
        released = release(exact, world.rules, earlier=EarlierReleases(noted, world.rules))
        noted.extend(shown_groups(exact, released, world.rules))
        for table in released:
            _see(world, lock, table)


def _requests() -> Iterator[tuple[TableRequest, Sequence[str]]]:
    yield TableRequest("told"), ("",)
    for cut, members in _GROUPS.items():
        yield TableRequest("told", cut), tuple(members)
    for cut in _BY_LAND:
        yield from ((TableRequest("told", "age_group", Subpopulation(cut, code)), _AGES) for code in _GROUPS[cut])


def _column(request: TableRequest, code: str, state: LeafCounts) -> Column:
    people = _TREE.people_of(request, code)
    cells = [_counted(state, people, answer) for answer in _ANSWERS]
    base, key = _counted(state, people)
    nobody = dict.fromkeys(Missing, 0)
    keys = CellKeys(key, tuple(each for _, each in cells), nobody)
    around = tuple(Superset(*_counted(state, holder)) for holder in _TREE.supersets(people))
    return Column(code, base, tuple(count for count, _ in cells), nobody, keys, around)


def _counted(state: LeafCounts, people: People, answer: str = "") -> CountAndKey:
    inside = [state[number] for number in _leaves(people, answer)]
    return sum(count for count, _ in inside), sum(key for _, key in inside) % KEY_MODULUS


@cache
def _leaves(people: People, answer: str = "") -> frozenset[int]:
    made = _TREE.answer_sets(people)
    return frozenset(
        number
        for number, (land, age, said) in enumerate(_LEAVES)
        if answer in ("", said) and all((land if one.question == "land" else age) in one.named for one in made)
    )


def _see(world: _World, lock: int, table: ReleasedTable) -> None:
    for column in table.columns:
        if column.base is not None:
            cells = dict(zip(_ANSWERS, (cell.count for cell in column.cells), strict=True))
            world.seen[_TREE.people_of(table.request, column.code), lock] = cells


def _differences(world: _World) -> Iterator[int]:
    """The people that are in one of two groups and not in the other, for each pair of which one holds the other."""
    for (one, first), (other, second) in combinations(world.seen, 2):
        if _one_holds(one, other):
            here, there = _leaves(one), _leaves(other)
            yield sum(
                abs(
                    (world.locks[first][leaf][0] if leaf in here else 0)
                    - (world.locks[second][leaf][0] if leaf in there else 0)
                )
                for leaf in here | there
            )


@cache
def _one_holds(one: People, other: People) -> bool:
    return are_nested(_TREE.answer_sets(one), _TREE.answer_sets(other))


def _known(world: _World) -> Iterator[list[LinearCombination]]:
    """What there is to see in the first report on everyone, in all reports of the first dataset, and in all."""
    yield list(_looks(world, 0, ((None,),)))
    yield list(_looks(world, 0, ((None,), _AGES)))
    yield [look for lock in range(len(world.locks)) for look in _looks(world, lock, ((None,), _AGES))]


def _looks(world: _World, lock: int, ways: Iterable[Sequence[str | None]]) -> Iterator[LinearCombination]:
    """Each group of lands that holds the small one, less the others in it: whole, and age by age."""
    for (around, lands), ages in product(_around(), ways):
        parts = [(around, 1), *((Subpopulation("country", land), -1) for land in lands if land != _SMALL)]
        terms: dict[PublishedNumber, int] = {}
        for (group, sign), age in product(parts, ages):
            request = TableRequest("told", None if age is None else "age_group", group)
            terms[_TREE.people_of(request, age or ""), lock] = sign
        if terms.keys() <= world.seen.keys():
            yield terms


def _around() -> Iterator[tuple[Subpopulation | None, tuple[str, ...]]]:
    yield None, _LANDS
    yield Subpopulation("region", "north"), _REGIONS["north"]
    yield Subpopulation("half", "wide"), _HALVES["wide"]


def _found(world: _World, looks: Iterable[LinearCombination], people: int) -> bool:
    """Whether the number of the small land who gave the first answer is what is found; without a look it is guessed."""
    answer = _ANSWERS[0]
    truth = _counted(world.locks[0], _SMALL_LAND, answer)[0]
    usable, values = [], []
    for look in looks:
        seen = [(sign, world.seen[term][answer]) for term, sign in look.items()]
        if all(count is not None for _, count in seen):
            usable.append(look)
            values.append(sum(sign * (count or 0) for sign, count in seen))
    if not usable:
        return truth == people // len(_ANSWERS)
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
        f"of published groups of which one holds the other; the fewest people between two: {met.fewest} (30 is the "
        "least there can be)"
    )
    found = ", ".join(f"{round(100 * share)}" for share in (met.first_report, met.group_reports, met.all_datasets))
    yield (
        f"there, how many of a group of 1 to 29, which is not shown, gave an answer was found: in {found} of 100 (by "
        f"the report on everyone, with those on each group, with those of all datasets; {round(100 * met.guessing)} "
        "by guessing)"
    )
