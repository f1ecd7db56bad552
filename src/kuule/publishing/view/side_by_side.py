"""The key findings side by side: each with its number in every group that has enough people, from released tables only.

A finding is read out of the same cell of the table by groups as it is out of that of everyone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kuule.publishing.report_catalogue import Words
from kuule.publishing.template.live_number_syntax import read_pieces
from kuule.publishing.template.template_parts import LiveNumber, ReportTemplate, TemplateComparison, TemplateFinding
from kuule.publishing.view.figures import FigureTableCell, FigureTableRow
from kuule.publishing.view.group_labels import cut_labels
from kuule.publishing.view.live_values import LiveValues
from kuule.tables.released import ReleasedColumn, ReleasedTable
from kuule.tables.request import LANGUAGE, TableRequest

_FEWEST = 2
"""Fewer groups than this are not side by side."""


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """A table: a row for each finding, a column for everyone and for each group that is shown. `instead` says why there
    is none, or is "". `by` says what the groups are, `caution` what has to be known before it is read, and `withheld`
    which groups are not shown; each of the last two may be ""."""

    heading: str
    by: str
    head: tuple[str, ...]
    rows: tuple[FigureTableRow, ...]
    caution: str
    withheld: str
    instead: str = ""


def comparison_view(part: TemplateComparison, template: ReportTemplate, numbers: LiveValues) -> ComparisonView:
    """The comparison with all its numbers. The tables of `template.requests` must be among those of `numbers`."""
    words, tables = numbers.words, _tables_by_item(part, template, numbers)
    codes = tuple(column.code for column in next(iter(tables.values())).columns) if tables else ()
    title, labels = cut_labels(part.cut, codes, numbers.wording, words)
    findings = [finding for finding in template.findings if _number(finding) is not None]
    columns = {code: [_cell(finding, code, tables, numbers) for finding in findings] for code in codes}
    shown = {code: cells for code, cells in columns.items() if any(cell.shown for cell in cells)}
    everyone = [_everyone(finding, numbers) for finding in findings]
    name = words.say("everyone") if numbers.origin.within is None else words.say("everyone_here")
    enough = len(shown) >= _FEWEST
    rows = (
        FigureTableRow(finding.title, (everyone[at], *(cells[at] for cells in shown.values())))
        for at, finding in enumerate(findings)
    )
    left = [labels.get(code, code) for code in codes if code not in shown]
    return ComparisonView(
        heading=words.say("side_by_side"),
        by=words.say("by", cut=title),
        head=(words.say("finding"), name, *(labels.get(code, code) for code in shown)) if enough else (),
        rows=tuple(row for row in rows if any(cell.shown for cell in row.cells)) if enough else (),
        caution=words.say("languages_caution") if part.cut == LANGUAGE else "",
        withheld=words.say("groups_not_shown", groups=words.join_names(left)) if enough and left else "",
        instead="" if enough else words.say("side_by_side_few"),
    )


def _tables_by_item(
    part: TemplateComparison, template: ReportTemplate, numbers: LiveValues
) -> Mapping[str, ReleasedTable]:
    return {item: numbers.tables[TableRequest(item, part.cut)] for item in template.compared_items}


def _number(finding: TemplateFinding) -> LiveNumber | None:
    """The number that a finding has in large letters, if it is of a question."""
    pieces = read_pieces(finding.figure, finding.line)[0]
    return next((each for each in pieces if isinstance(each, LiveNumber) and each.item), None)


def _everyone(finding: TemplateFinding, numbers: LiveValues) -> FigureTableCell:
    number = _number(finding)
    base = None if number is None else numbers.tables[TableRequest(number.item)].columns[0].base
    return _said(numbers.whole_text(finding.figure), base, numbers.words)


def _cell(
    finding: TemplateFinding, code: str, tables: Mapping[str, ReleasedTable], numbers: LiveValues
) -> FigureTableCell:
    """The number of a finding in one group: that of everyone, read from the group's column."""
    number = _number(finding)
    column = None if number is None else _column(tables[number.item], code)
    if number is None or column is None:
        return _said("", None, numbers.words)
    alone = {TableRequest(number.item): replace(tables[number.item], columns=(column,))}
    return _said(replace(numbers, tables=alone).whole_text(finding.figure), column.base, numbers.words)


def _column(table: ReleasedTable, code: str) -> ReleasedColumn | None:
    """The column of a group. Quarters that are withheld are in no table."""
    return next((column for column in table.columns if column.code == code), None)


def _said(text: str, base: int | None, words: Words) -> FigureTableCell:
    if not text or base is None:
        return FigureTableCell(words.say("not_shown"), "", shown=False)
    return FigureTableCell(text, words.say("of_base", base=words.number(base)), shown=True)
