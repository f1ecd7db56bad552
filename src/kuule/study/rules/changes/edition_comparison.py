"""What a rule on changes is given: a form and the edition before it, matched question by question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from kuule.forms.compile.form import Form
from kuule.forms.compile.items import Item
from kuule.study.edition.study_edition import Edition
from kuule.study.folder.questionnaire import Questionnaire
from kuule.study.settings.study_toml import Study


@dataclass(frozen=True)
class EditionComparison:
    """`texts` are the texts of the source language now, by key, without names of countries. Not slotted: maps are
    made once."""

    form: Form
    earlier: Edition
    questionnaire: Questionnaire
    settings: Study | None
    texts: Mapping[str, str]

    @cached_property
    def items_now(self) -> Mapping[str, Item]:
        """Questions and notes by name."""
        return items_by_name(self.form)

    @cached_property
    def items_before(self) -> Mapping[str, Item]:
        return items_by_name(self.earlier.form)

    @cached_property
    def texts_before(self) -> Mapping[str, str]:
        """The earlier edition's texts in its source language."""
        return self.earlier.translations[self.earlier.study.source_language]

    def place(self, name: str) -> str:
        """Where a question stands now: its row, if it has one."""
        row = self.questionnaire.questions.get(name)
        return row.place if row else f"{self.questionnaire.file}, question {name}"

    def label(self, item: Item) -> str:
        """What a question says now; "" for one without a label."""
        return self.texts.get(item.text_keys.get("label", ""), "")

    def label_before(self, item: Item) -> str:
        """What a question of the earlier edition said there."""
        return self.texts_before.get(item.text_keys.get("label", ""), "")


def items_by_name(form: Form) -> Mapping[str, Item]:
    """The items that a person sees or answers, by name; the first of a name that stands twice."""
    found: dict[str, Item] = {}
    for item in form.items:
        if item.control is not None or item.note or "label" in item.text_keys:
            found.setdefault(item.name, item)
    return found
