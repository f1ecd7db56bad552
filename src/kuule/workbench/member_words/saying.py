"""Saying a text of the workbench in the language of the request that is being answered.

Whatever is filled into a text is written as the language writes it: numbers in its digits, days in its words, and names
of another direction kept apart from the sentence around them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils.functional import lazy
from markupsafe import Markup, escape

from kuule.languages.cldr.locale_formats import comma, format_day, format_partial_day, list_mark, semicolon
from kuule.languages.cldr.numbers import format_number, plural_form
from kuule.languages.cldr.tags import Language, find_language, language_name
from kuule.languages.cldr.territories import territory_names
from kuule.languages.gettext.shipped_words import SOURCE_LANGUAGE
from kuule.static_site.catalogue_words import CatalogueWords
from kuule.workbench.member_words.workbench_words import workbench_words

_SPOKEN: ContextVar[str] = ContextVar("the language of this request", default=SOURCE_LANGUAGE)
_DIRECTIONS = {"L": "ltr", "R": "rtl", "AL": "rtl"}
_FIRST_STRONG, _END = "\u2068", "\u2069"


@contextmanager
def speak_in(tag: str) -> Iterator[None]:
    """Within this, everything is said in the language `tag`, one of `workbench_languages`."""
    before = _SPOKEN.set(tag)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def page_language() -> Language:
    """The language that pages are in now."""
    return find_language(_SPOKEN.get())


def say_between() -> str:
    """What stands between two things in a row."""
    return list_mark(_SPOKEN.get())


def say_comma() -> str:
    """What stands before more about the same thing: a name, and then a role or a day."""
    return comma(_SPOKEN.get())


def say_semicolon() -> str:
    """What stands between two sayings of which either can have commas."""
    return semicolon(_SPOKEN.get())


def page_words() -> CatalogueWords:
    """The words of the language that pages are in now."""
    return workbench_words(_SPOKEN.get())


def say(name: str, /, **values: object) -> Markup:
    """A text of the catalogue as HTML, with its `{placeholders}` filled in. A text that is not translated is marked as
    English. With a `count`, the form that the number needs, if the text has one for each. Raises KeyError."""
    words = page_words()
    filled = {key: _as_html(value) for key, value in values.items()}
    return words.say(_in_number(words, name, values.get("count")), **filled)


def say_plain(name: str, /, **values: object) -> str:
    """The same as plain text, for an attribute, an option or the title of the page. Raises KeyError."""
    words = page_words()
    filled = {key: _as_text(value) for key, value in values.items()}
    return words.say_plain(_in_number(words, name, values.get("count")), **filled)


say_later = lazy(say_plain, str)
"""The same, in the language that is spoken when it is shown: for texts that are named when the program starts."""


def say_number(number: float) -> str:
    """A number as the language writes it."""
    return format_number(number, _SPOKEN.get())


def say_day(day: date) -> str:
    """A day in words."""
    plain = day.date() if isinstance(day, datetime) else day
    return format_day(plain.isoformat(), _SPOKEN.get())


def say_partial_day(text: str) -> str:
    """A year (2026), a month (2026-05) or a day (2026-05-31) in words."""
    return format_partial_day(text, _SPOKEN.get())


def say_language(tag: str) -> str:
    """The name of a language."""
    return language_name(tag, _SPOKEN.get())


def has_words(name: str) -> bool:
    """Whether there is such a text in the catalogue."""
    words = page_words()
    return f"{words.prefix}{name}" in words.texts


def in_their_language(text: str, tag: str) -> Markup:
    """A text of a study, marked with its language where that is not the page's."""
    if tag == _SPOKEN.get():
        return escape(text)
    return Markup('<span lang="{}" dir="{}">{}</span>').format(tag, find_language(tag).direction, text)


def say_english(text: str) -> Markup:
    """A text that exists in English alone, such as what `kuule check` says."""
    return in_their_language(text, SOURCE_LANGUAGE)


def say_country(code: str, otherwise: str) -> str:
    """The name of a country; `otherwise` where CLDR has none."""
    return territory_names(_SPOKEN.get()).get(code, otherwise)


def say_role(role: str) -> Markup:
    """The name of a role (`roles.Role`)."""
    return say(f"role_{role}")


def _in_number(words: CatalogueWords, name: str, count: object) -> str:
    if isinstance(count, int) and f"{words.prefix}{name}_other" in words.texts:
        return f"{name}_{plural_form(count, words.tag)}"
    return name


def _as_html(value: object) -> Markup:
    if isinstance(value, Markup):
        return value
    text = _as_written(value)
    return Markup("<bdi>{}</bdi>").format(text) if _is_of_other_direction(text) else escape(text)


def _as_text(value: object) -> str:
    text = _as_written(value.striptags() if isinstance(value, Markup) else value)
    return f"{_FIRST_STRONG}{text}{_END}" if _is_of_other_direction(text) else text


def _as_written(value: object) -> str:
    if isinstance(value, date):
        return say_day(value)
    return say_number(value) if isinstance(value, int | float) else str(value)


def _is_of_other_direction(text: str) -> bool:
    """Whether a text has letters of another direction than the page, so that it could turn the words around it."""
    own = page_language().direction
    return any(_DIRECTIONS.get(unicodedata.bidirectional(one), own) != own for one in text)
