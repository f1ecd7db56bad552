"""Figures of exact numbers, for the analyst's eyes alone: those of a dataset's questions, and those of themes.

None of these numbers has been through disclosure control, and nothing that is published is made of them. So each chart
has NOT_FOR_PUBLICATION written across it. The charts themselves are drawn as those of a report are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kuule.analysis.crosstabs.axes import check_requests
from kuule.analysis.crosstabs.counting import count_tables
from kuule.core.palette import ORDERED_STEPS
from kuule.dataset.schema.dataset_reader import Dataset, read_dataset
from kuule.languages.cldr.numbers import format_percentage
from kuule.publishing.view.figure_columns import groups_have_order
from kuule.publishing.view.plotted_figure import PlottedFigure, PlottedGroup, PlottedValue
from kuule.qualitative.quotes.quoted_words import in_one_line
from kuule.tables.missing import Missing
from kuule.tables.request import EDITION, LANGUAGE, QUARTER, TableRequest
from kuule.tables.result import Column, ResultTable
from kuule.tables.wording import Wording

NOT_FOR_PUBLICATION = "not for publication"
EVERYONE = "Everyone"
NOBODY = "nobody"
_FOLDED_FROM = 12
"""With more answers than this, those that nobody gave are left out, and said to be."""
MOST_PLOTTED = 24
"""Answers of a chart. Of a list of countries, the others are in the numbers alone."""
_ENGLISH = "en"
_RESPONSE_CUTS = {LANGUAGE: "language of the answer", EDITION: "edition", QUARTER: "quarter of the year"}


@dataclass(frozen=True, slots=True)
class QuestionSection:
    """A part of the questionnaire: its number from 1, its heading, and the questions of it that can be counted."""

    number: int
    heading: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """An answer with how many gave it, for each group of the figure."""

    label: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AnalystFigure:
    """One question in exact numbers. `groups` are (name, people who answered); `unanswered` has each reason for no
    answer with how many people it was; `left_out` is how many answers nobody gave and no row has."""

    name: str
    question: str
    plotted: PlottedFigure
    groups: tuple[tuple[str, int], ...]
    rows: tuple[FigureRow, ...]
    unanswered: Mapping[Missing, int]
    multiple: bool = False
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class DatasetQuestions:
    """What can be looked at: the sections, and the cuts by which each figure can be divided, with their titles."""

    sections: tuple[QuestionSection, ...]
    cuts: Mapping[str, str]


def dataset_questions(path: Path) -> DatasetQuestions:
    """The questions of a dataset that can be counted. Raises ArchiveError as `read_dataset` does."""
    dataset = read_dataset(path)
    wording = _wording(dataset)
    sections = [
        QuestionSection(number, heading, tuple(name for name in names if name in wording.items))
        for number, (heading, names) in enumerate(wording.sections, 1)
    ]
    sections = [replace(one, heading=one.heading or _heading(one, wording)) for one in sections]
    cuts = {name: title for name, (title, _) in wording.cuts.items()}
    return DatasetQuestions(tuple(one for one in sections if one.items), {**cuts, **_RESPONSE_CUTS})


def question_figures(path: Path, items: Sequence[str], cut: str | None = None) -> tuple[AnalystFigure, ...]:
    """Figures of some questions, counted in one pass, of everyone or by a cut.

    Raises ArchiveError as `read_dataset` does; PublishingError REPORT_010 to REPORT_012 (no such question or cut).
    """
    dataset = read_dataset(path)
    wording = _wording(dataset)
    requests = [TableRequest(item, None if cut == item else cut) for item in items]
    check_requests(requests, dataset)
    return tuple(_figure(table, wording) for table in count_tables(dataset, requests))


def plotted_counts(rows: Sequence[tuple[str, int]], base: int, *, ordered: bool = False) -> PlottedFigure:
    """Some counts of one base as a figure."""
    group = PlottedGroup(EVERYONE, base, tuple(_value(count, base) for _, count in rows), everyone=True)
    return _plotted([label for label, _ in rows], [group], ordered=ordered)


def _heading(section: QuestionSection, wording: Wording) -> str:
    """What a part without a heading is called: the one question of it, or its number."""
    return wording.items[section.items[0]].question if len(section.items) == 1 else f"Part {section.number}"


def _wording(dataset: Dataset) -> Wording:
    return dataset.wording(_ENGLISH if _ENGLISH in dataset.codebook.languages else dataset.info.source_language)


def _figure(table: ResultTable, wording: Wording) -> AnalystFigure:
    item = wording.items[table.request.item]
    totals = [sum(column.counts[row] for column in table.columns) for row in range(len(table.rows))]
    rows = list(range(len(table.rows)))
    if len(rows) > _FOLDED_FROM:
        rows = [row for row in rows if totals[row]]
    if not item.order_matters:
        rows.sort(key=lambda row: -totals[row])
    labels = [item.answers.get(table.rows[row], table.rows[row]) for row in rows]
    ordered = groups_have_order(table.request.cut, wording)
    shown = rows if item.order_matters else rows[:MOST_PLOTTED]
    groups = [_group(table, place, shown, wording, ordered=ordered) for place in range(len(table.columns))]
    return AnalystFigure(
        name=item.name,
        question=item.question,
        plotted=_plotted(labels[: len(shown)], groups, ordered=item.order_matters),
        groups=tuple((group.label, group.base or 0) for group in groups),
        rows=tuple(
            FigureRow(label, tuple(column.counts[row] for column in table.columns))
            for label, row in zip(labels, rows, strict=True)
        ),
        unanswered={one: sum(column.missing[one] for column in table.columns) for one in Missing},
        multiple=table.multiple,
        left_out=len(table.rows) - len(rows),
    )


def _group(table: ResultTable, place: int, rows: Sequence[int], wording: Wording, *, ordered: bool) -> PlottedGroup:
    column, count = table.columns[place], len(table.columns)
    step = round(place * (ORDERED_STEPS - 1) / max(count - 1, 1)) if ordered else None
    everyone = table.request.cut is None
    label = EVERYONE if everyone else _group_label(table.request.cut or "", column, wording)
    values = tuple(_value(column.counts[row], column.base) for row in rows)
    return PlottedGroup(label, column.base, values, everyone, step)


def _group_label(cut: str, column: Column, wording: Wording) -> str:
    if cut in wording.cuts:
        return wording.cuts[cut][1].get(column.code, column.code)
    if cut in wording.items:
        return wording.items[cut].answers.get(column.code, column.code)
    return column.code[:12]


def _value(count: int, base: int) -> PlottedValue:
    if not base:
        return PlottedValue(None, NOBODY)
    share = (200 * count + base) // (2 * base)
    return PlottedValue(share, f"{format_percentage(share, _ENGLISH)} ({count:,})")


def _plotted(named: Sequence[str], groups: Sequence[PlottedGroup], *, ordered: bool) -> PlottedFigure:
    labels = [in_one_line(one) for one in named]  # a code may come from another program's file
    several = len(groups) > 1
    spoken = [
        f"{label}: " + ", ".join(f"{group.label} {group.values[row].text}" if several else group.values[row].text
                                 for group in groups)
        for row, label in enumerate(labels)
    ]  # fmt: skip
    return PlottedFigure(
        answers=tuple(labels),
        groups=tuple(groups),
        ordered_answers=ordered,
        missing=tuple("" if group.base else NOBODY for group in groups),
        spoken=f"{NOT_FOR_PUBLICATION}. {'; '.join(spoken)}",
        not_shown=NOBODY,
        ends=(format_percentage(0, _ENGLISH), format_percentage(100, _ENGLISH)),
    )
