"""One figure of a report, as data for the page: its chart, its table and the sentences that belong to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kuule.languages.tags import language
from kuule.publishing.charts import SERIES, chart
from kuule.publishing.layout import NARROW, WIDE, Answer, Bar
from kuule.publishing.parts import Figure
from kuule.publishing.reading import base_sentences, how_to_compare, how_to_read, missing_sentence
from kuule.publishing.words import Words
from kuule.tables.released import ReleasedColumn, ReleasedTable
from kuule.tables.request import LANGUAGE, TableRequest
from kuule.tables.wording import ItemWording, Wording

_ROWS = 12
"""With more answers than this, those that no column shows are named together."""
_NAMED_GROUPS = 8


@dataclass(frozen=True, slots=True)
class TableCell:
    share: str
    count: str
    shown: bool


@dataclass(frozen=True, slots=True)
class TableRow:
    label: str
    cells: tuple[TableCell, ...]


@dataclass(frozen=True, slots=True)
class FigureView:
    """What the page shows. `wide` and `narrow` are SVG, or "" where `instead` says why there is none."""

    anchor: str
    heading: str
    by: str
    wide: str
    narrow: str
    instead: str
    head: tuple[str, ...]
    rows: tuple[TableRow, ...]
    bases: tuple[str, ...]
    sentences: tuple[str, ...]
    note: str
    request: str


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of a figure: everyone first, then the groups; `labels` and `series` go with them."""

    shown: tuple[ReleasedColumn, ...]
    labels: tuple[str, ...]
    series: tuple[int | str, ...]
    withheld: tuple[str, ...]


def anchor(request: TableRequest) -> str:
    return "figure-" + str(request).replace(" ", "-").replace("@", "")


def cut_labels(cut: str | None, table: ReleasedTable, wording: Wording, words: Words) -> tuple[str, Mapping[str, str]]:
    """The title of a cut and the label of each of its groups."""
    if cut is None:
        return "", {}
    if cut == LANGUAGE:
        return words.say("language_cut"), {column.code: language(column.code).autonym for column in table.columns}
    if cut in wording.cuts:
        return wording.cuts[cut]
    item = wording.items[cut]
    return item.question, item.answers


def view(figure: Figure, tables: Mapping[TableRequest, ReleasedTable], wording: Wording, words: Words) -> FigureView:
    """The figure from the released tables; those of `Template.requests` must be among them."""
    table, item = tables[figure.request], wording.items[figure.request.item]
    everyone = tables[TableRequest(figure.request.item)].columns[0]
    title, labels = cut_labels(figure.request.cut, table, wording, words)
    columns = _columns(table, everyone, labels, words)
    rows = _visible_rows(table, columns, item)
    instead = _instead(table, columns, words)
    wide, narrow = ("", "") if instead else _charts(table, columns, rows, item, wording, words)
    return FigureView(
        anchor=anchor(figure.request),
        heading=item.question,
        by=words.say("by", cut=title) if title else "",
        wide=wide,
        narrow=narrow,
        instead=instead,
        head=(words.say("answer"), *columns.labels),
        rows=() if not columns.shown else tuple(_row(table, columns, number, item, words) for number in rows),
        bases=tuple(words.count(column.base) for column in columns.shown),
        sentences=tuple(_sentences(table, everyone, columns, rows, labels, item, words)),
        note=figure.note,
        request=str(figure.request),
    )


def _columns(table: ReleasedTable, everyone: ReleasedColumn, labels: Mapping[str, str], words: Words) -> _Columns:
    if table.request.cut is None:
        shown = (everyone,) if everyone.base is not None else ()
        label = f"{words.say('share')} · {words.say('people')}"
        return _Columns(shown, (label,) if shown else (), (0,), ())
    groups = [column for column in table.columns if column.base is not None]
    withheld = tuple(labels.get(column.code, column.code) for column in table.columns if column.base is None)
    first = (everyone,) if everyone.base is not None and groups else ()
    return _Columns(
        shown=(*first, *groups),
        labels=(*(words.say("everyone") for _ in first), *(labels.get(each.code, each.code) for each in groups)),
        series=(*("everyone" for _ in first), *(number % SERIES for number in range(len(groups)))),
        withheld=withheld,
    )


def _visible_rows(table: ReleasedTable, columns: _Columns, item: ItemWording) -> tuple[int, ...]:
    """Row numbers in the order they are shown: a scale in its own, others by the first column, largest first."""
    numbers = list(range(len(table.rows)))
    if len(numbers) > _ROWS:
        numbers = [n for n in numbers if any(column.cells[n].share is not None for column in columns.shown)]
    if not item.order_matters and columns.shown:
        counts = [cell.count or 0 for cell in columns.shown[0].cells]
        numbers.sort(key=counts.__getitem__, reverse=True)
    return tuple(numbers)


def _instead(table: ReleasedTable, columns: _Columns, words: Words) -> str:
    if not columns.shown:
        return words.say("all_withheld", smallest=words.number(table.smallest_base))
    if not any(cell.share is not None for column in columns.shown for cell in column.cells):
        return words.say("no_cells")
    return ""


def _row(table: ReleasedTable, columns: _Columns, number: int, item: ItemWording, words: Words) -> TableRow:
    code = table.rows[number]
    cells = tuple(
        TableCell(words.share(cell.share), words.count(cell.count), cell.count is not None)
        for cell in (column.cells[number] for column in columns.shown)
    )
    return TableRow(item.answers.get(code, code), cells)


def _charts(
    table: ReleasedTable,
    columns: _Columns,
    rows: tuple[int, ...],
    item: ItemWording,
    wording: Wording,
    words: Words,
) -> tuple[str, str]:
    """The chart at the width of a screen and at that of a phone."""
    grouped = table.request.cut is not None
    several = list(zip(columns.shown, columns.labels, columns.series, strict=True))[: SERIES + 1]
    answers = [
        Answer(
            item.answers.get(table.rows[number], table.rows[number]),
            tuple(
                Bar(
                    column.cells[number].share,
                    words.share(column.cells[number].share),
                    label if grouped else "",
                    series,
                )
                for column, label, series in several
            ),
        )
        for number in rows
    ]
    text = words.say("chart", values="; ".join(_spoken(answer, words) for answer in answers))
    watermark = words.say("watermark") if table.origin.rehearsal else ""
    rtl = language(wording.language).rtl
    wide, narrow = (chart(answers, width=width, rtl=rtl, text=text, watermark=watermark) for width in (WIDE, NARROW))
    return wide, narrow


def _spoken(answer: Answer, words: Words) -> str:
    values = ", ".join(f"{bar.group} {bar.value}".strip() for bar in answer.bars)
    return words.say("chart_row", answer=answer.label, values=values)


def _sentences(
    table: ReleasedTable,
    everyone: ReleasedColumn,
    columns: _Columns,
    rows: tuple[int, ...],
    labels: Mapping[str, str],
    item: ItemWording,
    words: Words,
) -> list[str]:
    if not columns.shown:
        return [words.say("chosen")]
    grouped = table.request.cut is not None
    read = how_to_compare(table, item, dict(labels), words) if grouped else how_to_read(everyone, table, item, words)
    found = [read] if read else []
    found.extend(base_sentences(everyone, table, words))
    if everyone.base is not None:
        found.append(missing_sentence(everyone, words))
    if any(not cell.shown for number in rows for cell in _row(table, columns, number, item, words).cells):
        found.append(words.say("why_not_shown", smallest=words.number(table.smallest_count)))
    if len(rows) < len(table.rows):
        found.append(words.say("rows_not_shown", number=words.number(len(table.rows) - len(rows))))
    if columns.withheld:
        found.append(_withheld(columns.withheld, words))
    found.append(words.say("chosen"))
    return found


def _withheld(groups: tuple[str, ...], words: Words) -> str:
    if len(groups) > _NAMED_GROUPS:
        return words.say("groups_not_shown_many", number=words.number(len(groups)))
    return words.say("groups_not_shown", groups=", ".join(groups))
