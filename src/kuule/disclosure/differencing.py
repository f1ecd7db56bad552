"""Protection against differencing. If a group contains another one and only few people more, the smaller group is not
shown: subtracting it from the larger one would give away the answers of those few.

A group is compared with everyone, and with every group of study.toml that contains it, whether or not the release shows
that group. What is withheld therefore does not depend on what a report asks for, and all reports on one dataset are
treated like a single one. Groups of two different questions never contain each other; the people who are in both are
compared with the people of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import product

from kuule.disclosure.thresholds import AnswerSet, DeclaredGroups, DisclosureRules, QuestionVersions
from kuule.tables.request import EDITION, RESPONSE_CUTS, People, Subpopulation, TableRequest
from kuule.tables.result import Column, PeopleCount

AnswerSets = tuple[AnswerSet, ...]
"""People by the answers that they gave to one or two questions; () is everyone."""


ASKED_IN = "@asked_in"
"""In place of a question: the editions whose people could be asked a question in these words. No cut has this name, and
people may still join: an edition can be in the field."""


@dataclass(frozen=True, slots=True)
class GroupHierarchy:
    """Which groups contain which, as study.toml declares them, and which questions are versions of one question."""

    groups: DeclaredGroups
    versions: QuestionVersions = field(default_factory=dict)
    _known: dict[People, tuple[People, ...]] = field(default_factory=dict, compare=False)
    _names: dict[Subpopulation, Subpopulation] = field(default_factory=dict, compare=False)

    def people_of(self, request: TableRequest, code: str) -> People:
        """The people whom a column of a table counts."""
        return self._intersection(request.within, None if request.cut is None else Subpopulation(request.cut, code))

    def supersets(self, people: People) -> tuple[People, ...]:
        """All groups that are certain to contain these people and others: everyone, declared groups, and the people who
        are in two of these at once."""
        if people not in self._known:
            chains = [(each, *self._declared_supersets(each), None) for each in people]
            pairs = product(*chains, *([(None,)] * (2 - len(chains))))
            found = dict.fromkeys(self._intersection(first, second) for first, second in pairs)
            self._known[people] = tuple(each for each in found if each != people)
        return self._known[people]

    def answer_sets(self, people: People) -> AnswerSets:
        """The answers that define these people as a group, whatever the group is called."""
        return _sorted_sets(map(self._answers_of, people))

    def over_editions(self, item: str, people: AnswerSets) -> tuple[str, AnswerSets]:
        """What another dataset of the study may have shown of an item and these people: its question, and the people as
        those of the editions that asked in these words. In a dataset of fewer editions the same answers have another
        name, and those people are everyone."""
        named = [self.versions[name] for name in (item, *(each.question for each in people)) if name in self.versions]
        if not named:
            return item, people
        asked = frozenset.intersection(*(editions for _, editions in named))
        sets = [replace(each, question=self._question(each.question)) for each in people]
        return self._question(item), _sorted_sets([*sets, AnswerSet(ASKED_IN, asked)])

    def _question(self, name: str) -> str:
        return self.versions[name][0] if name in self.versions else name

    def _intersection(self, first: Subpopulation | None, second: Subpopulation | None) -> People:
        """The people who are in both groups. If one group contains the other, these are the people of the smaller."""
        both = [self._canonical_name(each) for each in (first, second) if each is not None]
        if len(both) == 2:
            one, other = map(self._answers_of, both)
            if one == other or one.is_proper_subset_of(other):
                both.pop()
            elif other.is_proper_subset_of(one):
                both.pop(0)
        return tuple(sorted(both, key=str))

    def _declared_supersets(self, group: Subpopulation) -> Iterator[Subpopulation]:
        own = self._answers_of(group)
        for cut, members in self.groups.items():
            yield from (
                self._canonical_name(Subpopulation(cut, code))
                for code, values in members.items()
                if own.is_proper_subset_of(values)
            )

    def _canonical_name(self, group: Subpopulation) -> Subpopulation:
        """The one name of a group that may be declared under several: the same answers make the same group."""
        if group not in self._names:
            self._names[group] = self._first_name(group)
        return self._names[group]

    def _first_name(self, group: Subpopulation) -> Subpopulation:
        own = self._answers_of(group)
        same = [
            Subpopulation(cut, code) for cut, all_ in self.groups.items() for code, each in all_.items() if each == own
        ]
        answer = [Subpopulation(own.question, code) for code in own.named if len(own.named) == 1 and not own.rest]
        return min((*same, *answer), key=str)

    def _answers_of(self, group: Subpopulation) -> AnswerSet:
        members = {} if group.cut in RESPONSE_CUTS else self.groups.get(group.cut, {})
        return members.get(group.code) or AnswerSet(group.cut, frozenset({group.code}))


def _sorted_sets(sets: Iterable[AnswerSet]) -> AnswerSets:
    return tuple(sorted(sets, key=lambda each: (each.question, each.rest, sorted(each.named))))


def are_nested(one: AnswerSets, other: AnswerSets) -> bool:
    """Whether they are the same people, or one group is certain to contain the other. Who answered an edition and who
    could be asked in it are the same."""
    first, second = _by_edition(one), _by_edition(other)
    return _contains(first, second) or _contains(second, first)


def _by_edition(people: AnswerSets) -> AnswerSets:
    return tuple(replace(each, question=EDITION) if each.question == ASKED_IN else each for each in people)


def _contains(one: AnswerSets, other: AnswerSets) -> bool:
    return all(any(each == wider or each.is_proper_subset_of(wider) for each in other) for wider in one)


def request_for_people(item: str, people: People) -> tuple[TableRequest, str]:
    """A table that has these people as a column, and the code of that column."""
    if not people:
        return TableRequest(item), ""
    return TableRequest(item, people[-1].cut, people[0] if len(people) > 1 else None), people[-1].code


def count_label(item: str, people: AnswerSets, row: str | None = None) -> str:
    """What a number counts, as a text: the base of a question in a group, or, with `row`, one answer to it.

    A table and its transpose have the same label for the same people, and so have a column and a report on its group.
    The noise depends on the label and on who is counted. Numbers that count different things therefore have different
    noise even if they count the same people, and two equal numbers do not show that the people are the same.
    """
    if row is None:
        return "\n".join((item, *map(_answers_label, people)))
    own = AnswerSet(item, frozenset({row}))
    return "\n".join(
        sorted(
            (
                _answers_label(own),
                *(_answers_label(each) for each in people if each != own and not own.is_proper_subset_of(each)),
            )
        )
    )


def label_in_dataset(state: int, counted: str) -> str:
    """The label of a number in one dataset. In the next dataset the same people get other noise. Otherwise a number
    that stays the same would show that nobody who joined gave the answer."""
    return f"{counted}\n@ {state:08x}"


def _answers_label(values: AnswerSet) -> str:
    return " ".join((values.question, "not" if values.rest else "is", *sorted(values.named)))


def column_has_close_superset(
    column: Column, supersets: Iterable[PeopleCount], rules: DisclosureRules, about: str
) -> bool:
    """Whether one of the groups that contain the people of a column has only few people more."""
    return has_close_superset(PeopleCount(column.base, column.keys.base), supersets, rules, about)


def has_close_superset(
    group: PeopleCount, supersets: Iterable[PeopleCount], rules: DisclosureRules, about: str
) -> bool:
    """Whether one of `supersets`, which contain all of `group`, has only few people more. The number of those people is
    compared with the threshold after noise has been added; `about` is its label."""
    return any(
        rules.noise.perturb(each.people - group.people, each.key - group.key, about) < rules.base_threshold
        for each in supersets
    )
