"""The columns and rows of a figure: which groups and answers of a released table it shows, and in which order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kuule.core.palette import ORDERED_STEPS
from kuule.publishing.report_catalogue import Words
from kuule.publishing.view.chart_data import SERIES_COLOURS
from kuule.tables.released import ReleasedColumn, ReleasedTable
from kuule.tables.request import EDITION, QUARTER
from kuule.tables.wording import ItemWording, Wording

FOLDED_FROM = 12
_FOLDED = 3
"""With more answers than FOLDED_FROM, a sentence replaces those that no column shows, if they are this many."""
_LAST_ANSWERS = frozenset({"other", "elsewhere", "none"})
"""Names of choices that come last, whatever their size."""


@dataclass(frozen=True, slots=True)
class FigureColumns:
    """The columns of a figure: everyone first, then the groups. `labels`, `series` and `steps` are in the same order;
    `withheld` has the names of what is not shown. Groups that have an order have a step of it each, the same whichever
    of them are shown."""

    shown: tuple[ReleasedColumn, ...]
    labels: tuple[str, ...]
    series: tuple[int | str, ...]
    steps: tuple[int | None, ...]
    withheld: tuple[str, ...]


def figure_columns(
    table: ReleasedTable,
    everyone: ReleasedColumn,
    labels: Mapping[str, str],
    item: ItemWording,
    words: Words,
    *,
    ordered: bool,
) -> FigureColumns:
    """The columns of a table that are shown. `ordered` says that the groups follow each other, as ages do."""
    # If answers are groups, those that are withheld are named together with withheld groups.
    answers = tuple(item.answers.get(code, code) for code in table.withheld_rows)
    if table.request.cut is None:
        shown = (everyone,) if everyone.base is not None else ()
        label = f"{words.say('share')} · {words.say('people')}"
        return FigureColumns(shown, (label,) if shown else (), (0,), (None,), answers)
    groups = [column for column in table.columns if column.base is not None]
    withheld = tuple(labels.get(column.code, column.code) for column in table.columns if column.base is None)
    # If everyone is in one group, as in a report on a part of that group, the two columns would be the same.
    same = [_numbers(each) for each in groups] == [_numbers(everyone)]
    first = (everyone,) if everyone.base is not None and not same else ()
    all_of_them = words.say("everyone") if table.request.within is None else words.say("everyone_here")
    return FigureColumns(
        shown=(*first, *groups),
        labels=(*(all_of_them for _ in first), *(labels.get(each.code, each.code) for each in groups)),
        series=(*("everyone" for _ in first), *(number % SERIES_COLOURS for number in range(len(groups)))),
        steps=(*(None for _ in first), *(_step(each, table) if ordered else None for each in groups)),
        withheld=(*withheld, *answers),
    )


def groups_have_order(cut: str | None, wording: Wording) -> bool:
    """Whether the groups of a cut follow each other, as ages and quarters do."""
    item = wording.items.get(cut or "")
    return cut in (EDITION, QUARTER) or cut in wording.ordered_cuts or (item is not None and item.order_matters)


def _step(column: ReleasedColumn, table: ReleasedTable) -> int:
    """Which colour of an order a group has: the first group the first, the last group the last."""
    return round(table.columns.index(column) * (ORDERED_STEPS - 1) / max(len(table.columns) - 1, 1))


def _numbers(column: ReleasedColumn) -> tuple[object, ...]:
    return column.base, column.cells, column.missing, column.carried_from


def visible_rows(table: ReleasedTable, columns: FigureColumns, item: ItemWording, *, folded: int) -> tuple[int, ...]:
    """The indices of the rows, in the order in which they are shown: a scale in its own order, other answers by the
    first column, largest first. If there are more answers than `folded`, those without any shown number are left out.
    """
    numbers = [number for number, row in enumerate(table.rows) if row not in table.withheld_rows]
    seen = [n for n in numbers if any(column.cells[n].share is not None for column in columns.shown)]
    if len(numbers) > folded and (len(numbers) - len(seen) >= _FOLDED or not folded):
        numbers = seen
    if not item.order_matters and columns.shown:
        # By released counts only: the order of exact counts would reveal what is hidden.
        counts = [cell.count or 0 for cell in columns.shown[0].cells]
        numbers.sort(key=lambda number: (table.rows[number] in _LAST_ANSWERS, -counts[number]))
    return tuple(numbers)
