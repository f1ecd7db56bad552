"""Made-up studies for the attack on a series of reports, and their reports, which are released as real ones are.

Every study has six lands, three ages, and one question with three answers. The lands are grouped into two regions, and
also into two halves, of which one is a region and one land more. One land has 1 to 29 people, and nobody joins it from
one dataset to the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from random import Random

from kuule.disclosure.differencing import GroupHierarchy
from kuule.disclosure.release import release
from kuule.disclosure.required_tables import release_candidates, required_tables
from kuule.disclosure.successive_releases import EarlierReleases, ShownGroup, shown_groups
from kuule.disclosure.thresholds import AnswerSet, DisclosureRules
from kuule.tables.missing import Missing
from kuule.tables.released import ReleasedTable
from kuule.tables.request import People, Subpopulation, TableRequest
from kuule.tables.result import KEY_MODULUS, CellKeys, Column, DataOrigin, ResultTable

LANDS = tuple(f"l{number}" for number in range(1, 7))
SMALL_LAND = "l3"
AGES = ("young", "middle", "old")
ANSWERS = ("a", "b", "c")
REGIONS = {"north": ("l1", "l2", "l3"), "south": ("l4", "l5", "l6")}
HALVES = {"wide": ("l1", "l2", "l3", "l4"), "rest": ("l5", "l6")}
GROUPS = {
    "region": {name: AnswerSet("land", frozenset(lands)) for name, lands in REGIONS.items()},
    "half": {name: AnswerSet("land", frozenset(lands)) for name, lands in HALVES.items()},
    "country": {land: AnswerSet("land", frozenset({land})) for land in LANDS},
    "age_group": {age: AnswerSet("age", frozenset({age})) for age in AGES},
}
HIERARCHY = GroupHierarchy(GROUPS)
PEOPLE_OF_SMALL_LAND = HIERARCHY.people_of(TableRequest("told", "country"), SMALL_LAND)
_BY_LAND = ("region", "half", "country")
_LEAVES = tuple(product(LANDS, AGES, ANSWERS))
"""The smallest parts of a study: the people of one land and age who gave one answer."""
_FEW = (0, 0, 1, 3, 10, 40)
CountAndKey = tuple[int, int]
"""A number of people and their cell key."""
LeafCounts = Sequence[CountAndKey]
"""The people of each leaf in one locked dataset."""
PublishedNumber = tuple[People, int]
"""A published number: whom it counts, and in which locked dataset."""


@dataclass(frozen=True, slots=True)
class SimulatedStudy:
    """A study: its people in each locked dataset, and the columns that were published, whose cells have noise."""

    rules: DisclosureRules
    locks: tuple[LeafCounts, ...]
    published: dict[PublishedNumber, Mapping[str, int | None]] = field(default_factory=dict)


def simulate_study(rules: DisclosureRules, responses: int, locks: int, random: Random) -> SimulatedStudy:
    """A study with about `responses` new responses in each locked dataset, or, if that is 0, only a few in every leaf.
    The groups of `rules` must be GROUPS."""
    few, mean = random.randint(1, rules.smallest_base - 1), max(responses // len(_LEAVES), 30)
    state: LeafCounts = [(0, 0)] * len(_LEAVES)
    states = []
    for lock in range(locks):
        joined = [
            0 if leaf[0] == SMALL_LAND else random.randint(mean // 2, 2 * mean) if responses else random.choice(_FEW)
            for leaf in _LEAVES
        ]
        for _ in range(few if lock == 0 else 0):
            joined[_LEAVES.index((SMALL_LAND, random.choice(AGES), random.choice(ANSWERS)))] += 1
        state = [
            (people + more, (key + (random.randrange(KEY_MODULUS) if more else 0)) % KEY_MODULUS)
            for (people, key), more in zip(state, joined, strict=True)
        ]
        states.append(state)
    return SimulatedStudy(rules, tuple(states))


def publish_reports(study: SimulatedStudy) -> None:
    """From each locked dataset, publish the report on everyone and the reports on each group, in tables of one
    question."""
    noted: list[ShownGroup] = []
    requests = tuple(_requests())
    required = required_tables(requests, study.rules, _codes)
    for lock, state in enumerate(study.locks):
        origin = DataOrigin("simulated", str(lock), (), True, 0, key=count_people(state, ())[1])
        counted = [_table(request, origin, state) for request in required]
        candidates = release_candidates(requests, counted, study.rules)
        released = release(candidates, study.rules, earlier=EarlierReleases(noted, study.rules))
        noted.extend(shown_groups(candidates, released, study.rules))
        for table in released:
            _note_published(study, lock, table)


def _requests() -> Iterator[TableRequest]:
    yield TableRequest("told")
    yield from (TableRequest("told", cut) for cut in GROUPS)
    for cut in _BY_LAND:
        yield from (TableRequest("told", "age_group", Subpopulation(cut, code)) for code in GROUPS[cut])


def _codes(cut: str | None) -> tuple[str, ...]:
    return ("",) if cut is None else tuple(GROUPS[cut])


def _table(request: TableRequest, origin: DataOrigin, state: LeafCounts) -> ResultTable:
    columns = (_column(request, code, state) for code in _codes(request.cut))
    return ResultTable(request, origin, ANSWERS, tuple(columns), False)


def _column(request: TableRequest, code: str, state: LeafCounts) -> Column:
    people = HIERARCHY.people_of(request, code)
    cells = [count_people(state, people, answer) for answer in ANSWERS]
    base, key = count_people(state, people)
    nobody = dict.fromkeys(Missing, 0)
    keys = CellKeys(key, tuple(each for _, each in cells), nobody)
    return Column(code, base, tuple(count for count, _ in cells), nobody, keys)


def count_people(state: LeafCounts, people: People, answer: str = "") -> CountAndKey:
    """How many of these people gave an answer, with their cell key. Without an answer, all of them are counted."""
    inside = [state[number] for number in leaves_of(people, answer)]
    return sum(count for count, _ in inside), sum(key for _, key in inside) % KEY_MODULUS


@cache
def leaves_of(people: People, answer: str = "") -> frozenset[int]:
    """The indices of the leaves that these people belong to."""
    made = HIERARCHY.answer_sets(people)
    return frozenset(
        number
        for number, (land, age, said) in enumerate(_LEAVES)
        if answer in ("", said) and all(_is_named(one, land, age) for one in made)
    )


def _is_named(one: AnswerSet, land: str, age: str) -> bool:
    return (land if one.question == "land" else age) in one.named


def _note_published(study: SimulatedStudy, lock: int, table: ReleasedTable) -> None:
    for column in table.columns:
        if column.base is not None:
            cells = dict(zip(ANSWERS, (cell.count for cell in column.cells), strict=True))
            study.published[HIERARCHY.people_of(table.request, column.code), lock] = cells


def lands_around_small_land() -> Iterable[tuple[Subpopulation | None, tuple[str, ...]]]:
    """Each group that contains the small land, with all lands in it."""
    return (
        (None, LANDS),
        (Subpopulation("region", "north"), REGIONS["north"]),
        (Subpopulation("half", "wide"), HALVES["wide"]),
    )
