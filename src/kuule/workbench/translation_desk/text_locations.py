"""Where each text appears in the survey: its section, its page, what it is, and the order of all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kuule.forms.compile.form import Form
from kuule.forms.model.body_definition import FormElement, QuestionDefinition
from kuule.forms.model.text_keys import IMAGE_DESCRIPTION, media_text_key
from kuule.languages.gettext.shipped_words import shipped_sources, word_name
from kuule.languages.workflow.entries import SourceText
from kuule.study.edition.frozen_words import PROMISE_PREFIXES
from kuule.study.folder.report_text import is_report_key

_GROUPS = "study:groups/"
_KINDS = {
    "hint": "hint",
    "guidance_hint": "longer explanation",
    "constraint_message": "when an answer does not fit",
    "required_message": "when it was left empty",
    IMAGE_DESCRIPTION: "what a picture shows",
}
_OF_REPORT = {
    "heading": "heading",
    "paragraph": "paragraph or list",
    "title": "title of a key finding",
    "figure": "number of a key finding",
    "reading": "text of a key finding",
    "finding": "what a figure found",
    "asked": "who was asked the question of a figure",
    "note": "note below a figure",
}
STUDY_SECTION = "The study"
KUULE_WORDS_SECTION = "Kuule's own words"
REPORT_HEADINGS_SECTION = "Headings of the report"
REPORT_TEXT_SECTION = "The report's text"
OTHER_SECTION = "Elsewhere in the questionnaire"


@dataclass(frozen=True, slots=True)
class TextLocation:
    """Where one text appears. `section` and `page` are titles in the source language, `page_key` identifies the page
    ("" if none), `path` is the question or group that the text belongs to."""

    key: str
    kind: str
    section: str
    page_key: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class _Around:
    section: str = ""
    page: str = ""


def locate_texts(form: Form, sources: tuple[SourceText, ...]) -> dict[str, TextLocation]:
    """The location of every text by key, in the order of the survey: the first page, the sections, Kuule's own words
    around them, then the report."""
    known = {source.key: source.text for source in sources}
    found: dict[str, TextLocation] = {}
    for key in known:
        if key.startswith("study:") and not key.startswith(_GROUPS):
            found[key] = TextLocation(key, _of_study(key), STUDY_SECTION)
    for place in _walk(form, form.body.elements, _Around(), known):
        if place.key in known:
            found.setdefault(place.key, place)
    found |= {
        key: TextLocation(key, _kind(key, "text"), OTHER_SECTION)
        for key in known
        if key not in found and not _is_late(key)
    }
    found |= {source.key: _of_kuule(source.key) for source in shipped_sources()}
    for key in filter(_is_late, known):
        found[key] = _of_report(key)
    return found


def _is_late(key: str) -> bool:
    """Whether a text appears in the report only."""
    return key.startswith(_GROUPS) or is_report_key(key)


def _of_report(key: str) -> TextLocation:
    if is_report_key(key):
        return TextLocation(key, _OF_REPORT[key.rpartition(":")[2]], REPORT_TEXT_SECTION)
    return TextLocation(
        key, "heading of a table" if key.count("/") == 1 else "group in a table", REPORT_HEADINGS_SECTION
    )


def _of_kuule(key: str) -> TextLocation:
    promises = word_name(key).startswith(PROMISE_PREFIXES)
    return TextLocation(key, "notice or promise" if promises else "button or notice", KUULE_WORDS_SECTION)


def _of_study(key: str) -> str:
    return "title of the tab" if key == "study:discreet_title" else key.removeprefix("study:")


def _kind(key: str, label: str) -> str:
    return _KINDS.get(key.rpartition(":")[2], label)


def _walk(
    form: Form, elements: tuple[FormElement, ...], around: _Around, known: Mapping[str, str]
) -> Iterator[TextLocation]:
    for element in elements:
        if isinstance(element, QuestionDefinition):
            yield from _of_ask(form, element, around)
            continue
        section = around.section or known.get(element.label, "") or ("" if around.page else _named(element))
        page = around.page or (element.path if element.field_list else "")
        if element.label:
            first = page or _first_page(element)
            kind = "heading of a section" if not around.section else "heading"
            yield TextLocation(element.label, kind, section, first, element.path)
        yield from _walk(form, element.children, _Around(section, page), known)


def _of_ask(form: Form, ask: QuestionDefinition, around: _Around) -> Iterator[TextLocation]:
    page, section = around.page or ask.path, around.section or OTHER_SECTION
    label = "note" if ask.control is None else "question"
    own = (ask.label, ask.hint, ask.guidance, media_text_key(ask.label, IMAGE_DESCRIPTION) if ask.label else "")
    for key in (*own, ask.constraint_message, ask.required_message):
        if key:
            yield TextLocation(key, _kind(key, label), section, page, ask.path)
    for choice in ask.choices.listed if ask.choices else ():
        yield TextLocation(choice.key, "answer", section, page, ask.path)
        described = form.choice_media.get(choice.key, {}).get(IMAGE_DESCRIPTION, "")
        if described:
            yield TextLocation(described, _kind(described, "answer"), section, page, ask.path)


def _named(element: FormElement) -> str:
    return element.path.rpartition("/")[2].replace("_", " ")


def _first_page(element: FormElement) -> str:
    """The first page inside a group that is not a page itself."""
    if isinstance(element, QuestionDefinition) or element.field_list:
        return element.path
    return next((page for child in element.children if (page := _first_page(child))), "")
