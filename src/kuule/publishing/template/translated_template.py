"""A template in another language than its source: each text that is translated, and the source's where none is.

A translation that does not hold what its source holds (a link or a live number more, a condition that does not close)
is no translation: `kuule check` and `kuule freeze` refuse it, and here the source stands in its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from kuule.languages.checks.text_checks import is_safe_translation
from kuule.languages.workflow.states import State, TextOrigin
from kuule.publishing.template.template_parts import ReportTemplate, TemplateFigure, TemplatePart, TemplateProse
from kuule.study.folder.report_text import unwrap
from kuule.study.folder.report_translations import ReportText


def translate_template(template: ReportTemplate, texts: Mapping[str, ReportText], source: str) -> ReportTemplate:
    """`template`, which is in the language `source`, with its texts in that of `texts`. What it asks for stays."""
    return replace(template, parts=tuple(_said(part, texts, source) for part in template.parts))


def translation_states(template: ReportTemplate, texts: Mapping[str, ReportText]) -> Iterator[tuple[State, TextOrigin]]:
    """How far each translated text of the template is, and who made it."""
    return ((texts[part.key].state, texts[part.key].origin) for part in template.parts if _used(part, texts))


def _used(part: TemplatePart, texts: Mapping[str, ReportText]) -> bool:
    return part.key in texts and not part.language


def _said(part: TemplatePart, texts: Mapping[str, ReportText], source: str) -> TemplatePart:
    one = texts.get(part.key)
    if not part.key:
        return part
    if one is None or not is_safe_translation(part.key, _source(part), one.text):
        return replace(part, language=source)
    return replace(part, note=one.text) if isinstance(part, TemplateFigure) else replace(part, text=one.text)


def _source(part: TemplatePart) -> str:
    if isinstance(part, TemplateFigure):
        return part.note
    return unwrap(part.text) if isinstance(part, TemplateProse) else part.text


MACHINE_DRAFT, PERSON_DRAFT = "draft_machine", "draft_person"
"""The names of the two banners among the report's words."""


def draft_banner(makers: Iterable[tuple[State, TextOrigin]], demanded: State) -> str:
    """Which banner stands on the report: "" where everything in it is as far as the study demands."""
    unready = {origin for state, origin in makers if not state.reaches(demanded)}
    if not unready:
        return ""
    return MACHINE_DRAFT if TextOrigin.MACHINE in unready else PERSON_DRAFT
