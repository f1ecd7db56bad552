"""Protection between datasets: a group that an earlier dataset showed is shown again only after many people joined it.

While a report on everyone grows by hundreds of people, a small country in it may grow by one. Answers that this person
did not give are still counted over the same people as before. Every dataset has its own noise, so other numbers change
too, but two such numbers differ only by that one person. Each group, in each question, is therefore compared with what
every earlier published dataset showed of it, of groups that contain it and of groups that it contains. The comparison
uses numbers with noise, and its outcome is the same whether nobody joined or a few people did.

A question that is asked after an answer reveals how many gave that answer, and so does one that is cut by it. A table
that was in no earlier report is therefore held against what was shown of all questions that reveal the same answers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kuule.disclosure.carried_forward import LastPublished
from kuule.disclosure.differencing import ASKED_IN, AnswerSets, GroupHierarchy, are_nested, count_label
from kuule.disclosure.required_tables import ReleaseCandidate
from kuule.disclosure.routing_relations import RoutingRelations
from kuule.disclosure.thresholds import DisclosureRules
from kuule.tables.missing import Missing
from kuule.tables.released import ReleasedColumn, ReleasedTable, WithheldReason
from kuule.tables.request import EDITION, QUARTER, RESPONSE_CUTS, TableRequest
from kuule.tables.result import KEY_MODULUS, Column, DataOrigin, PeopleCount

_CLOSED_CUTS = (QUARTER, EDITION)
"""Everyone knows that nobody can join a quarter that is over or an edition that is no longer served. Such a group is
shown again if it is unchanged, with the same numbers. A part of it, such as those of one region, is shown again only if
the whole of it is unchanged as well: while others join, it is not public that nobody of the region did."""
RESPONSES_ITEM = ""
"""Stands for the number of responses itself, in place of an item."""


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A group for which a question was shown: its base, the number of all its people, and the cell keys of both. All
    are exact.

    A group is identified by its answers, so one that is declared again under another name is the same group. A version
    of a question is the question, with the editions that asked it so among the people.
    """

    item: str
    people: AnswerSets
    base: int
    base_key: int
    size: int
    size_key: int
    dataset: str = field(default="", compare=False)
    """The version of the dataset that it was shown of, in a ledger that is read."""


def is_closed_group(people: AnswerSets) -> bool:
    """Whether it is public knowledge that nobody can join this group any more."""
    return any(each.question in _CLOSED_CUTS for each in people)


def _closed_part(people: AnswerSets) -> AnswerSets:
    """Of the answers that define a group, those that nobody can give any more; () if there are none."""
    return (
        tuple(each for each in people if each.question in (*_CLOSED_CUTS, ASKED_IN)) if is_closed_group(people) else ()
    )


_SizeThen = tuple[PeopleCount, str]
"""How many people a group had, and in which dataset."""


class EarlierReleases:
    """What was shown from other datasets, with which new groups are compared."""

    def __init__(
        self, shown: Iterable[ShownGroup], rules: DisclosureRules, standing: LastPublished | None = None
    ) -> None:
        self.rules, self.tree = rules, GroupHierarchy(rules.groups, rules.versions)
        self.last_published = standing or {}
        self.items: dict[str, dict[AnswerSets, list[ShownGroup]]] = defaultdict(lambda: defaultdict(list))
        self.__sizes: dict[AnswerSets, dict[_SizeThen, set[str]]] = defaultdict(lambda: defaultdict(set))
        for each in shown:
            self.items[each.item][each.people].append(each)
            self.__sizes[each.people][PeopleCount(each.size, each.size_key), each.dataset].add(each.item)
        self.__routing = RoutingRelations(rules)

    def is_too_near(self, now: ShownGroup, around: PeopleCount | None = None) -> bool:
        """Whether a group differs by only few people from what was shown of it, or of a group that contains it or that
        it contains: in the same question, or in one that reveals the same answers. If it is a part of a quarter or an
        edition, `around` are the people who answered the question in all of that."""
        known = self.items.get(now.item, {})
        then = (each for people, those in known.items() if are_nested(people, now.people) for each in those)
        return any(self._near(now, each, around) for each in then) or self._is_related_near(now, around)

    def is_column_too_near(self, candidate: ReleaseCandidate, column: Column) -> bool:
        """The same for a column of a table. If its columns are the answers to a question, it reveals of the people of
        the whole table how many gave each answer; and the columns of a new table add up to the whole."""
        if not self.items:
            return False
        now = shown_group(candidate.request, column, self.tree)
        return self.is_too_near(now, self._around(candidate, column, now)) or self._is_whole_too_near(candidate, now)

    def _is_whole_too_near(self, candidate: ReleaseCandidate, now: ShownGroup) -> bool:
        """The same for what a table with the column `now` reveals of all its people."""
        request, whole = candidate.request, candidate.whole
        if whole is None:
            return False
        if cuts_by_question(request, self.tree) and self._is_cut_near(shown_cut(request, whole, self.tree)):
            return True
        is_new = now.people not in self.items.get(now.item, {})
        return is_new and self.is_too_near(shown_group(request.without_cut, whole, self.tree))

    def _around(self, candidate: ReleaseCandidate, column: Column, now: ShownGroup) -> PeopleCount | None:
        """Who answered the question in the whole of the quarter or the edition of which a column is a part."""
        closed = _closed_part(now.people)
        if closed in ((), now.people):
            return None
        around = self.tree.supersets(self.tree.people_of(candidate.request, column.code))
        for people, count in zip(around, candidate.supersets[column.code], strict=True):
            if self.tree.over_editions(candidate.request.item, self.tree.answer_sets(people))[1] == closed:
                return count
        return None

    def carried_column(self, item: str, people: AnswerSets, rows: Sequence[str]) -> ReleasedColumn | None:
        """What was published of a group for a question with these answers, with the dataset it was counted from. None
        if nothing was, or if the question has become sensitive since and nearly all of the group gave one answer."""
        one = self.last_published.get((item, people))
        if one is None or one.rows != tuple(rows):
            return None
        alike = any(cell.withheld_reason == WithheldReason.ALIKE for cell in one.column.cells)
        return None if alike and item in self.rules.sensitive else one.column

    def _near(self, now: ShownGroup, then: ShownGroup, around: PeopleCount | None) -> bool:
        if now == then and self._is_over(now, then.dataset, around):
            return False
        about = count_label(now.item, now.people)
        return self._few(now.base - then.base, now.base_key - then.base_key, about) or self._few(
            now.size - then.size, now.size_key - then.size_key, about
        )

    def _is_over(self, now: ShownGroup, dataset: str, around: PeopleCount | None) -> bool:
        """Whether all can see that nobody joined a group since a dataset: the whole of its quarter or its edition was
        shown then and is the same now."""
        closed = _closed_part(now.people)
        if closed in ((), now.people):
            return bool(closed) and is_closed_group(closed)
        then = [each for each in self.items.get(now.item, {}).get(closed, ()) if each.dataset == dataset]
        return bool(then) and all(PeopleCount(each.base, each.base_key) == around for each in then)

    def _is_related_near(self, now: ShownGroup, around: PeopleCount | None) -> bool:
        """Whether another question that reveals the same answers was shown of nearly the same people."""
        return any(self.__routing.reveal_same_answers(now.item, item) for item in self._items_of_near_size(now, around))

    def _is_cut_near(self, now: ShownGroup) -> bool:
        """Whether the question that cuts a table was shown of nearly the same people, or one that reveals the same
        answers."""
        near = self._items_of_near_size(now, None)
        return any(item == now.item or self.__routing.reveal_same_answers(now.item, item) for item in near)

    def _items_of_near_size(self, now: ShownGroup, around: PeopleCount | None) -> Iterator[str]:
        """The questions that were shown of nearly the same people. Who is in the base of which question depends on the
        answers, so only the sizes of the groups are compared."""
        about, size = count_label(now.item, now.people), PeopleCount(now.size, now.size_key)
        for people, sizes in self.__sizes.items():
            if are_nested(people, now.people):
                for (then, dataset), items in sizes.items():
                    same = then == size and people == now.people
                    if not (same and self._is_over(now, dataset, around)) and self._few(
                        size.people - then.people, size.key - then.key, about
                    ):
                        yield from items

    def _few(self, more: int, key: int, about: str) -> bool:
        if more < 0:
            more, key = -more, -key
        return self.rules.noise.perturb(more, key, about) < self.rules.base_threshold


def shown_group(request: TableRequest, column: Column, tree: GroupHierarchy) -> ShownGroup:
    """What the ledger records of a column that is shown. The people of a version are those of the editions that asked
    it."""
    item, people = tree.over_editions(request.item, tree.answer_sets(tree.people_of(request, column.code)))
    others = {Missing.NOT_IN_EDITION} if request.item in tree.versions else set[Missing]()
    absent = [reason for reason in Missing if reason not in others]
    return ShownGroup(
        item,
        people,
        column.base,
        column.keys.base,
        column.base + sum(column.missing[reason] for reason in absent),
        (column.keys.base + sum(column.keys.missing[reason] for reason in absent)) % KEY_MODULUS,
    )


def cuts_by_question(request: TableRequest, tree: GroupHierarchy) -> bool:
    """Whether the columns of a table are the answers to a question, and not groups."""
    return request.cut is not None and request.cut not in (*RESPONSE_CUTS, *tree.groups)


def shown_cut(request: TableRequest, whole: Column, tree: GroupHierarchy) -> ShownGroup:
    """What the ledger records of a question whose answers are the columns of a table. `whole` is the column of all its
    people; how many of them answered the question is not counted, so all of them stand for its base as well."""
    item, people = tree.over_editions(request.cut or "", tree.answer_sets(tree.people_of(request.without_cut, "")))
    size, key = whole.base + sum(whole.missing.values()), whole.keys.base + sum(whole.keys.missing.values())
    return ShownGroup(item, people, size, key % KEY_MODULUS, size, key % KEY_MODULUS)


def shown_responses(origin: DataOrigin, tree: GroupHierarchy) -> ShownGroup:
    """What the ledger records of the number of responses, of everyone or of a group, if it is shown."""
    own = tree.answer_sets(tree.people_of(TableRequest(RESPONSES_ITEM, None, origin.within), ""))
    _, people = tree.over_editions(RESPONSES_ITEM, own)
    key = origin.key or 0
    return ShownGroup(RESPONSES_ITEM, people, origin.responses, key, origin.responses, key)


def shown_groups(
    candidates: Iterable[ReleaseCandidate], released: Iterable[ReleasedTable], rules: DisclosureRules
) -> Iterator[ShownGroup]:
    """What the ledger records of each group that was released. `released` are the tables of the candidates, in order.

    Numbers that were carried forward are left out: they were recorded with the dataset that they were counted from. A
    row that is not withheld reveals something even without a number: that few people gave the answer, or nearly all.
    """
    tree = GroupHierarchy(rules.groups, rules.versions)
    for candidate, seen in zip(candidates, released, strict=True):
        left = {column.code for column in seen.columns if column.base is not None and not column.carried_from}
        rows = set(seen.rows).difference(seen.withheld_rows) if left else set()
        if left and candidate.whole is not None and cuts_by_question(candidate.request, tree):
            yield shown_cut(candidate.request, candidate.whole, tree)
        groups = ((each.table, rows) for each in candidate.shown_transposes(left))
        for table, codes in ((candidate.table, left), *groups):
            yield from (shown_group(table.request, column, tree) for column in table.columns if column.code in codes)
