"""The text of a report for a study that wrote none: every question that can be counted, in questionnaire order."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.forms.model.form_texts import escape_markdown
from kuule.publishing.report_catalogue import words_for
from kuule.publishing.template.template_parts import (
    ReportTemplate,
    TemplateFigure,
    TemplateHeading,
    TemplatePart,
    TemplateProse,
)
from kuule.publishing.template.template_reader import read_template
from kuule.tables.released import ReleasedOrigin
from kuule.tables.request import TableRequest
from kuule.tables.wording import Wording


def report_template(text: str, wording: Wording) -> ReportTemplate:
    """The template of a report's text or, if that is empty, one that follows the questionnaire.

    Its tables are the same in every language. Raises PublishingError like `read_template`.
    """
    return read_template(text) if text.strip() else ReportTemplate(tuple(_parts(wording)), (), is_default=True)


def _parts(wording: Wording) -> Iterator[TemplatePart]:
    yield TemplateHeading(1, "{{ title }}", 0)
    sections = wording.sections or (("", tuple(wording.items)),)
    apart = words_for(wording.language).say("more_questions")
    for number, (heading, items) in enumerate(sections):
        if heading:
            yield TemplateHeading(2, escape_markdown(heading), 0)
        elif number and sections[number - 1][0]:
            yield TemplateHeading(2, escape_markdown(apart), 0)
        yield from (TemplateFigure(TableRequest(item), "", 0) for item in items)


def suppressed_template(origin: ReleasedOrigin, tag: str) -> ReportTemplate:
    """The text of a report on a group that is not shown, in the language `tag`. It is the same for every reason."""
    words = words_for(tag)
    said = words.say("only_hidden", base=words.number(origin.smallest_base))
    return ReportTemplate((TemplateHeading(1, "{{ title }}", 1), TemplateProse(said, 2)), ())
