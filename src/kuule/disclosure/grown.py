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

from kuule.disclosure.nearness import Answers, Tree, counted_as, related
from kuule.disclosure.rules import Rules
from kuule.disclosure.standing import Standing
from kuule.disclosure.turned import turned_of
from kuule.tables.released import ReleasedColumn, ReleasedTable, Withheld
from kuule.tables.request import EDITION, QUARTER, TableRequest
from kuule.tables.result import KEYS, Column, Origin, ResultTable

_PAST = (QUARTER, EDITION)
"""Everyone knows that nobody joins a quarter that is over, or an edition that is not served any more: unchanged, such a
group is shown again, and with the same numbers."""
RESPONSES = ""
"""Instead of an item: the number of responses itself."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A group of which a question was shown: its base, all of its people, and the cell keys of both. Exact.

    It is known by its answers, so that one that is declared anew under another name is the same group.
    """

    item: str
    people: Answers
    base: int
    base_key: int
    whole: int
    whole_key: int


def past(people: Answers) -> bool:
    """Whether it can be that nobody joins a group any more, and all know it."""
    return any(each.question in _PAST for each in people)


class Earlier:
    """What was shown of other datasets, to hold new groups against."""

    def __init__(self, shown: Iterable[Shown], rules: Rules, standing: Standing | None = None) -> None:
        self.rules, self.tree, self.standing = rules, Tree(rules.groups), standing or {}
        self.items: dict[str, dict[Answers, list[Shown]]] = defaultdict(lambda: defaultdict(list))
        for each in shown:
            self.items[each.item][each.people].append(each)

    def too_near(self, now: Shown) -> bool:
        """Whether few people are between a group and what was shown of it or of a related one."""
        known = self.items.get(now.item, {})
        then = (each for people, those in known.items() if related(people, now.people) for each in those)
        return any(self._near(now, each) for each in then)

    def holds_back(self, request: TableRequest, column: Column) -> bool:
        """The same of a column of a table."""
        return request.item in self.items and self.too_near(as_shown(request, column, self.tree))

    def stands(self, item: str, people: Answers, rows: Sequence[str]) -> ReleasedColumn | None:
        """What was published of a group in a question with these answers, with the dataset that it is of. None of a
        question that became sensitive since and that nearly all had answered alike."""
        one = self.standing.get((item, people))
        if one is None or one.rows != tuple(rows):
            return None
        alike = any(cell.why == Withheld.ALIKE for cell in one.column.cells)
        return None if alike and item in self.rules.sensitive else one.column

    def _near(self, now: Shown, then: Shown) -> bool:
        if now == then and past(now.people):
            return False
        about = counted_as(now.item, now.people)
        return self._few(now.base - then.base, now.base_key - then.base_key, about) or self._few(
            now.whole - then.whole, now.whole_key - then.whole_key, about
        )

    def _few(self, more: int, key: int, about: str) -> bool:
        if more < 0:
            more, key = -more, -key
        return self.rules.noise.perturbed(more, key, about) < self.rules.shown_base


def as_shown(request: TableRequest, column: Column, tree: Tree) -> Shown:
    """A column as it is noted once it is shown."""
    missing, keys = column.missing.values(), column.keys.missing.values()
    return Shown(
        request.item,
        tree.answers(tree.people_of(request, column.code)),
        column.base,
        column.keys.base,
        column.base + sum(missing),
        (column.keys.base + sum(keys)) % KEYS,
    )


def responses_shown(origin: Origin, tree: Tree) -> Shown:
    """The number of responses, of all or of a group, as it is noted once it is shown."""
    people = tree.answers(tree.people_of(TableRequest(RESPONSES, None, origin.within), ""))
    key = origin.key or 0
    return Shown(RESPONSES, people, origin.responses, key, origin.responses, key)


def shown_in(tables: Iterable[ResultTable], released: Iterable[ReleasedTable], rules: Rules) -> Iterator[Shown]:
    """Of each group that left the door, what is noted; `released` are the tables as they left it, in their order.

    Numbers that stand on were noted with the dataset that they are of. Of a row something is told wherever it is not
    withheld: where no number stands in it, that few gave the answer or nearly all.
    """
    tree = Tree(rules.groups)
    for exact, seen in zip(tables, released, strict=True):
        left = {column.code for column in seen.columns if column.base is not None and not column.dataset}
        rows = set(seen.rows).difference(seen.withheld_rows) if left else set()
        groups = ((each, rows) for each in turned_of(exact, left))
        for table, codes in ((exact, left), *groups):
            yield from (as_shown(table.request, column, tree) for column in table.columns if column.code in codes)
