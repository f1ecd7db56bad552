"""What a chart can show of a released table: answers by groups as numbers, with a place for each that is withheld.

Which kind of chart shows them is chosen in `charts`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kuule.core.palette import ORDERED_STEPS
from kuule.languages.cldr.numbers import format_percentage
from kuule.publishing.report_catalogue import Words
from kuule.publishing.view.figure_columns import FigureColumns
from kuule.tables.released import ReleasedCell, ReleasedColumn, ReleasedTable
from kuule.tables.wording import ItemWording

MANY_GROUPS = 16
"""With more groups than this, those that are withheld have no place in the chart; a sentence below names them."""


@dataclass(frozen=True, slots=True)
class PlottedValue:
    """One number: `share` in whole per cent, or None where it is withheld. `text` is what the chart says; `few` says
    that it is below the threshold."""

    share: int | None
    text: str
    few: bool = False


@dataclass(frozen=True, slots=True)
class PlottedGroup:
    """One group with a value for each answer. `base` is None if the whole group is withheld. `step` is its place among
    groups that have an order, from 0 to ORDERED_STEPS - 1; None if they have none."""

    label: str
    base: int | None
    values: tuple[PlottedValue, ...]
    everyone: bool = False
    step: int | None = None


@dataclass(frozen=True, slots=True)
class PlottedFigure:
    """The numbers of one figure, in the order in which they are shown. `ordered_answers` says that the answers are a
    scale. `missing` has, for each group, the sentence on its answers that have no number, or ""; `spoken` is every
    number in words, for people who cannot see them. `ends` are 0 and 100 per cent. `asked` is the kind of chart that
    the author asked for, or ""."""

    answers: tuple[str, ...]
    groups: tuple[PlottedGroup, ...]
    ordered_answers: bool
    missing: tuple[str, ...]
    spoken: str
    not_shown: str
    ends: tuple[str, str]
    asked: str = ""

    @property
    def divided(self) -> tuple[PlottedGroup, ...]:
        """The groups, without the column of everyone; empty if nothing is divided."""
        return tuple(group for group in self.groups if not group.everyone) if len(self.groups) > 1 else ()

    @property
    def everyone(self) -> PlottedGroup | None:
        """The column of everyone beside groups, if it is shown."""
        return next((group for group in self.groups if group.everyone), None) if len(self.groups) > 1 else None

    @property
    def ordered_groups(self) -> bool:
        return any(group.step is not None for group in self.groups)


def plotted_figure(
    table: ReleasedTable,
    columns: FigureColumns,
    rows: Sequence[int],
    item: ItemWording,
    labels: Mapping[str, str],
    words: Words,
    *,
    ordered: bool,
    asked: str = "",
) -> PlottedFigure:
    """The numbers of a table in the order of `rows`, with the column of everyone first if `columns` show it. `ordered`
    says that the groups follow each other."""
    plot = _Plot(table, rows, words)
    name = words.say("everyone") if table.request.within is None else words.say("everyone_here")
    own = {id(column) for column in table.columns} if table.request.cut is not None else set()
    groups = [plot.group(column, name, everyone=True) for column in columns.shown if id(column) not in own]
    if table.request.cut is not None:
        count = len(table.columns)
        groups += [
            plot.group(each, labels.get(each.code, each.code), step=_step(number, count) if ordered else None)
            for number, each in enumerate(table.columns)
            if each.base is not None or count <= MANY_GROUPS
        ]
    answers = tuple(item.answers.get(table.rows[row], table.rows[row]) for row in rows)
    missing = tuple(_missing_sentence(group, answers, table.smallest_count, words) for group in groups)
    spoken = words.join_clauses([_spoken(answer, number, groups, words) for number, answer in enumerate(answers)])
    hidden, tag = words.say("not_shown"), words.written_for
    ends = (format_percentage(0, tag), format_percentage(100, tag))
    return PlottedFigure(answers, tuple(groups), item.order_matters, missing, spoken, hidden, ends, asked)


@dataclass(frozen=True, slots=True)
class _Plot:
    table: ReleasedTable
    rows: Sequence[int]
    words: Words

    def group(
        self, column: ReleasedColumn, label: str, *, everyone: bool = False, step: int | None = None
    ) -> PlottedGroup:
        hidden = PlottedValue(None, self.words.say("not_shown"))
        values = tuple(self._value(column.cells[row]) for row in self.rows) if column.base is not None else ()
        return PlottedGroup(label, column.base, values or (hidden,) * len(self.rows), everyone, step)

    def _value(self, cell: ReleasedCell) -> PlottedValue:
        text = self.words.cell_share(cell, self.table.smallest_count)
        return PlottedValue(cell.share, text, cell.below_threshold)


def _step(number: int, count: int) -> int:
    """Which colour of an order a group has: the first group the first, the last group the last."""
    return round(number * (ORDERED_STEPS - 1) / max(count - 1, 1))


def _spoken(answer: str, number: int, groups: Sequence[PlottedGroup], words: Words) -> str:
    """One answer with its number, or with that of each group."""
    named = [f"{group.label if len(groups) > 1 else ''} {group.values[number].text}".strip() for group in groups]
    return words.say("chart_row", answer=answer, values=words.join_names(named))


def _missing_sentence(group: PlottedGroup, answers: Sequence[str], smallest: int, words: Words) -> str:
    """Which answers of a group have no number, and why."""
    few = [answer for answer, value in zip(answers, group.values, strict=True) if value.few]
    hidden = [a for a, value in zip(answers, group.values, strict=True) if value.share is None and not value.few]
    if len(hidden) == len(answers):
        return words.say("not_shown")
    return words.without_number(few, hidden, smallest)
