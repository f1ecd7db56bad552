"""Days, months and times of day as a language writes them (CLDR), from values as an XForm has them: 2026-11-24,
14:30."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list

from kuule.languages.cldr.numbers import localise_digits
from kuule.languages.cldr.tags import locale_of, script_of

_WORLD_ENGLISH = "en-001"
_LATIN = (", ", "; ")
_PUNCTUATION = {
    # The mark after the comma keeps it, and what is after it, in order between two names in Latin letters, as in CLDR.
    "Arab": ("،\u200f ", "؛ "),
    "Hans": ("，", "；"),
    "Hant": ("，", "；"),
    "Jpan": ("、", "；"),
}
"""A comma and a semicolon by script, each with the space after it."""


def date_locale(tag: str) -> Locale:
    """The locale for dates. CLDR's plain English is that of the United States, which puts the month first."""
    return locale_of(_WORLD_ENGLISH if tag == "en" else tag)


def format_day(text: str, tag: str) -> str:
    """A day in words: 24 November 2026. Raises ValueError for anything else, KuuleError LANG_001."""
    return localise_digits(format_date(date.fromisoformat(text), "long", locale=date_locale(tag)), tag)


def format_month(text: str, tag: str) -> str:
    """A month (2026-11) in words. Raises ValueError for anything else, KuuleError LANG_001."""
    first = date.fromisoformat(f"{text}-01")
    return localise_digits(format_skeleton("yMMMM", first, locale=date_locale(tag)), tag)


def format_partial_day(text: str, tag: str) -> str:
    """A year (2026), a month (2026-11) or a day (2026-11-24) in words, as exactly as it is known. Raises ValueError for
    what is longer than a year and neither of these, KuuleError LANG_001."""
    if len(text) < len("2026-11"):
        return localise_digits(text, tag)
    return format_month(text, tag) if len(text) == len("2026-11") else format_day(text, tag)


def format_clock(text: str, tag: str) -> str:
    """A time of day in 24 hours, as it was asked, without seconds. Raises ValueError, KuuleError LANG_001."""
    return localise_digits(format_time(time.fromisoformat(text), "HH:mm", locale=date_locale(tag)), tag)


def weekday_name(day: int, tag: str) -> str:
    """A day of the week in full, 0 for Monday, as it stands alone. Raises KuuleError LANG_001."""
    return str(date_locale(tag).days["stand-alone"]["wide"][day])


def list_mark(tag: str) -> str:
    """What stands between two things in a row where neither is the last: a comma and a space in most languages, "و" in
    Arabic, "、" in Japanese. Raises KuuleError LANG_001."""
    pattern = str(locale_of(tag).list_patterns["standard"]["middle"])
    return pattern.removeprefix("{0}").removesuffix("{1}")


def comma(tag: str) -> str:
    """A comma as the script of the language has it, with the space after it: ", ", "، " in Arabic letters, "，" in
    Chinese. What stands in a row is joined by `list_mark`, which is "and" in Arabic."""
    return _PUNCTUATION.get(script_of(tag), _LATIN)[0]


def semicolon(tag: str) -> str:
    """A semicolon as the script of the language has it, with the space after it."""
    return _PUNCTUATION.get(script_of(tag), _LATIN)[1]


def join_names(items: Sequence[str], tag: str) -> str:
    """The items in their order, joined for a reader of the language `tag`. Raises KuuleError LANG_001."""
    return format_list(list(items), locale=locale_of(tag))
