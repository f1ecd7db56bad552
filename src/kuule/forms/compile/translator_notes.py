"""The note for translators on each text: who says it, where it appears, and how long it may be."""

from __future__ import annotations

from kuule.forms.compile.form import Form
from kuule.forms.model.text_keys import is_media_key
from kuule.forms.types.type_registry import question_type
from kuule.languages.workflow.entries import SourceText, max_translation_length

_KINDS = {
    "label": "",
    "hint": "a hint under the question",
    "guidance_hint": "a longer explanation that can be opened",
    "image-description": "what a picture shows, read aloud to who does not see it",
    "constraint_message": "shown when an answer does not fit; kind, an instruction and no verdict",
    "required_message": "shown when the question was left empty and cannot be; kind, an instruction and no verdict",
}


def texts_to_translate(form: Form) -> tuple[SourceText, ...]:
    """Every text of a form that is translated, in document order, with its note."""
    return tuple(
        SourceText(key, text.in_language(form.default_language), translator_note(key, form))
        for key, text in form.texts.items()
        if text.languages and not is_media_key(key)
    )


def translator_note(key: str, form: Form) -> str:
    """One line: "The survey says this to the person who answers: …; section …; at most … characters"."""
    area, _, rest = key.partition(":")
    where, _, kind = rest.rpartition(":")
    said = _choice(where, kind) if area == "choice" else _said(where, kind, form)
    text = form.texts[key].in_language(form.default_language)
    outputs = "; keep ${…} as it stands" if "${" in text else ""
    length = f"at most {max_translation_length(text)} characters"
    return f"The survey says this to the person who answers: {said}; {length}{outputs}"


def _choice(where: str, kind: str) -> str:
    if _KINDS.get(kind):
        return f"{_KINDS[kind]} (an answer in the list {where.partition('/')[0]})"
    return f"an answer that can be chosen, in the list {where.partition('/')[0]}"


def _said(path: str, kind: str, form: Form) -> str:
    item = form.item(path)
    if item is None:
        return "the heading of a part of the survey"
    section = f", section {item.section.rpartition('/')[2]}" if item.section else ""
    if _KINDS.get(kind):
        return f"{_KINDS[kind]} ({item.name}{section})"
    if item.control is None:
        return f"a note ({item.name}{section})"
    return f"a question ({item.name}{section}), {question_type(item.control).note}"
