"""The key findings side by side: each with its number in every group that has enough people, from released tables only.

A finding is read out of the same cell of the table by groups as it is out of that of everyone.
"""

from __future__ import annotations

from dataclasses import dataclass

from kuule.publishing.template.live_number_syntax import read_pieces
from kuule.publishing.template.template_parts import LiveNumber, ReportTemplate, TemplateComparison, TemplateFinding
from kuule.publishing.view.figures import FigureTableCell, FigureTableRow
from kuule.publishing.view.group_labels import cut_labels
from kuule.publishing.view.live_values import LiveValues
from kuule.tables.request import LANGUAGE, Subpopulation, TableRequest

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
    words, tables = numbers.words, [numbers.tables[TableRequest(item, part.cut)] for item in template.compared_items]
    codes = tuple(dict.fromkeys(column.code for table in tables for column in table.columns))
    title, labels = cut_labels(part.cut, codes, numbers.wording, words)
    findings = [finding for finding in template.findings if _number(finding) is not None]
    columns = {code: [_cell(each, numbers, Subpopulation(part.cut, code)) for each in findings] for code in codes}
    shown = {code: cells for code, cells in columns.items() if any(cell.shown for cell in cells)}
    everyone = [_cell(finding, numbers) for finding in findings]
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


def _number(finding: TemplateFinding) -> LiveNumber | None:
    """The number that a finding has in large letters, if it is of a question."""
    pieces = read_pieces(finding.figure, finding.line)[0]
    return next((each for each in pieces if isinstance(each, LiveNumber) and each.item), None)


def _cell(finding: TemplateFinding, numbers: LiveValues, group: Subpopulation | None = None) -> FigureTableCell:
    """The number of a finding of everyone or, read from the column of the same table by groups, of one group."""
    number, hidden = _number(finding), FigureTableCell(numbers.words.say("not_shown"), "", shown=False)
    if number is None or (group is not None and not _has_column(numbers, number.item, group)):
        return hidden
    here = numbers.in_group(group)
    text, base = here.whole_text(finding.figure), here.column(number.item).base
    if not text or base is None:
        return hidden
    return FigureTableCell(text, numbers.words.say("of_base", base=numbers.words.about(base)), shown=True)


def _has_column(numbers: LiveValues, item: str, group: Subpopulation) -> bool:
    """Whether a table has a column of a group. Quarters that are withheld are in none."""
    return any(column.code == group.code for column in numbers.tables[TableRequest(item, group.cut)].columns)
