"""All that a page says, in its language: Kuule's words, the register's texts, and what was read, in English."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import reduce

from markupsafe import Markup

from kuule.languages.cldr.locale_formats import format_partial_day
from kuule.languages.cldr.numbers import format_number
from kuule.languages.cldr.tags import find_language, is_language_tag, language_name
from kuule.languages.cldr.territories import territory_names
from kuule.languages.markup.fallback_text import ForeignText
from kuule.languages.workflow.states import State, TextOrigin
from kuule.register.data_model.provisions import Provision
from kuule.register.data_model.standards import Standard
from kuule.register.texts.register_texts import SOURCE_LANGUAGE, RegisterTexts
from kuule.static_site.catalogue_words import CatalogueWords
from kuule.static_site.readable_text import remove_reordering


@dataclass(frozen=True, slots=True)
class PageTexts:
    """The texts of one language. Everything that it returns can be put into a template, which escapes it."""

    tag: str
    words: CatalogueWords
    register: RegisterTexts

    def say(self, name: str, /, **values: object) -> Markup:
        """One of Kuule's words, as HTML. Raises KeyError."""
        return self.words.say(name, **values)

    def say_plain(self, name: str, /, **values: object) -> str:
        """One of Kuule's words, for a title or an attribute. Raises KeyError."""
        return self.words.say_plain(name, **values)

    def one_of(self, group: str, member: StrEnum | str) -> Markup:
        """The word for a member of a group, such as a kind of source."""
        return self.say(f"{group}_{str(member).replace('-', '_')}")

    def text(self, key: str) -> str:
        """One of the register's own texts. Raises KeyError."""
        found = self.register[key]
        return found if isinstance(found, ForeignText) else remove_reordering(found)

    def title_of(self, provision: Provision) -> str:
        """What a provision is called."""
        return self.text(f"provision:{provision.id}/title")

    def short_title(self, provision: Provision) -> str:
        """A provision's name for the head of a column."""
        return self.text(f"provision:{provision.id}/short")

    def standard_short(self, standard: Standard) -> str:
        """What a standard is called in a table."""
        return self.text(f"standard:{standard.id}/short")

    def data(self, text: str) -> str:
        """What somebody wrote down in English while reading."""
        cleaned = remove_reordering(text)
        return cleaned if self.tag == SOURCE_LANGUAGE else ForeignText(cleaned, SOURCE_LANGUAGE)

    def original(self, text: str, language: str | None) -> str:
        """A name in the language of its source, such as a law's title. English, where the language is not known."""
        cleaned = remove_reordering(text)
        tag = language if language is not None and is_language_tag(language) else SOURCE_LANGUAGE
        return cleaned if tag == self.tag else ForeignText(cleaned, tag)

    def language(self, tag: str) -> str:
        """The name of a source's language; as it was written, where that is no language tag."""
        return language_name(tag, self.tag) if is_language_tag(tag) else self.data(tag)

    def day(self, when: date | str) -> str:
        """A day, a month or a year in words, as exactly as it is known."""
        return format_partial_day(when.isoformat() if isinstance(when, date) else when, self.tag)

    def country(self, code: str) -> str:
        """A country's name; its code, where CLDR has no name."""
        return territory_names(self.tag).get(code, code)

    def number(self, count: int) -> str:
        """A number as the language writes it."""
        return format_number(count, self.tag)

    def join(self, parts: list[Markup]) -> Markup:
        """Parts that contain commas themselves, in a row."""
        if not parts:
            return Markup()
        return reduce(lambda first, second: self.say("apart", first=first, second=second), parts)

    @property
    def direction(self) -> str:
        return find_language(self.tag).direction

    @property
    def draft(self) -> str:
        """The name of the word that says how far the translation is; "" where there is nothing to say."""
        if State.UNTRANSLATED in (self.words.state, self.register.state) and self.tag != SOURCE_LANGUAGE:
            return "draft_partly"
        if min(self.words.state, self.register.state, key=lambda one: one.rank).reaches(State.REVIEWED):
            return ""
        by_machine = TextOrigin.MACHINE in (self.words.origin, self.register.origin)
        return "draft_machine" if by_machine else "draft_person"
