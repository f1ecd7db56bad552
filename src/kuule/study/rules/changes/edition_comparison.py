"""What a rule on changes gets: a form and the edition before it, matched question by question."""

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
    """A form and an earlier edition. `texts` are the present texts in the source language, by key, without country
    names. The class has no slots, because its maps are cached."""

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
        """Where a question is now: its row if it has one."""
        row = self.questionnaire.questions.get(name)
        return row.place if row else f"{self.questionnaire.file}, question {name}"

    def is_pooled(self, name: str) -> bool:
        """Whether study.toml says that a question is the one that the earlier edition asked, in whatever words."""
        pooled = None if self.settings is None else self.settings.pooled.get(name)
        return pooled is not None and pooled.names_edition(self.earlier.id)

    def pooling_remedy(self, name: str) -> str:
        """What to write if a question is the same in other words. Otherwise a dataset keeps both apart."""
        groups = {} if self.settings is None else self.settings.groups
        made = [group.name for group in groups.values() if group.question == name]
        left = f", and who answered those is in no group of {' and '.join(made)}" if made else ""
        return (
            f'if it is the same question, say so: [pooled.{name}] with editions = ["{self.earlier.short}"] and why; '
            f"else its answers are counted apart from the earlier ones{left}"
        )

    def label(self, item: Item) -> str:
        """The present text of a question; "" if it has no label."""
        return self.texts.get(item.text_keys.get("label", ""), "")

    def label_before(self, item: Item) -> str:
        """The text of a question in the earlier edition."""
        return self.texts_before.get(item.text_keys.get("label", ""), "")


def items_by_name(form: Form) -> Mapping[str, Item]:
    """The items that a person sees or answers, by name. If a name is used twice, the first one counts."""
    found: dict[str, Item] = {}
    for item in form.items:
        if item.control is not None or item.note or "label" in item.text_keys:
            found.setdefault(item.name, item)
    return found
