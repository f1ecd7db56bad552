"""What stands instead of a report on a group that is not shown: one sentence, and nothing made of its people."""

from __future__ import annotations

from kuule.publishing.parts import ReportTemplate, TemplateHeading, TemplateProse
from kuule.publishing.words import words_for
from kuule.tables.released import ReleasedOrigin


def suppressed_template(origin: ReleasedOrigin, tag: str) -> ReportTemplate:
    """The text in the language `tag`: the same whatever the reason is."""
    words = words_for(tag)
    said = words.say("only_hidden", base=words.number(origin.smallest_base))
    return ReportTemplate((TemplateHeading(1, "{{ title }}", 1), TemplateProse(said, 2)), ())
