"""The names of people and places that are listed for a language, and its names of countries and of well-known cities.

Where the lists are from, and what is missing: name_lists/SOURCES.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kuule.languages.cldr.exemplar_cities import exemplar_cities
from kuule.languages.cldr.tags import is_language_tag
from kuule.languages.cldr.territories import territory_names
from kuule.qualitative.identifiers.language_data import NAME_LISTS, list_language, listed_languages, read_rows
from kuule.qualitative.identifiers.language_words import language_words
from kuule.qualitative.identifiers.word_folding import fold_word

_WORDS = re.compile(r"[^\W\d_]+")
ELSEWHERE = "elsewhere"
"""A list of names from countries whose languages have none."""
_SHORTEST = 4
Places = dict[str, tuple[tuple[str, ...], ...]]
"""By the first word's stem: the further words of each name that begins with it."""


@dataclass(frozen=True, slots=True)
class ListedNames:
    """Stems of names."""

    given: frozenset[str]
    family: frozenset[str]
    places: Places
    countries: Places
    ordinary: frozenset[str]
    """Words of the language that are names elsewhere."""


@lru_cache(maxsize=32)
def listed_names(tag: str) -> ListedNames:
    """The lists of a language. Countries and cities come from CLDR, for every language that it knows."""
    language = list_language(tag)
    rows = tuple(read_rows(NAME_LISTS, language))
    given, family, places = ([name for kind, name in rows if kind == wanted] for wanted in ("given", "family", "place"))
    cldr = is_language_tag(tag)
    ordinary = {name for kind, name in rows if kind == "word"}
    known = (exemplar_cities(tag), tuple(territory_names(tag).values())) if cldr else ((), ())
    cities, countries = (tuple(name for name in names if fold_word(name) not in ordinary) for names in known)
    return ListedNames(
        _stems(given, tag),
        _stems(family, tag),
        _by_first_word((*places, *cities), tag),
        _by_first_word(countries, tag),
        frozenset(name for kind, name in rows if kind == "ordinary"),
    )


@lru_cache(maxsize=1)
def names_from_elsewhere() -> frozenset[str]:
    """Given names of all languages that have a list, and of some more: people live where their names are on no
    list."""
    given = (
        name for language in (*sorted(listed_languages()), ELSEWHERE)
        for kind, name in read_rows(NAME_LISTS, language) if kind == "given"
    )  # fmt: skip
    return frozenset(fold_word(part) for name in given for part in _WORDS.findall(name) if len(part) >= _SHORTEST)


def _stems(names: list[str], tag: str) -> frozenset[str]:
    inflection = language_words(tag).inflection
    keys = {fold_word(part) for name in names for part in _WORDS.findall(name) if len(part) > 2}
    return frozenset(stem for key in keys for stem in inflection.stems_of_name(key))


def _by_first_word(names: tuple[str, ...], tag: str) -> Places:
    inflection = language_words(tag).inflection
    found: dict[str, set[tuple[str, ...]]] = {}
    for name in names:
        first, *further = [fold_word(part) for part in _WORDS.findall(name)] or [""]
        for stem in inflection.stems_of_name(first) if first else ():
            found.setdefault(stem, set()).add(tuple(further[:3]))
    return {stem: tuple(sorted(ends, key=len, reverse=True)) for stem, ends in found.items()}
