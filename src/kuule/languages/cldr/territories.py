"""Countries and territories by ISO 3166-1 code, with names and order in a reader's language (CLDR)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from babel.core import get_global

from kuule.languages.cldr.collation import sort_key
from kuule.languages.cldr.tags import locale_of

_NOT_COUNTRIES = frozenset(
    # CLDR's two-letter codes that ISO 3166-1 does not assign: groupings, exceptional reservations, tests, unknown.
    ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"]
)
"""XK (Kosovo) stays: ISO has no code for it, but CLDR and the European institutions use this one, and people live
there."""


@lru_cache(maxsize=64)
def territory_names(tag: str) -> Mapping[str, str]:
    """Code (upper case) to name in the language `tag`, in its alphabetical order. Raises KuuleError LANG_001.

    If CLDR has no name in the language, the English one is used, so that the list has the same codes in every language.
    """
    english = {code: name for code, name in locale_of("en").territories.items() if _is_country(code)}
    names = {**english, **{code: name for code, name in locale_of(tag).territories.items() if code in english}}
    ordered = sorted(names.items(), key=lambda item: sort_key(item[1], tag))
    return MappingProxyType(dict(ordered))


def find_territory(said: str) -> str:
    """The code of a country that is named by it, by an older or a longer one (`UK`, `USA`), or by its English name; ""
    if none is."""
    names, word = territory_names("en"), said.strip()
    meant = get_global("territory_aliases").get(word.upper(), ())
    by_name = {name.casefold(): code for code, name in names.items()}
    candidates = (word.upper(), *(meant if len(meant) == 1 else ()), by_name.get(word.casefold(), ""))
    return next((code for code in candidates if code in names), "")


def _is_country(code: str) -> bool:
    return len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES
