"""Figures as tables whose numbers have bars: chart and table are one, so nothing is said twice, and nothing is lost
where pictures are not shown.

A figure by groups is a small table for each answer, all of one scale and with the groups in one order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kuule.publishing.report_catalogue import Words
from kuule.publishing.view.figures import FigureTableCell, FigureView
from kuule.publishing.view.group_labels import cut_labels
from kuule.tables.released import ReleasedTable
from kuule.tables.wording import Wording

MOST_WITHHELD = 40
"""So many groups that are not shown keep a line each; of more, a sentence says how many they are."""


@dataclass(frozen=True, slots=True)
class NumberBar:
    """A number with its bar. `width` is in whole per cent, None where nothing is shown; `paint` is the class of its
    colour, or ""."""

    width: int | None
    text: str
    paint: str = ""

    @property
    def classes(self) -> str:
        """The classes of its cell."""
        if self.width is None:
            return "hidden"
        return f"bar w{self.width}{' ' if self.paint else ''}{self.paint}"


@dataclass(frozen=True, slots=True)
class BarLine:
    """A line of a table: a label, its bar, and how many people."""

    label: str
    bar: NumberBar
    people: str


@dataclass(frozen=True, slots=True)
class BarTable:
    """One table. `caption` is the answer that its lines are about, or "" if each line is an answer."""

    caption: str
    lines: tuple[BarLine, ...]


@dataclass(frozen=True, slots=True)
class FigureTables:
    """The tables of a figure, and the base of each of its groups: a text, or that the group is not shown."""

    tables: tuple[BarTable, ...]
    bases: tuple[tuple[str, str], ...]


def figure_tables(figure: FigureView, table: ReleasedTable, wording: Wording, words: Words) -> FigureTables:
    """The tables of a figure that was made from a released table."""
    if not figure.rows:
        return FigureTables((), tuple(_withheld(table, wording, words)))
    groups = figure.head[1:]
    if not figure.by:
        lines = tuple(BarLine(row.label, _bar(row.cells[0]), _people(row.cells[0])) for row in figure.rows)
        return FigureTables((BarTable("", lines),), tuple(_withheld(table, wording, words)))
    paints = _paints(figure)
    tables = tuple(
        BarTable(
            row.label,
            tuple(
                BarLine(group, _bar(cell, paints.get(group, "")), _people(cell))
                for group, cell in zip(groups, row.cells, strict=True)
            ),
        )
        for row in figure.rows
    )
    return FigureTables(tables, (*zip(groups, figure.bases, strict=True), *_withheld(table, wording, words)))


def _bar(cell: FigureTableCell, paint: str = "") -> NumberBar:
    return NumberBar(cell.percent, cell.share, paint)


def _people(cell: FigureTableCell) -> str:
    return cell.count if cell.shown else ""


def _paints(figure: FigureView) -> Mapping[str, str]:
    """The class of each group's colour: everyone is grey, and groups that have an order go from light to dark."""
    found = {}
    for bar in (bar for answer in figure.answers for bar in answer.bars):
        found[bar.group] = "all" if bar.series == "everyone" else "" if bar.step is None else f"o{bar.step}"
    return found


def _withheld(table: ReleasedTable, wording: Wording, words: Words) -> Iterator[tuple[str, str]]:
    """The groups that are not shown, each in its place after those that are."""
    codes = [column.code for column in table.columns if column.base is None]
    if table.request.cut is None or len(codes) > MOST_WITHHELD:
        return
    _, labels = cut_labels(table.request.cut, [column.code for column in table.columns], wording, words)
    yield from ((labels.get(code, code), words.say("not_shown")) for code in codes)
