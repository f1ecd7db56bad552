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

from kuule.register.data_model.codings import BlindCoding, CodingFile
from kuule.register.data_model.whole_register import Register


class DoubleCoding(StrEnum):
    """What blind coding says of a provision."""

    SETTLED = "settled"
    DIVERGES = "diverges"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Divergence:
    """Of one provision in one round: how many units two coders both looked at, and on how many they differ.

    A unit of more than two coders counts once for each pair of them. `by_variable` has how often each variable differs,
    `unit` among them where only one of the two took this part of the offences for a unit of its own.
    """

    provision: str
    round: str
    coders: tuple[str, ...]
    units: int
    differing: int
    by_variable: Mapping[str, int]

    @property
    def share(self) -> float:
        """The share of units on which they differ."""
        return self.differing / self.units


def divergences(register: Register) -> Mapping[str, Divergence]:
    """By provision, of the last round in which two coded it. Provisions that were never coded by two are absent."""
    found: dict[str, Divergence] = {}
    for _round, files in _rounds(register):
        for provision in register.provisions:
            if (one := divergence_in_round(provision, files)) is not None:
                found[provision] = one
    return found


def double_codings(register: Register) -> Mapping[str, DoubleCoding]:
    """What is settled, by provision: all of the register's provisions are there."""
    known = divergences(register)
    return {one: _verdict(known.get(one), register.settings.largest_divergence) for one in register.provisions}


def divergence_in_round(provision: str, files: list[CodingFile]) -> Divergence | None:
    """Of the files of one round; None where fewer than two coded the provision in any one country."""
    units = 0
    differing = 0
    by_variable: Counter[str] = Counter()
    coders: set[str] = set()
    for one, other in combinations(files, 2):
        for pair in _pairs(provision, one, other):
            units += 1
            coders |= {one.coder, other.coder}
            variables = _differing_variables(*pair)
            differing += bool(variables)
            by_variable.update(variables)
    if not units:
        return None
    return Divergence(provision, files[0].round, tuple(sorted(coders)), units, differing, dict(by_variable))


def coded_variables(coding: BlindCoding) -> Mapping[str, object]:
    """What coders decide about a unit. Articles, addresses and notes are how they found it, and are not compared."""
    answer = coding.answer.model_dump() if coding.answer is not None else {"kind": None}
    return {"status": coding.status, **answer}


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


def _differing_variables(one: BlindCoding | None, other: BlindCoding | None) -> tuple[str, ...]:
    if one is None or other is None:
        return ("unit",)
    mine, theirs = coded_variables(one), coded_variables(other)
    if mine["kind"] != theirs["kind"]:
        return ("answer",)
    return tuple(name for name in mine if mine[name] != theirs[name])


def _verdict(found: Divergence | None, largest: float) -> DoubleCoding:
    if found is None:
        return DoubleCoding.NEVER
    return DoubleCoding.DIVERGES if found.share >= largest else DoubleCoding.SETTLED
