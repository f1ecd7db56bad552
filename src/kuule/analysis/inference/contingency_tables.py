"""How often each answer was given in each group of each stratum: exact counts of many questions in one pass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

import polars as pl

from kuule.analysis.inference.analysis_variables import AnalysisVariable, VariableKind
from kuule.analysis.inference.groupings import EVERYONE_GROUPING, Grouping
from kuule.tables.missing import Missing

STRATUM_SEPARATOR = " / "
"""Stands between the groups that make up a stratum."""
_ALL = pl.len().cast(pl.Int64).alias("people")


@dataclass(slots=True)
class GroupCounts:
    """One group in one stratum: how many people answered (`base`), and how many gave each answer (`counts`) or, for
    numbers, each number (`values`)."""

    base: int = 0
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    values: dict[float, int] = field(default_factory=lambda: defaultdict(int))


@dataclass(frozen=True, slots=True)
class ContingencyRequest:
    """A table to be counted. `number` is its number in the plan."""

    number: int
    variable: AnalysisVariable
    grouping: Grouping
    strata_groupings: tuple[Grouping, ...] = ()
    reference: str = ""
    why: str = ""

    @property
    def within_name(self) -> str:
        return STRATUM_SEPARATOR.join(each.name for each in self.strata_groupings)


@dataclass(frozen=True, slots=True)
class ContingencyTable:
    """A counted table. `cells` has every pair of stratum and group; the stratum "" is everyone who is in a group.
    `missing` has, by group, how many people gave no answer for each reason. `in_no_group` is how many people answered
    and belong to no group, and `in_no_stratum` how many belong to a group but to no stratum."""

    request: ContingencyRequest
    groups: tuple[str, ...]
    strata: tuple[str, ...]
    cells: Mapping[tuple[str, str], GroupCounts]
    missing: Mapping[str, Mapping[Missing, int]]
    in_no_group: int
    in_no_stratum: int


def count_contingency_tables(frame: pl.LazyFrame, questions: Sequence[ContingencyRequest]) -> list[ContingencyTable]:
    """The tables of the responses in a frame, in the order of the requests."""
    frames = pl.collect_all([_query(frame, question) for question in questions])
    return [_crossing(question, counted) for question, counted in zip(questions, frames, strict=True)]


def _query(frame: pl.LazyFrame, question: ContingencyRequest) -> pl.LazyFrame:
    """The counts in long form, with the columns group, strata, missing and people; and either "value" for one answer,
    or a column "yes:" and the code for each of several answers."""
    subject = question.variable
    places = [
        question.grouping.code.alias("group"),
        *(each.code.alias(f"s{n}") for n, each in enumerate(question.strata_groupings)),
    ]
    keys = ["group", *(f"s{number}" for number in range(len(question.strata_groupings))), "missing"]
    if subject.value is not None:
        chosen = frame.select(*places, subject.missing.alias("missing"), subject.value.alias("value"))
        return chosen.group_by(*keys, "value").agg(_ALL)
    flags = {f"yes:{code}": flag for code, flag in subject.flags.items()}
    chosen = frame.select(*places, subject.missing.alias("missing"), **flags)
    return chosen.group_by(keys).agg(_ALL, *(pl.col(name).sum().cast(pl.Int64) for name in flags))


@dataclass(slots=True)
class _Tally:
    cells: dict[tuple[str, str], GroupCounts] = field(default_factory=lambda: defaultdict(GroupCounts))
    missing: dict[str, dict[Missing, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    in_no_group: int = 0
    in_no_stratum: int = 0


def _crossing(question: ContingencyRequest, counted: pl.DataFrame) -> ContingencyTable:
    tally = _Tally()
    for row in counted.iter_rows(named=True):
        _add(tally, question, row)
    groups = _codes(question.grouping, (group for _, group in tally.cells), tally.missing)
    strata = _strata(question, [stratum for stratum, _ in tally.cells if stratum])
    cells = {(stratum, group): tally.cells[stratum, group] for stratum in ("", *strata) for group in groups}
    missing = {group: {reason: tally.missing[group][reason] for reason in Missing} for group in groups}
    return ContingencyTable(question, groups, strata, cells, missing, tally.in_no_group, tally.in_no_stratum)


def _add(tally: _Tally, question: ContingencyRequest, row: Mapping[str, object]) -> None:
    people, group = row["people"], row["group"]
    assert isinstance(people, int)  # noqa: S101  # what a count is
    several = question.variable.kind is VariableKind.MULTIPLE_RESPONSE
    answered = row["missing"] is None if several else row["value"] is not None
    if not answered:
        if isinstance(group, str) and row["missing"] is not None:
            tally.missing[group][Missing(str(row["missing"]))] += people
        return
    if not isinstance(group, str):
        tally.in_no_group += people
        return
    places = [row[f"s{number}"] for number in range(len(question.strata_groupings))]
    inside = all(place is not None for place in places)
    tally.in_no_stratum += 0 if inside else people
    for stratum in dict.fromkeys(["", STRATUM_SEPARATOR.join(map(str, places)) if inside else ""]):
        cell = tally.cells[stratum, group]
        cell.base += people
        _count(cell, row, people)


def _count(cell: GroupCounts, row: Mapping[str, object], people: int) -> None:
    value = row.get("value")
    if isinstance(value, float):
        cell.values[value] += people
    elif isinstance(value, str):
        cell.counts[value] += people
    for name, number in row.items():
        if name.startswith("yes:") and isinstance(number, int):
            cell.counts[name.removeprefix("yes:")] += number


def _codes(grouping: Grouping, *found: Iterable[str]) -> tuple[str, ...]:
    if grouping.codes is not None:
        return grouping.codes
    return tuple(sorted({code for those in found for code in those}))


def _strata(question: ContingencyRequest, found: Sequence[str]) -> tuple[str, ...]:
    """The strata in the order of their groups, without those that are empty."""
    if question.strata_groupings == () or question.grouping is EVERYONE_GROUPING:
        return ()
    apart = [stratum.split(STRATUM_SEPARATOR) for stratum in found]
    sides = [_codes(each, (one[number] for one in apart)) for number, each in enumerate(question.strata_groupings)]
    there = set(found)
    return tuple(name for name in map(STRATUM_SEPARATOR.join, product(*sides)) if name in there)
