"""One figure of a report as data for the renderers: its chart, its table and the sentences that belong to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kuule.publishing.report_catalogue import Words
from kuule.publishing.template.template_parts import TemplateFigure
from kuule.publishing.view.chart_data import ChartAnswer, ChartBar
from kuule.publishing.view.figure_columns import (
    FOLDED_FROM,
    FigureColumns,
    figure_columns,
    groups_have_order,
    visible_rows,
)
from kuule.publishing.view.figure_sentences import (
    asked_in_sentence,
    base_sentences,
    comparison_example,
    missing_sentence,
    reading_example,
    reason_not_divided,
    reason_not_shown,
)
from kuule.publishing.view.group_labels import cut_labels
from kuule.publishing.view.median import median_row
from kuule.publishing.view.plotted_figure import PlottedFigure, plotted_figure
from kuule.publishing.view.question_headings import question_heading
from kuule.tables.released import ReleasedCell, ReleasedColumn, ReleasedTable
from kuule.tables.request import TableRequest
from kuule.tables.wording import ItemWording, Wording

_NAMED_GROUPS = 8


@dataclass(frozen=True, slots=True)
class FigureTableCell:
    """A share and a count in words; `percent` is the share as a number, None if it is not shown."""

    share: str
    count: str
    shown: bool
    percent: int | None = None


@dataclass(frozen=True, slots=True)
class FigureTableRow:
    label: str
    cells: tuple[FigureTableCell, ...]


@dataclass(frozen=True, slots=True)
class FigureView:
    """What a report shows of one figure. `answers` is its chart and `spoken` the text for those who do not see it; both
    are empty if `instead` says why there is no chart. `middle` is the sentence on the median, or "". `question` is the
    question as the codebook has it, and `heading` the same without what it quoted of earlier answers. `facts` are the
    sentences below it, for looks that have the table there. For those that have the table apart, `basis` says of how
    many people it is and who they are, and `remarks` who is not in the base and what is not shown."""

    number: int
    anchor: str
    heading: str
    question: str
    by: str
    answers: tuple[ChartAnswer, ...]
    spoken: str
    instead: str
    head: tuple[str, ...]
    rows: tuple[FigureTableRow, ...]
    bases: tuple[str, ...]
    reading: str
    middle: str
    facts: tuple[str, ...]
    note: str
    request: str
    item: str
    basis: tuple[str, ...]
    remarks: tuple[str, ...]
    plot: PlottedFigure | None = None
    """The numbers of its chart, for the looks that choose a kind of chart by them; None if there is no chart."""


def figure_view(
    figure: TemplateFigure,
    number: int,
    tables: Mapping[TableRequest, ReleasedTable],
    wording: Wording,
    words: Words,
    *,
    brief: bool = False,
) -> FigureView:
    """The figure from the released tables; those of the template's `requests` must be among them. `number` counts from
    1. If `brief`, the figure has only its table, without the chart and the sentences that read numbers out."""
    asked, whole = tables[figure.request], tables[figure.request.without_cut]
    item, [everyone] = wording.items[figure.request.item], whole.columns
    title, labels = cut_labels(figure.request.cut, [column.code for column in asked.columns], wording, words)
    together = figure.request.cut is not None and not _has_groups(asked)
    table = whole if together else asked
    ordered = groups_have_order(figure.request.cut, wording)
    columns = figure_columns(table, everyone, labels, item, words, ordered=ordered)
    rows = visible_rows(table, columns, item, folded=0 if brief else FOLDED_FROM)
    instead = reason_not_shown(table, columns.shown, item, words)
    undivided = reason_not_divided(asked, item, title, words) if together else ""
    answers = () if instead or brief else tuple(_answer(row, table, columns, item, words) for row in rows)
    facts = list(_facts(table, everyone, columns, rows, item, words, undivided=undivided, brief=brief))
    bases = tuple(base_sentences(everyone, table, item, words))
    return FigureView(
        number=number,
        anchor=f"figure-{number}",
        heading=question_heading(item.question, quotes_answer=item.quotes_answer),
        question=item.question,
        by=words.say("by", cut=title) if title and not together else "",
        answers=answers,
        spoken=_spoken_chart(answers, words),
        instead=instead,
        head=(words.say("answer"), *columns.labels),
        rows=() if not columns.shown else tuple(_row(table, columns, row, item, words) for row in rows),
        bases=tuple(words.count(column.base) for column in columns.shown),
        reading="" if brief else _reading(table, everyone, labels, item, words),
        middle="" if brief else _middle(table, columns, item, words),
        facts=tuple(facts),
        note=figure.note,
        request=str(table.request),
        item=table.request.item,
        basis=tuple(_basis(table, everyone, columns, item, words)),
        remarks=tuple(fact for fact in facts if fact not in (*bases, words.say("chosen_short"))),
        plot=plotted_figure(table, columns, rows, item, labels, words, ordered=ordered, asked=figure.chart)
        if answers
        else None,
    )


def _has_groups(table: ReleasedTable) -> bool:
    """Whether a figure by groups can show anything by group. If not, it shows everyone together, where possible."""
    return len(table.withheld_rows) < len(table.rows) and any(column.base is not None for column in table.columns)


def _row(table: ReleasedTable, columns: FigureColumns, number: int, item: ItemWording, words: Words) -> FigureTableRow:
    code = table.rows[number]
    cells = tuple(
        FigureTableCell(
            words.cell_share(cell, table.smallest_count),
            words.cell_count(cell, table.smallest_count),
            cell.count is not None,
            cell.share,
        )
        for cell in (column.cells[number] for column in columns.shown)
    )
    return FigureTableRow(item.answers.get(code, code), cells)


def _answer(number: int, table: ReleasedTable, columns: FigureColumns, item: ItemWording, words: Words) -> ChartAnswer:
    """One answer of the chart. Groups for which it is not shown have no bar; one line below names them."""
    grouped = table.request.cut is not None
    cells = [column.cells[number] for column in columns.shown]
    bars = [
        ChartBar(cell.share, words.cell_share(cell, table.smallest_count), label if grouped else "", series, step)
        for cell, label, series, step in zip(cells, columns.labels, columns.series, columns.steps, strict=False)
    ]
    shown = tuple(bar for bar in bars if not grouped or bar.share is not None)
    rest = _line_below(cells, columns.labels, table.smallest_count, words) if grouped else ""
    code = table.rows[number]
    return ChartAnswer(item.answers.get(code, code), shown, rest)


def _line_below(cells: Sequence[ReleasedCell], labels: Sequence[str], smallest: int, words: Words) -> str:
    """The line below the bars about the groups that have no bar."""
    few = [label for cell, label in zip(cells, labels, strict=False) if cell.below_threshold]
    hidden = [
        label for cell, label in zip(cells, labels, strict=False) if cell.count is None and not cell.below_threshold
    ]
    if len(few) == len(cells):
        return words.fewer_than(smallest)
    if len(hidden) == len(cells):
        return words.say("not_shown")
    return words.without_number(few, hidden, smallest)


def _spoken_chart(answers: Sequence[ChartAnswer], words: Words) -> str:
    """The chart as a sentence, for people who cannot see it; "" without a chart."""
    if not answers:
        return ""
    return words.say("chart", values=words.join_clauses([_spoken(answer, words) for answer in answers]))


def _spoken(answer: ChartAnswer, words: Words) -> str:
    values = [f"{bar.group} {bar.value}".strip() for bar in answer.bars]
    return words.say(
        "chart_row", answer=answer.label, values=words.join_names([*values, *filter(None, [answer.line_below])])
    )


def _reading(
    table: ReleasedTable, everyone: ReleasedColumn, labels: Mapping[str, str], item: ItemWording, words: Words
) -> str:
    """One sentence that reads out a number of the figure, or ""."""
    if table.request.cut is None:
        return reading_example(everyone, table, item, words)
    return comparison_example(table, item, labels, words)


def _middle(table: ReleasedTable, columns: FigureColumns, item: ItemWording, words: Words) -> str:
    """The sentence on the median of a scale, for everyone or for each group that is shown; "" if none is certain."""
    if table.multiple or not item.order_matters:
        return ""
    rows = [median_row(column, table.origin) for column in columns.shown]
    if all(row is None for row in rows):
        return ""
    codes = [None if row is None else table.rows[row] for row in rows]
    said = [words.say("not_shown") if code is None else item.answers.get(code, code) for code in codes]
    if table.request.cut is None:
        return words.say("middle", answer=said[0])
    each = zip(columns.labels, said, strict=True)
    return words.say(
        "middles", groups=words.join_clauses([words.say("chart_row", answer=a, values=b) for a, b in each])
    )


def _facts(
    table: ReleasedTable,
    everyone: ReleasedColumn,
    columns: FigureColumns,
    rows: tuple[int, ...],
    item: ItemWording,
    words: Words,
    *,
    undivided: str,
    brief: bool,
) -> Iterator[str]:
    """The facts about this figure in particular; what is true of every figure is said once, in how to read the figures.
    `undivided` is the sentence that no group is shown, or ""."""
    if columns.shown:
        if undivided:
            yield undivided
        yield from base_sentences(everyone, table, item, words)
        if everyone.base is not None and not brief:
            yield missing_sentence(everyone, words)
        left = len(table.rows) - len(table.withheld_rows) - len(rows)
        if left:
            smallest = words.number(table.smallest_count)
            yield words.say("rows_not_shown", smallest=smallest, number=words.number(left))
        if columns.withheld:
            yield _withheld_sentence(columns.withheld, words)
        yield from _carried_sentences(table, columns, words)
    else:
        yield from asked_in_sentence(item, words)
    if not brief:
        yield words.say("chosen_short")


def _basis(
    table: ReleasedTable, everyone: ReleasedColumn, columns: FigureColumns, item: ItemWording, words: Words
) -> Iterator[str]:
    """Of how many people a figure is, where its table is apart, and that they chose to answer."""
    if columns.shown:
        yield from base_sentences(everyone, table, item, words, apart=True)
    else:
        yield from asked_in_sentence(item, words)
    yield words.say("chosen_short")


def _carried_sentences(table: ReleasedTable, columns: FigureColumns, words: Words) -> Iterator[str]:
    """Which numbers are carried forward from an earlier report, by the dataset that they were counted from."""
    everyone = words.say("everyone") if table.request.within is None else words.say("everyone_here")
    labels = columns.labels if table.request.cut is not None else (everyone,)
    found: dict[str, list[str]] = {}
    for column, label in zip(columns.shown, labels, strict=True):
        if column.carried_from:
            found.setdefault(column.carried_from, []).append(label)
    yield from (words.say("stands_on", groups=words.join_names(each), dataset=of) for of, each in found.items())


def _withheld_sentence(groups: tuple[str, ...], words: Words) -> str:
    if len(groups) > _NAMED_GROUPS:
        return words.say("groups_not_shown_many", number=words.number(len(groups)))
    return words.say("groups_not_shown", groups=words.join_names(groups))
