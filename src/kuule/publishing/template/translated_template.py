"""A template in another language than its source. Texts without a translation stay in the source language.

A translation must have the same links, live numbers and conditions as its source. One that does not is refused by
`kuule check` and `kuule freeze`, and here the source text is used in its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from kuule.languages.workflow.states import State, TextOrigin
from kuule.publishing.template.template_parts import (
    ReportTemplate,
    TemplateComparison,
    TemplateFigure,
    TemplateFinding,
    TemplatePart,
    TemplateProse,
    TemplateQuote,
)
from kuule.study.folder.report_text import unwrap
from kuule.study.folder.report_translations import ReportText


def translate_template(template: ReportTemplate, texts: Mapping[str, ReportText], source: str) -> ReportTemplate:
    """`template`, which is in the language `source`, with the translations in `texts`. Its tables stay the same."""
    return replace(template, parts=tuple(_translated_part(part, texts, source) for part in template.parts))


def translation_states(template: ReportTemplate, texts: Mapping[str, ReportText]) -> Iterator[tuple[State, TextOrigin]]:
    """The state and the origin of each translated text of the template."""
    keys = (key for part in template.parts for key, language in _keys(part) if not language)
    return ((texts[key].state, texts[key].origin) for key in keys if key in texts)


def _keys(part: TemplatePart) -> Iterator[tuple[str, str]]:
    """The key of each text of a part, with the language that it is borrowed from, or ""."""
    if isinstance(part, TemplateQuote):
        return
    if isinstance(part, TemplateFinding):
        yield from ((key, part.language) for key in part.keys)
        return
    yield part.key, part.language
    if isinstance(part, TemplateFigure):
        yield part.finding_key, part.finding_language
        yield part.asked_key, part.asked_language


def _translated_part(part: TemplatePart, texts: Mapping[str, ReportText], source: str) -> TemplatePart:
    if isinstance(part, TemplateComparison | TemplateQuote):
        return part
    if isinstance(part, TemplateFinding):
        return _translated_finding(part, texts, source)
    if isinstance(part, TemplateFigure):
        note, language = _translated_text(part.key, part.note, texts, source)
        finding, borrowed = _translated_text(part.finding_key, part.finding, texts, source)
        asked, foreign = _translated_text(part.asked_key, part.asked, texts, source)
        done = replace(part, note=note, language=language, finding=finding, finding_language=borrowed)
        return replace(done, asked=asked, asked_language=foreign)
    written = unwrap(part.text) if isinstance(part, TemplateProse) else part.text
    text, language = _translated_text(part.key, written, texts, source)
    if not part.key:
        return part
    return replace(part, language=language) if language else replace(part, text=text)


def _translated_finding(part: TemplateFinding, texts: Mapping[str, ReportText], source: str) -> TemplateFinding:
    """The three texts of a finding: all translated or, because they are read as one, none."""
    made = [_translated_text(key, text, texts, source) for key, text in zip(part.keys, part.texts, strict=True)]
    if any(language for _, language in made):
        return replace(part, language=source)
    title, figure, reading = (text for text, _ in made)
    return replace(part, title=title, figure=figure, reading=reading)


def _translated_text(key: str, text: str, texts: Mapping[str, ReportText], source: str) -> tuple[str, str]:
    """A text and the language that it is borrowed from: "" if it is translated, or has no words."""
    one = texts.get(key)
    if not key:
        return text, ""
    from kuule.languages.checks.text_checks import is_safe_translation  # slow: the source language needs no check

    if one is None or not is_safe_translation(key, text, one.text):
        return text, source
    return one.text, ""


MACHINE_DRAFT, PERSON_DRAFT = "draft_machine", "draft_person"
"""The keys of the two banners in the catalogue of the report."""


def draft_banner(makers: Iterable[tuple[State, TextOrigin]], demanded: State) -> str:
    """The key of the banner that the report has, or "" if all texts have reached the state that is demanded."""
    unready = {origin for state, origin in makers if not state.reaches(demanded)}
    if not unready:
        return ""
    return MACHINE_DRAFT if TextOrigin.MACHINE in unready else PERSON_DRAFT
