"""Language tags (BCP 47) with their names and direction, from CLDR. The direction is looked up there, never guessed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal

from babel import Locale, UnknownLocaleError, localedata
from babel.core import get_global

from kuule.core.problems import KuuleError, Problem

Direction = Literal["ltr", "rtl"]

_NOT_USED = (
    "compact_currency_formats", "compact_decimal_formats", "compound_unit_patterns", "currency_formats",
    "currency_names", "currency_names_plural", "currency_symbols", "date_fields", "interval_formats", "meta_zones",
    "scientific_formats", "time_zones", "unit_display_names", "unit_patterns",
)  # fmt: skip
"""Parts of CLDR's data that nothing here needs. They make up most of a language's memory (0.75 of 1.1 MiB)."""
_NOT_USED_OF_ALL = (
    "all_currencies", "meta_zones", "territory_currencies", "territory_languages", "territory_zones",
    "windows_zone_mapping", "zone_territories",
)  # fmt: skip
"""The same of what is not of one language (0.8 MiB)."""


class _UnsharedData(localedata.LocaleDataDict):
    """CLDR's data of one language, which resolves what it refers to in mappings of its own.

    Babel 2.18 writes what it resolved into mappings that languages share: once an Urdu page had named a weekday,
    Persian pages had the Urdu name."""

    def __init__(self, data: MutableMapping[Any, Any], base: Mapping[Any, Any] | None = None) -> None:
        super().__init__(dict(data), data if base is None else base)


localedata.LocaleDataDict = _UnsharedData  # type: ignore[misc]  # what every Locale of Babel's makes


@dataclass(frozen=True, slots=True)
class Language:
    """`autonym` is the language's own name for itself, `english` its English name."""

    tag: str
    autonym: str
    english: str
    rtl: bool

    @property
    def direction(self) -> Direction:
        return "rtl" if self.rtl else "ltr"


@lru_cache(maxsize=256)
def locale_of(tag: str) -> Locale:
    """CLDR's data for a tag. Raises KuuleError LANG_001 if the tag is not valid BCP 47 or not in CLDR."""
    locale = _known_locale(tag)
    _shrink_common_data()
    # Babel keeps this mapping in memory; a worker has one for each of its languages.
    data = localedata.load(str(locale))
    for part in _NOT_USED:
        data.pop(part, None)
    return locale


@cache
def _shrink_common_data() -> None:
    """Forget what Babel keeps in memory and nobody here asks for: of what is not of one language, and of the likely
    scripts and countries of 8,000 languages, those of languages that CLDR has no other data of (1.2 MiB)."""
    common: Callable[[str], dict[str, Any]] = get_global  # type: ignore[assignment]  # what it keeps, not a copy
    for part in _NOT_USED_OF_ALL:
        common(part).clear()
    root = localedata.load("root")
    for part in _NOT_USED:
        root.pop(part, None)
    likely = common("likely_subtags")
    known = {"und", *(name.partition("_")[0] for name in localedata.locale_identifiers())}
    localedata.locale_identifiers.cache_clear()
    for tag in [one for one in likely if one.partition("_")[0] not in known]:
        del likely[tag]


@lru_cache(maxsize=256)
def find_language(tag: str) -> Language:
    """The language of a BCP 47 tag such as `sv` or `pt-BR`. Raises KuuleError LANG_001."""
    locale = locale_of(tag)
    return Language(
        tag=tag,
        autonym=locale.get_display_name(locale) or tag,
        english=locale.get_display_name("en") or tag,
        rtl=locale.character_order == "right-to-left",
    )


@lru_cache(maxsize=1024)
def language_name(tag: str, reader: str) -> str:
    """The name of a language in the language of a reader; if CLDR has none, its own name for itself. Raises KuuleError
    LANG_001."""
    # Only the reader's data is loaded; that of each of thirty languages took a quarter of a report on a page.
    return _known_locale(tag).get_display_name(locale_of(reader)) or find_language(tag).autonym


def english_name(tag: str) -> str:
    """The name of a language in English, for sentences that are English; the tag itself if CLDR does not know it."""
    return language_name(tag, "en") if is_language_tag(tag) else tag


@lru_cache(maxsize=256)
def is_language_tag(tag: str) -> bool:
    """Whether `find_language` knows the tag. No data of the language is loaded."""
    return _locale(tag) is not None


@lru_cache(maxsize=256)
def script_of(tag: str) -> str:
    """The script that a language is written in, as ISO 15924 has it: the one that the tag names, else the likely one.
    "" if CLDR knows neither."""
    language, *subtags = tag.split("-")
    likely = str(get_global("likely_subtags").get(language, "")).split("_")[1:]
    return next((part for part in (*subtags, *likely) if len(part) == len("Arab") and part.isalpha()), "")


def _known_locale(tag: str) -> Locale:
    locale = _locale(tag)
    if locale is None:
        raise KuuleError(_unknown(tag))
    return locale


def _locale(tag: str) -> Locale | None:
    """The locale by name only; none of its data is loaded yet."""
    try:
        locale = Locale.parse(tag, sep="-", resolve_likely_subtags=False)
    except (UnknownLocaleError, ValueError, TypeError):
        return None
    return locale if str(locale).replace("_", "-") == tag else None


def _unknown(tag: str) -> Problem:
    return Problem(
        code="LANG_001",
        place=f"language {tag!r}",
        cause="this is not a language tag that CLDR knows",
        remedy='write it as BCP 47 does, for example "sv" or "pt-BR"',
    )
