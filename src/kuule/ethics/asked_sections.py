"""The questionnaire as a board reads it, section by section: each question with its answers and what is special of
it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kuule.forms.compile.form import Form
from kuule.forms.compile.items import Item
from kuule.forms.model.body_definition import GroupDefinition, QuestionDefinition
from kuule.forms.types.type_registry import question_type
from kuule.study.settings.study_settings import AnswerSettings

_OUTPUT = re.compile(r"\$\{[^}]*\}")


@dataclass(frozen=True, slots=True)
class AskedItem:
    """A question, or a note between questions. `choices` are labels by value. `of_some`: it is asked only after certain
    answers to others."""

    name: str
    label: str
    hint: str
    answered: str
    choices: Mapping[str, str] = field(default_factory=dict)
    is_note: bool = False
    required: bool = False
    sensitive: bool = False
    own_words: bool = False
    of_some: bool = False
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class AskedSection:
    """A section with all that is asked and said in it, in order. `title` is "" for what is outside any section."""

    title: str
    items: tuple[AskedItem, ...]

    @property
    def asked(self) -> tuple[AskedItem, ...]:
        return tuple(item for item in self.items if not item.is_note)

    @property
    def notice(self) -> str:
        """What is said before its first sensitive question; "" if nothing is, or no question of it is sensitive."""
        first = next((place for place, item in enumerate(self.items) if item.sensitive), 0)
        return " ".join(item.label for item in self.items[:first] if item.is_note)

    @property
    def sensitive(self) -> tuple[AskedItem, ...]:
        return tuple(item for item in self.asked if item.sensitive)


def asked_sections(form: Form, settings: AnswerSettings, texts: Mapping[str, str]) -> tuple[AskedSection, ...]:
    """The sections of a form that ask something, with their texts as `texts` has them."""
    reader = _TextReader(form, texts)
    found: dict[str, list[AskedItem]] = {}
    for item in form.items:
        if not item.calculated and (item.answerable or item.note):
            found.setdefault(item.section, []).append(_asked(item, form, settings, reader))
    labels = {one.path: one.label for one in form.body.elements if isinstance(one, GroupDefinition)}
    return tuple(
        AskedSection(reader.text(labels.get(path, "")), tuple(items))
        for path, items in found.items()
        if any(not item.is_note for item in items)
    )


@dataclass(frozen=True, slots=True)
class _TextReader:
    form: Form
    texts: Mapping[str, str]

    def text(self, key: str) -> str:
        """The text in the language of the papers, or else the form's own; […] is where an earlier answer is shown."""
        said = (self.texts.get(key) or self.form.text(key)) if key else ""
        return _OUTPUT.sub("[…]", said).strip()


def _asked(item: Item, form: Form, settings: AnswerSettings, reader: _TextReader) -> AskedItem:
    of_form = form.body.questions.get(item.path)
    of_type = None if item.control is None else question_type(item.control)
    return AskedItem(
        name=item.name,
        label=reader.text(item.text_keys.get("label", "")) or item.name,
        hint=reader.text(item.text_keys.get("hint", "")),
        answered="" if of_type is None else of_type.note,
        choices=_choices(of_form, item, reader),
        is_note=item.control is None,
        required=item.required,
        sensitive=item.name in settings.sensitive,
        own_words=of_type is not None and of_type.is_text,
        of_some=_depends_on_answers(item.path, form),
        repeated=bool(item.repeats),
    )


def _choices(question: QuestionDefinition | None, item: Item, reader: _TextReader) -> Mapping[str, str]:
    source = question.choices if question is not None else None
    if source is None:
        return {}
    own = {choice.value: choice.label for choice in item.choices}
    return {one.value: reader.text(one.key) or own.get(one.value, one.value) for one in source.listed}


def _depends_on_answers(path: str, form: Form) -> bool:
    """Whether the question, or a group around it, has a condition."""
    parts = path.split("/")
    return any("/".join(parts[:end]) in form.relevant for end in range(2, len(parts) + 1))
