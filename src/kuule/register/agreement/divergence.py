"""Divergence: the share of units on which two blind coders differ, by variable and as a whole.

As LawAtlas does it, coders code again until they differ on fewer units than the register allows; what counts is the
last round in which a provision was coded by two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from kuule.register.data_model.answers import Clock
from kuule.register.data_model.codings import BlindCoding, CodingFile
from kuule.register.data_model.limit_ends import several
from kuule.register.data_model.whole_register import Register

LEAST_UNITS = 10
"""As many units of a provision have to be coded twice before it can be settled, or units in every country of a register
that has fewer countries.

LawAtlas codes everything twice until coders differ on less than 5 %. A share of few units says little: coders who
differ on one unit in five agree on all of three units in about half of all cases (0.8 ** 3), and on all of ten in about
one of nine (0.8 ** 10).
"""


class DoubleCoding(StrEnum):
    """What blind coding says of a provision. `diverges` is said of few units too; `too-few` of one on which coders
    agree so far, with too few units to settle it; `no-shared-unit` of one that two coded, in no country both."""

    SETTLED = "settled"
    DIVERGES = "diverges"
    TOO_FEW = "too-few"
    NO_SHARED_UNIT = "no-shared-unit"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Divergence:
    """Of one provision in one round: how many units two coders both looked at, and on how many they differ.

    A unit of more than two coders counts once for each pair of them. `by_variable` has how often each variable differs,
    `unit` among them where only one of the two took this part of the offences for a unit of its own. `coded_twice` are
    the units that two coders both coded, each once, and `countries` those in which they are.
    """

    provision: str
    round: str
    coders: tuple[str, ...]
    units: int
    differing: int
    by_variable: Mapping[str, int]
    coded_twice: int
    countries: frozenset[str]

    @property
    def share(self) -> float:
        """The share of units on which they differ."""
        return self.differing / self.units


@dataclass(frozen=True, slots=True)
class ProvisionCoding:
    """What blind coding says of one provision; `divergence` is None where two never coded it in one country."""

    divergence: Divergence | None
    double_coding: DoubleCoding


def divergences(register: Register) -> Mapping[str, Divergence]:
    """By provision, of the last round in which two coded it. Provisions that were never coded by two are absent."""
    found: dict[str, Divergence] = {}
    for _round, files in _rounds(register):
        for provision in register.provisions:
            one = divergence_in_round(provision, files, register.settings.age_of_majority)
            if one is not None:
                found[provision] = one
    return found


def double_codings(register: Register) -> Mapping[str, DoubleCoding]:
    """What is settled, by provision: all of the register's provisions are there."""
    return {one: found.double_coding for one, found in provision_codings(register).items()}


def provision_codings(register: Register) -> Mapping[str, ProvisionCoding]:
    """The same in full, with what it was concluded from, by provision: all of the register's provisions are there."""
    known = divergences(register)
    found = {one: known.get(one) for one in register.provisions}
    return {one: ProvisionCoding(differ, _concluded(one, differ, register)) for one, differ in found.items()}


def coders_apart(register: Register, provision: str) -> tuple[str, tuple[str, ...]] | None:
    """The last round in which two or more coded the provision, and who they are; None where there is none."""
    found = None
    for round_name, files in _rounds(register):
        coders = tuple(one.coder for one in files if any(c.provision == provision for c in one.codings))
        if len(coders) > 1:
            found = (round_name, coders)
    return found


def divergence_in_round(provision: str, files: list[CodingFile], age_of_majority: int) -> Divergence | None:
    """Of the files of one round; None where fewer than two coded the provision in any one country."""
    units = 0
    differing = 0
    by_variable: Counter[str] = Counter()
    coders: set[str] = set()
    twice: set[tuple[str, str, str]] = set()
    for one, other in combinations(files, 2):
        for pair in _pairs(provision, one, other):
            units += 1
            coders |= {one.coder, other.coder}
            variables = _differing_variables(*pair, age_of_majority)
            twice |= {coding.unit for coding in pair if coding is not None and None not in pair}
            differing += bool(variables)
            by_variable.update(variables)
    if not units:
        return None
    countries = frozenset(country for country, _, _ in twice)
    return Divergence(
        provision,
        files[0].round,
        tuple(sorted(coders)),
        units,
        differing,
        dict(by_variable),
        len(twice),
        countries,
    )


def coded_variables(coding: BlindCoding, age_of_majority: int) -> Mapping[str, object]:
    """What coders decide about a unit. Articles, addresses and notes are how they found it, and are not compared; nor
    is the age of majority beside a clock that starts at majority, since it says the same twice."""
    answer = coding.answer.model_dump() if coding.answer is not None else {"kind": None}
    if answer.get("clock") in _FROM_MAJORITY and set(several(answer["clock_age"])) == {age_of_majority}:
        answer["clock_age"] = None
    return {"status": coding.status, **answer}


_FROM_MAJORITY = (Clock.MAJORITY, Clock.MAJORITY_OR_RECOVERY)


def _rounds(register: Register) -> list[tuple[str, list[CodingFile]]]:
    """The rounds in the order in which they were finished."""
    rounds: dict[str, list[CodingFile]] = {}
    for file in sorted(register.codings, key=lambda one: one.coder):
        rounds.setdefault(file.round, []).append(file)
    return sorted(rounds.items(), key=lambda one: (max(c.coded_on for file in one[1] for c in file.codings), one[0]))


def _pairs(
    provision: str, one: CodingFile, other: CodingFile
) -> Iterator[tuple[BlindCoding | None, BlindCoding | None]]:
    """The units of the countries in which both coded the provision."""
    mine, theirs = ({c.unit: c for c in file.codings if c.provision == provision} for file in (one, other))
    shared = {country for country, _, _ in mine} & {country for country, _, _ in theirs}
    for unit in sorted(mine.keys() | theirs.keys()):
        if unit[0] in shared:
            yield mine.get(unit), theirs.get(unit)


def _differing_variables(one: BlindCoding | None, other: BlindCoding | None, age_of_majority: int) -> tuple[str, ...]:
    if one is None or other is None:
        return ("unit",)
    mine, theirs = coded_variables(one, age_of_majority), coded_variables(other, age_of_majority)
    if mine["kind"] != theirs["kind"]:
        return ("answer",)
    return tuple(name for name in mine if mine[name] != theirs[name])


def has_enough_units(found: Divergence, register: Register) -> bool:
    """Whether so many units were coded twice that a provision can be settled."""
    return found.coded_twice >= LEAST_UNITS or found.countries >= set(register.settings.countries)


def _concluded(provision: str, found: Divergence | None, register: Register) -> DoubleCoding:
    if found is None:
        return DoubleCoding.NO_SHARED_UNIT if coders_apart(register, provision) else DoubleCoding.NEVER
    if found.share >= register.settings.largest_divergence:
        return DoubleCoding.DIVERGES
    return DoubleCoding.SETTLED if has_enough_units(found, register) else DoubleCoding.TOO_FEW
