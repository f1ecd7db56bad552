"""Protection against differencing: of two groups of which one contains the other with only few people more, the
smaller is not shown, since subtracting it from the larger would give the answers of those few.

A group is compared with everyone, and with every group of study.toml that contains it, whether or not that group
stands in the release. What is withheld therefore does not depend on what a report asks for, and all reports of one
dataset are as one. Groups of two different questions never contain each other; the people who are in both are compared
with those of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product

from kuule.disclosure.thresholds import AnswerSet, DeclaredGroups, DisclosureRules
from kuule.tables.request import RESPONSE_CUTS, People, Subpopulation, TableRequest
from kuule.tables.result import Column, PeopleCount

AnswerSets = tuple[AnswerSet, ...]
"""People by the answers that they gave, to one question or to two; () is everyone."""


@dataclass(frozen=True, slots=True)
class GroupHierarchy:
    """Which groups contain which, as study.toml declares them."""

    groups: DeclaredGroups
    _known: dict[People, tuple[People, ...]] = field(default_factory=dict, compare=False)

    def people_of(self, request: TableRequest, code: str) -> People:
        """Whom a column of a table counts."""
        return self._both(request.within, None if request.cut is None else Subpopulation(request.cut, code))

    def supersets(self, people: People) -> tuple[People, ...]:
        """All groups that surely contain these people and others: everyone, declared groups, and the people in two of
        these."""
        if people not in self._known:
            chains = [(each, *self._above(each), None) for each in people]
            pairs = product(*chains, *([(None,)] * (2 - len(chains))))
            found = dict.fromkeys(self._both(first, second) for first, second in pairs)
            self._known[people] = tuple(each for each in found if each != people)
        return self._known[people]

    def answer_sets(self, people: People) -> AnswerSets:
        """The answers that make these people a group, whatever the group is called."""
        return tuple(sorted(map(self._values, people), key=lambda each: (each.question, each.rest, sorted(each.named))))

    def _both(self, first: Subpopulation | None, second: Subpopulation | None) -> People:
        """The people who are in both groups. Where one group contains the other, they are those of the smaller."""
        both = [self._one_name(each) for each in (first, second) if each is not None]
        if len(both) == 2:
            one, other = map(self._values, both)
            if one == other or one.is_proper_subset_of(other):
                both.pop()
            elif other.is_proper_subset_of(one):
                both.pop(0)
        return tuple(sorted(both, key=str))

    def _above(self, group: Subpopulation) -> Iterator[Subpopulation]:
        own = self._values(group)
        for cut, members in self.groups.items():
            yield from (
                self._one_name(Subpopulation(cut, code))
                for code, values in members.items()
                if own.is_proper_subset_of(values)
            )

    def _one_name(self, group: Subpopulation) -> Subpopulation:
        """The same answers declared under two names are one group."""
        own = self._values(group)
        same = [
            Subpopulation(cut, code) for cut, all_ in self.groups.items() for code, each in all_.items() if each == own
        ]
        answer = [Subpopulation(own.question, code) for code in own.named if len(own.named) == 1 and not own.rest]
        return min((*same, *answer), key=str)

    def _values(self, group: Subpopulation) -> AnswerSet:
        members = {} if group.cut in RESPONSE_CUTS else self.groups.get(group.cut, {})
        return members.get(group.code) or AnswerSet(group.cut, frozenset({group.code}))


def are_nested(one: AnswerSets, other: AnswerSets) -> bool:
    """Whether they are the same people, or one of them surely contains the other."""
    return _holds(one, other) or _holds(other, one)


def _holds(one: AnswerSets, other: AnswerSets) -> bool:
    return all(any(each == wider or each.is_proper_subset_of(wider) for each in other) for wider in one)


def request_for_people(item: str, people: People) -> tuple[TableRequest, str]:
    """A table that has these people as a column, and the column's code."""
    if not people:
        return TableRequest(item), ""
    return TableRequest(item, people[-1].cut, people[0] if len(people) > 1 else None), people[-1].code


def count_label(item: str, people: AnswerSets, row: str | None = None) -> str:
    """What a number counts, as a text: the base of a question, or one answer to it, in a group.

    A table and its transpose have the same label for the same people, and so have a column and a report on its group.
    The noise is drawn from the label and from who is counted. Numbers that count different things therefore have
    different noise even where they count the same people, and that two are equal does not tell that the people are.
    """
    if row is None:
        return "\n".join((item, *map(_said, people)))
    own = AnswerSet(item, frozenset({row}))
    return "\n".join(
        sorted((_said(own), *(_said(each) for each in people if each != own and not own.is_proper_subset_of(each))))
    )


def label_in_dataset(state: int, counted: str) -> str:
    """The label of a number in one dataset. In the next dataset the same people get other noise: if they kept it, a
    number that stays the same would tell that nobody who joined gave the answer."""
    return f"{counted}\n@ {state:08x}"


def _said(values: AnswerSet) -> str:
    return " ".join((values.question, "not" if values.rest else "is", *sorted(values.named)))


def column_has_close_superset(
    column: Column, supersets: Iterable[PeopleCount], rules: DisclosureRules, about: str
) -> bool:
    """Whether one of the groups that hold the people of a column has only few people more."""
    return has_close_superset(PeopleCount(column.base, column.keys.base), supersets, rules, about)


def has_close_superset(
    group: PeopleCount, supersets: Iterable[PeopleCount], rules: DisclosureRules, about: str
) -> bool:
    """Whether one of the groups that hold all of `group` has only few more, by the number of those with noise."""
    return any(
        rules.noise.perturb(each.people - group.people, each.key - group.key, about) < rules.base_threshold
        for each in supersets
    )
