"""What the pages of a network say in one language: Kuule's words, names of countries and languages, days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from markupsafe import Markup, escape

from kuule.languages import catalogues
from kuule.languages.cldr.locale_formats import comma, format_clock, format_day, list_mark
from kuule.languages.cldr.tags import find_language, is_language_tag, language_name
from kuule.languages.cldr.territories import territory_names
from kuule.languages.markup.fallback_text import ForeignText, with_language_attribute
from kuule.languages.workflow.states import State
from kuule.register.data_model.planned_actions import PlannedAction
from kuule.static_site.catalogue_words import CatalogueWords, read_catalogue_words
from kuule.static_site.readable_text import remove_reordering

NETWORK_TEMPLATE = catalogues.NETWORK / "interface.pot"
_PREFIX = "pages:"


@lru_cache(maxsize=64)
def network_words(tag: str) -> CatalogueWords | None:
    """The words in the language `tag`, or None where nobody has begun to translate them. English is the source."""
    return read_catalogue_words(NETWORK_TEMPLATE, catalogues.NETWORK / f"{tag}.po", tag, _PREFIX)


@dataclass(frozen=True, slots=True)
class NetworkTexts:
    """The texts of one language. `source` is the language of the study, in which its partners write about themselves.
    Everything that this returns can be put into a template, which escapes it."""

    words: CatalogueWords
    source: str

    @property
    def tag(self) -> str:
        return self.words.tag

    @property
    def direction(self) -> str:
        return find_language(self.tag).direction

    @property
    def is_draft(self) -> bool:
        """Whether somebody still has to review these words."""
        return not self.words.state.reaches(State.REVIEWED)

    @property
    def is_partly_english(self) -> bool:
        """Whether some of these words are not translated yet, and stand there in English."""
        return self.words.is_partly_english

    def say(self, name: str, /, **values: object) -> Markup:
        """One of Kuule's words, as HTML. Raises KeyError."""
        return self.words.say(name, **values)

    def say_plain(self, name: str, /, **values: object) -> str:
        """One of Kuule's words, for a title or an attribute. Raises KeyError."""
        return self.words.say_plain(name, **values)

    def own_words(self, text: str, tag: str = "") -> Markup:
        """What a partner or the register wrote, marked with its language where that is another one than the page's."""
        cleaned, written = remove_reordering(text), tag if is_language_tag(tag) else self.source
        spoken = cleaned if written == self.tag else ForeignText(cleaned, written)
        return Markup(with_language_attribute(escape(cleaned), spoken))  # noqa: S704 - escaped in this line

    def country(self, code: str) -> str:
        """A country's name; its code, where CLDR has no name."""
        return territory_names(self.tag).get(code, code)

    @property
    def comma(self) -> str:
        """What stands before more about the same thing: a partner, and then its country."""
        return comma(self.tag)

    @property
    def between(self) -> str:
        """What stands between two things in a row."""
        return list_mark(self.tag)

    def language(self, tag: str) -> str:
        """A language's name."""
        return language_name(tag, self.tag)

    def direction_of(self, tag: str) -> str:
        """The direction in which a language is written."""
        return find_language(tag).direction

    def day(self, when: date) -> str:
        """A day in words."""
        day = when.date() if isinstance(when, datetime) else when
        return format_day(day.isoformat(), self.tag)

    def period_of(self, action: PlannedAction) -> Markup:
        """When an action is, in words."""
        first = self._moment(action.starts, action.zone)
        if action.ends is None or action.ends == action.starts:
            return first
        return self.say("when_between", first=first, last=self._moment(action.ends, action.zone))

    def _moment(self, when: date | datetime, zone: str | None) -> Markup:
        if not isinstance(when, datetime):
            return escape(self.day(when))
        time = format_clock(when.strftime("%H:%M"), self.tag)
        return self.say("when_timed", day=self.day(when), time=time, zone=zone or "")
