"""What earlier datasets showed of a group: it is shown again only where many people joined it since.

A report of everyone grows by hundreds while a small country in it grows by one. All answers that this one person did
not give are counted over the same people as before. Each dataset has noise of its own, so that more numbers change than
theirs; but one person is still all that two numbers differ by. So each group, in each question, is held against what
was shown of it, of those that hold it and of those that it holds, from every dataset that was published before: by
numbers with noise, and whether nobody joined or a few looks the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kuule.disclosure.carried_forward import LastPublished
from kuule.disclosure.differencing import AnswerSets, GroupHierarchy, are_nested, count_label
from kuule.disclosure.required_tables import ReleaseCandidate
from kuule.disclosure.thresholds import DisclosureRules
from kuule.tables.released import ReleasedColumn, ReleasedTable, WithheldReason
from kuule.tables.request import EDITION, QUARTER, TableRequest
from kuule.tables.result import KEY_MODULUS, Column, DataOrigin

_PAST = (QUARTER, EDITION)
"""Everyone knows that nobody joins a quarter that is over, or an edition that is not served any more: unchanged, such a
group is shown again, and with the same numbers."""
RESPONSES_ITEM = ""
"""Instead of an item: the number of responses itself."""


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A group of which a question was shown: its base, all of its people, and the cell keys of both. Exact.

    It is known by its answers, so that one that is declared anew under another name is the same group.
    """

    item: str
    people: AnswerSets
    base: int
    base_key: int
    size: int
    size_key: int


def is_closed_group(people: AnswerSets) -> bool:
    """Whether it can be that nobody joins a group any more, and all know it."""
    return any(each.question in _PAST for each in people)


class EarlierReleases:
    """What was shown of other datasets, to hold new groups against."""

    def __init__(
        self, shown: Iterable[ShownGroup], rules: DisclosureRules, standing: LastPublished | None = None
    ) -> None:
        self.rules, self.tree, self.last_published = rules, GroupHierarchy(rules.groups), standing or {}
        self.items: dict[str, dict[AnswerSets, list[ShownGroup]]] = defaultdict(lambda: defaultdict(list))
        for each in shown:
            self.items[each.item][each.people].append(each)

    def is_too_near(self, now: ShownGroup) -> bool:
        """Whether few people are between a group and what was shown of it or of a related one."""
        known = self.items.get(now.item, {})
        then = (each for people, those in known.items() if are_nested(people, now.people) for each in those)
        return any(self._near(now, each) for each in then)

    def is_column_too_near(self, request: TableRequest, column: Column) -> bool:
        """The same of a column of a table."""
        return request.item in self.items and self.is_too_near(shown_group(request, column, self.tree))

    def carried_column(self, item: str, people: AnswerSets, rows: Sequence[str]) -> ReleasedColumn | None:
        """What was published of a group in a question with these answers, with the dataset that it is of. None of a
        question that became sensitive since and that nearly all had answered alike."""
        one = self.last_published.get((item, people))
        if one is None or one.rows != tuple(rows):
            return None
        alike = any(cell.withheld_reason == WithheldReason.ALIKE for cell in one.column.cells)
        return None if alike and item in self.rules.sensitive else one.column

    def _near(self, now: ShownGroup, then: ShownGroup) -> bool:
        if now == then and is_closed_group(now.people):
            return False
        about = count_label(now.item, now.people)
        return self._few(now.base - then.base, now.base_key - then.base_key, about) or self._few(
            now.size - then.size, now.size_key - then.size_key, about
        )

    def _few(self, more: int, key: int, about: str) -> bool:
        if more < 0:
            more, key = -more, -key
        return self.rules.noise.perturb(more, key, about) < self.rules.base_threshold


def shown_group(request: TableRequest, column: Column, tree: GroupHierarchy) -> ShownGroup:
    """A column as it is noted once it is shown."""
    missing, keys = column.missing.values(), column.keys.missing.values()
    return ShownGroup(
        request.item,
        tree.answer_sets(tree.people_of(request, column.code)),
        column.base,
        column.keys.base,
        column.base + sum(missing),
        (column.keys.base + sum(keys)) % KEY_MODULUS,
    )


def shown_responses(origin: DataOrigin, tree: GroupHierarchy) -> ShownGroup:
    """The number of responses, of all or of a group, as it is noted once it is shown."""
    people = tree.answer_sets(tree.people_of(TableRequest(RESPONSES_ITEM, None, origin.within), ""))
    key = origin.key or 0
    return ShownGroup(RESPONSES_ITEM, people, origin.responses, key, origin.responses, key)


def shown_groups(
    candidates: Iterable[ReleaseCandidate], released: Iterable[ReleasedTable], rules: DisclosureRules
) -> Iterator[ShownGroup]:
    """What the ledger notes of each group that was released; `released` are the tables of the candidates, in order.

    Numbers that were carried forward are left out: they were noted with the dataset that they were counted from. A row
    tells something wherever it is not withheld: where it has no number, that few gave the answer or nearly all.
    """
    tree = GroupHierarchy(rules.groups)
    for candidate, seen in zip(candidates, released, strict=True):
        left = {column.code for column in seen.columns if column.base is not None and not column.carried_from}
        rows = set(seen.rows).difference(seen.withheld_rows) if left else set()
        groups = ((each.table, rows) for each in candidate.shown_transposes(left))
        for table, codes in ((candidate.table, left), *groups):
            yield from (shown_group(table.request, column, tree) for column in table.columns if column.code in codes)
