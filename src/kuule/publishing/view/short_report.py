"""A report on few people: what can be shown of each question, for everyone together, on two pages.

The full text would have sixteen pages, nearly all of which would say that a figure is not shown.
"""

from __future__ import annotations

from collections.abc import Mapping

from kuule.languages.markup.markdown import markdown_literal
from kuule.publishing.report_catalogue import Words
from kuule.publishing.template.template_parts import (
    ReportTemplate,
    TemplateFigure,
    TemplateHeading,
    TemplatePart,
    TemplateProse,
)
from kuule.tables.released import ReleasedOrigin, ReleasedTable, WithheldReason
from kuule.tables.request import TableRequest

SHORT_BELOW = 150
"""A report on fewer people than this, with noise, is short. With this many, a third of them is a group just large
enough to be shown, if everyone was asked the question."""


def is_short(template: ReportTemplate, origin: ReleasedOrigin) -> bool:
    """Whether a text with figures is on so few people that the report is short. This depends only on the released
    number of responses, or on the fact that it is too small to be released, so it reveals nothing more."""
    if origin.responses is None:
        return bool(template.figures) and origin.withheld_reason is WithheldReason.FEW
    return bool(template.figures) and origin.responses < SHORT_BELOW


def short_template(
    template: ReportTemplate, tables: Mapping[TableRequest, ReleasedTable], words: Words
) -> ReportTemplate:
    """The short text: each question that has a figure, once; first those for which anything is shown. `tables` are
    those of everyone."""
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
