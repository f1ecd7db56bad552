"""What a document about a questionnaire is made of: a form, its settings, and its texts in one language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from kuule.booklet.route_words import NamedQuestion, RouteWords
from kuule.forms.compile.form import Form
from kuule.forms.compile.items import Item, display_only_paths
from kuule.forms.model.body_definition import QuestionDefinition
from kuule.languages.cldr.territories import territory_names
from kuule.languages.markup.fallback_text import ForeignText
from kuule.languages.markup.markdown import MarkdownNode, inline_tree
from kuule.study.settings.study_settings import Study

_OUTPUT = re.compile(r"\$\{\s*([^{}\s]+)\s*\}")


@dataclass(frozen=True)
class BookletSource:
    """A questionnaire in the language `tag`. `texts` has what is translated, by key; the form's own text stands for
    what is not. `edition` is "" for a folder that is still being written. `version` says in words which one it is."""

    study: Study
    form: Form
    texts: Mapping[str, str]
    tag: str
    version: str
    edition: str = ""

    @cached_property
    def asked(self) -> tuple[Item, ...]:
        """The questions and notes that a person sees, in the order of the form."""
        shown = (item for item in self.form.items if not item.calculated and (item.answerable or item.note))
        place = self.form.body.question_places
        return tuple(sorted(shown, key=lambda item: place.get(item.path, 0)))

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each question, by its path; notes have none."""
        questions = (item.path for item in self.asked if item.answerable)
        return {path: number for number, path in enumerate(questions, 1)}

    @cached_property
    def calculations(self) -> Mapping[str, str]:
        """The names of what is calculated and kept, by path."""
        shown = display_only_paths(self.form.calculate)
        found = (item for item in self.form.items if item.calculated and item.path in self.form.calculate)
        return {item.path: item.name for item in found if item.path not in shown}

    @cached_property
    def route(self) -> RouteWords:
        """Conditions in words, with the labels of this language."""
        return RouteWords(self.tag, {item.path: self._named(item) for item in self.asked if item.answerable},
                          self.calculations)  # fmt: skip

    def text(self, key: str) -> str:
        """A text as Markdown, in this language where it is translated. Where an earlier answer is shown, there is the
        number of its question."""
        return _OUTPUT.sub(lambda output: f"[{self._quoted(output[1])}]", self.wording(key))

    def wording(self, key: str) -> str:
        """A text as its author or translator wrote it, with `${name}` for an earlier answer; "" for none."""
        return (self.texts.get(key) or self.form.text(key)).strip() if key else ""

    def is_translated(self, key: str) -> bool:
        """Whether a text is there in this language, and is not the source's in its place."""
        text = self.texts.get(key, "")
        return bool(text) and not isinstance(text, ForeignText)

    def tag_of(self, key: str) -> str:
        """The language of what `text` gives: that of the source where a text is not translated."""
        return self.tag if self.is_translated(key) else self.study.source_language

    def plain_text(self, key: str) -> str:
        """A text without its markup, in one line."""
        return plain_words(self.text(key))

    def choices(self, item: Item) -> Mapping[str, str]:
        """The labels of an item's choices as Markdown, by value, in the order in which they are offered."""
        question = self.question(item)
        if question is None or question.choices is None:
            return {}
        own = {choice.value: choice.label for choice in item.choices}
        found = {one.value: self.text(one.key) or own.get(one.value, one.value) for one in question.choices.listed}
        order = self.texts.get(f"choice:{item.list_name}:order", "").split()
        return {value: found[value] for value in dict.fromkeys((*order, *found)) if value in found}

    def own_choices(self, item: Item) -> Mapping[str, str]:
        """The same without countries, whose names come from CLDR and not from the study."""
        return {value: label for value, label in self.choices(item).items() if not self.is_country(item, value)}

    def is_country(self, item: Item, value: str) -> bool:
        """Whether a choice is a country of a list that study.toml names."""
        return item.list_name in self.study.answers.territories and value in territory_names(self.tag)

    def question(self, item: Item) -> QuestionDefinition | None:
        """The definition of an item in the body of the form."""
        return self.form.body.questions.get(item.path)

    def label(self, item: Item) -> str:
        """The label of an item as Markdown, or its name."""
        return self.text(item.text_keys.get("label", "")) or item.name

    def _named(self, item: Item) -> NamedQuestion:
        labels = {value: plain_words(label) for value, label in self.choices(item).items()}
        return NamedQuestion(self.numbers[item.path], plain_words(self.label(item)), labels, item.multiple)

    def _quoted(self, name: str) -> str:
        number = next((number for path, number in self.numbers.items() if path.rpartition("/")[2] == name), None)
        return f"{name}" if number is None else f"answer {number}"


def plain_words(text: str) -> str:
    """The words of Markdown of one line."""
    return " ".join("".join(_words(node) for node in inline_tree(text)).split())


def _words(node: MarkdownNode) -> str:
    inside = node.get("children")
    if isinstance(inside, list):
        return "".join(_words(child) for child in inside)
    return " " if node["kind"] == "break" else str(node.get("text", ""))
