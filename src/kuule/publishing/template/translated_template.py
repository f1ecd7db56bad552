"""A template in another language than its source. Texts without a translation stay in the source language.

A translation must have the same links, live numbers and conditions as its source. One that does not is refused by
`kuule check` and `kuule freeze`, and here the source text is used in its place.
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
    """`template`, which is in the language `source`, with the translations in `texts`. Its tables stay the same."""
    return replace(template, parts=tuple(_translated_part(part, texts, source) for part in template.parts))


def translation_states(template: ReportTemplate, texts: Mapping[str, ReportText]) -> Iterator[tuple[State, TextOrigin]]:
    """The state and the origin of each translated text of the template."""
    return ((texts[part.key].state, texts[part.key].origin) for part in template.parts if _is_translated(part, texts))


def _is_translated(part: TemplatePart, texts: Mapping[str, ReportText]) -> bool:
    return part.key in texts and not part.language


def _translated_part(part: TemplatePart, texts: Mapping[str, ReportText], source: str) -> TemplatePart:
    one = texts.get(part.key)
    if not part.key:
        return part
    if one is None or not is_safe_translation(part.key, _source_text(part), one.text):
        return replace(part, language=source)
    return replace(part, note=one.text) if isinstance(part, TemplateFigure) else replace(part, text=one.text)


def _source_text(part: TemplatePart) -> str:
    if isinstance(part, TemplateFigure):
        return part.note
    return unwrap(part.text) if isinstance(part, TemplateProse) else part.text


MACHINE_DRAFT, PERSON_DRAFT = "draft_machine", "draft_person"
"""The keys of the two banners in the catalogue of the report."""


def draft_banner(makers: Iterable[tuple[State, TextOrigin]], demanded: State) -> str:
    """The key of the banner that the report has, or "" if all texts have reached the state that is demanded."""
    unready = {origin for state, origin in makers if not state.reaches(demanded)}
    if not unready:
        return ""
    return MACHINE_DRAFT if TextOrigin.MACHINE in unready else PERSON_DRAFT
