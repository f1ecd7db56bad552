"""The one chart of a brief: a question's answers as a table, with a bar in each row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kuule.publishing.brief.released_numbers import ReleasedNumbers
from kuule.publishing.view.question_headings import question_heading
from kuule.tables.released import ReleasedTable
from kuule.tables.request import TableRequest


@dataclass(frozen=True, slots=True)
class BriefBar:
    """An answer: the length of its bar in per cent, None where the number is not shown, and what is written."""

    label: str
    share: int | None
    value: str


@dataclass(frozen=True, slots=True)
class BriefChart:
    """A question, its answers, and how many people answered it."""

    question: str
    bars: tuple[BriefBar, ...]
    base: int | None


def brief_chart(numbers: ReleasedNumbers, item: str) -> BriefChart:
    """The chart of a question. Answers keep their order where that means something; else the largest comes first, and
    what is not shown last."""
    values = numbers.values
    table, wording = values.tables[TableRequest(item)], values.wording.items[item]
    bars = list(_bars(numbers, table, wording.answers))
    if not wording.order_matters:
        bars.sort(key=lambda one: (one.share is None, -(one.share or 0)))
    question = question_heading(wording.question, quotes_answer=wording.quotes_answer)
    return BriefChart(question, tuple(bars), numbers.base(item))


def _bars(numbers: ReleasedNumbers, table: ReleasedTable, labels: Mapping[str, str]) -> Iterator[BriefBar]:
    for row, cell in zip(table.rows, table.columns[0].cells, strict=True):
        said = numbers.values.words.cell_share(cell, table.smallest_count)
        yield BriefBar(labels.get(row, row), cell.share, said)
