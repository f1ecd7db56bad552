"""A report on few people: what can be shown of each question, of all together, on two pages.

The whole text would be sixteen pages on so few, nearly all of which say that a figure is not shown.
"""

from __future__ import annotations

from collections.abc import Mapping

from kuule.publishing.report_catalogue import Words
from kuule.publishing.template.template_parts import (
    ReportTemplate,
    TemplateFigure,
    TemplateHeading,
    TemplatePart,
    TemplateProse,
)
from kuule.publishing.view.live_values import markdown_literal
from kuule.tables.released import ReleasedOrigin, ReleasedTable, WithheldReason
from kuule.tables.request import TableRequest

SHORT_BELOW = 150
"""People in a report, with noise, under which it is short: of a question that everyone was asked, a group of a third of
them is then just large enough to be shown."""


def is_short(template: ReportTemplate, origin: ReleasedOrigin) -> bool:
    """Whether a text with figures is about so few people. By their number as it is released, or by that it is too small
    to be: it tells no more."""
    if origin.responses is None:
        return bool(template.figures) and origin.withheld_reason is WithheldReason.FEW
    return bool(template.figures) and origin.responses < SHORT_BELOW


def short_template(
    template: ReportTemplate, tables: Mapping[TableRequest, ReleasedTable], words: Words
) -> ReportTemplate:
    """The short text: each question that has a figure once, those of which anything is shown first. `tables` are those
    of all people."""
    title = next((part for part in template.parts if isinstance(part, TemplateHeading) and part.level == 1), None)
    asked = dict.fromkeys(figure.request.without_cut for figure in template.figures)
    figures = [TemplateFigure(request, "", 0) for request in asked]
    figures.sort(key=lambda figure: not _has_shares(tables[figure.request]))
    said = markdown_literal(words.say("short", number=words.number(SHORT_BELOW)))
    ours = "" if words.tag == words.written_for else words.tag
    parts: tuple[TemplatePart, ...] = (
        title or TemplateHeading(1, "{{ title }}", 0),
        TemplateProse(said, 0, language=ours),
        *figures,
    )
    return ReportTemplate(parts, (), is_default=template.is_default)


def _has_shares(table: ReleasedTable) -> bool:
    return any(cell.share is not None for column in table.columns for cell in column.cells)
