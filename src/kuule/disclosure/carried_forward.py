"""Numbers carried forward: what a report on an earlier dataset showed of a group, where too few people joined it for
new numbers.

These numbers are public already. They tell nothing new as long as they stay the same to the digit, and nobody whom
they count took an answer back in between.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kuule.disclosure.differencing import AnswerSets, GroupHierarchy
from kuule.tables.missing import Missing
from kuule.tables.released import ReleasedCell, ReleasedColumn, ReleasedOrigin, ReleasedTable, WithheldReason
from kuule.tables.request import TableRequest

_FEW, _NOTHING = "<", "-"


@dataclass(frozen=True, slots=True)
class PublishedColumn:
    """A column as it was published: its question, its people, and the answers that its cells belong to. For the number
    of responses `item` is "", and the base is that number."""

    item: str
    people: AnswerSets
    rows: tuple[str, ...]
    column: ReleasedColumn


LastPublished = Mapping[tuple[str, AnswerSets], PublishedColumn]
"""What was published last of each question and people. The column names the dataset it came from."""


def published_columns(
    origin: ReleasedOrigin, tables: Iterable[ReleasedTable], tree: GroupHierarchy
) -> Iterator[PublishedColumn]:
    """What a report shows that was counted from its own dataset, and not carried forward."""
    if origin.responses is not None and not origin.responses_carried_from:
        people = tree.answer_sets(tree.people_of(TableRequest("", None, origin.within), ""))
        yield PublishedColumn("", people, (), ReleasedColumn("", origin.responses, (), dict.fromkeys(Missing)))
    for table in tables:
        for column in table.columns:
            if column.base is not None and not column.carried_from:
                people = tree.answer_sets(tree.people_of(table.request, column.code))
                yield PublishedColumn(table.request.item, people, table.rows, replace(column, code=""))


def format_column(one: PublishedColumn, named: Callable[[AnswerSets], Sequence[str]]) -> str:
    """On one line: base, cells, reasons for no answer, question, groups by the names that `named` gives them."""
    cells = ",".join(_cell_text(cell) for cell in one.column.cells) or _NOTHING
    missing = ",".join(_NOTHING if (count := one.column.missing[reason]) is None else str(count) for reason in Missing)
    return " ".join((str(one.column.base), cells, missing, one.item or _NOTHING, *named(one.people)))


def _cell_text(cell: ReleasedCell) -> str:
    if cell.count is not None:
        return f"{cell.count}:{cell.share}"
    return _FEW if cell.below_threshold else str(cell.withheld_reason)


def parse_column(
    line: str, rows: Mapping[str, Sequence[str]], known: Callable[[Sequence[str]], AnswerSets]
) -> PublishedColumn:
    """What `format_column` wrote; `rows` has the answers of each question. Raises ValueError or KeyError."""
    base, cells, missing, item, *people = line.split(" ")
    seen = () if cells == _NOTHING else tuple(map(_cell, cells.split(",")))
    reasons = [None if each == _NOTHING else int(each) for each in missing.split(",")]
    column = ReleasedColumn("", int(base), seen, dict(zip(Missing, reasons, strict=True)))
    name = "" if item == _NOTHING else item
    answers = tuple(rows[item]) if name else ()
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
