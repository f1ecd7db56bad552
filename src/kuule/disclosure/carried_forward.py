"""Numbers carried forward: what a report on an earlier dataset showed of a group that too few people have joined since.

These numbers are already public. They reveal nothing new as long as no digit changes and nobody whom they count has
withdrawn in between.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kuule.disclosure.differencing import ASKED_IN, AnswerSets, GroupHierarchy
from kuule.tables.missing import Missing
from kuule.tables.released import ReleasedCell, ReleasedColumn, ReleasedOrigin, ReleasedTable, WithheldReason
from kuule.tables.request import TableRequest

_FEW, _NOTHING = "<", "-"


@dataclass(frozen=True, slots=True)
class PublishedColumn:
    """A column as it was published: its question, its people, and the answers that its cells belong to. The number of
    responses is such a column too: its `item` is "", and its base is that number."""

    item: str
    people: AnswerSets
    rows: tuple[str, ...]
    column: ReleasedColumn


LastPublished = Mapping[tuple[str, AnswerSets], PublishedColumn]
"""What was last published for each question and group. The column names the dataset it was counted from."""


def published_columns(
    origin: ReleasedOrigin, tables: Iterable[ReleasedTable], tree: GroupHierarchy
) -> Iterator[PublishedColumn]:
    """The columns of a report that were counted from its own dataset, without those carried forward."""
    if origin.responses is not None and not origin.responses_carried_from:
        own = tree.answer_sets(tree.people_of(TableRequest("", None, origin.within), ""))
        _, people = tree.over_editions("", own)
        yield PublishedColumn("", people, (), ReleasedColumn("", origin.responses, (), dict.fromkeys(Missing)))
    for table in tables:
        for column in table.columns:
            if column.base is not None and not column.carried_from:
                own = tree.answer_sets(tree.people_of(table.request, column.code))
                item, people = tree.over_editions(table.request.item, own)
                yield PublishedColumn(item, people, table.rows, replace(column, code=""))


def format_column(one: PublishedColumn, named: Callable[[AnswerSets], Sequence[str]]) -> str:
    """A column as one line of the ledger: base, cells, numbers of missing answers, question, groups. `named` gives the
    names of the groups."""
    cells = ",".join(_cell_text(cell) for cell in one.column.cells) or _NOTHING
    missing = ",".join(_NOTHING if (count := one.column.missing[reason]) is None else str(count) for reason in Missing)
    return " ".join((str(one.column.base), cells, missing, one.item or _NOTHING, *named(one.people)))


def _cell_text(cell: ReleasedCell) -> str:
    if cell.count is not None:
        return f"{cell.count}:{cell.share}"
    return _FEW if cell.below_threshold else str(cell.withheld_reason)


def rows_key(item: str, groups: Sequence[str]) -> str:
    """Under which name a ledger keeps the answers of a question: versions of it can have others."""
    return " ".join((item, *(name for name in groups if name.startswith(ASKED_IN))))


def parse_column(
    line: str, rows: Mapping[str, Sequence[str]], known: Callable[[Sequence[str]], AnswerSets]
) -> PublishedColumn:
    """The column that `format_column` wrote. `rows` has the answers of each question by `rows_key`, and `known` gives
    the groups by their names. Raises ValueError or KeyError."""
    base, cells, missing, item, *people = line.split(" ")
    seen = () if cells == _NOTHING else tuple(map(_cell, cells.split(",")))
    reasons = [None if each == _NOTHING else int(each) for each in missing.split(",")]
    column = ReleasedColumn("", int(base), seen, dict(zip(Missing, reasons, strict=True)))
    name = "" if item == _NOTHING else item
    answers = tuple(rows[rows_key(item, people)]) if name else ()
    if len(answers) != len(seen):
        raise ValueError(f"{item}: {len(answers)} answers, {len(seen)} cells")
    return PublishedColumn(name, known(people), answers, column)


def _cell(text: str) -> ReleasedCell:
    if text == _FEW:
        return ReleasedCell(None, None, below_threshold=True, withheld_reason=WithheldReason.FEW)
    count, colon, share = text.partition(":")
    return (
        ReleasedCell(int(count), int(share))
        if colon
        else ReleasedCell(None, None, withheld_reason=WithheldReason(text))
    )
