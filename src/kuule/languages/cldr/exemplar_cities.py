"""Names of cities in a language: those that stand for a time zone in CLDR, some 400 all over the world."""

from __future__ import annotations

import pickle
from functools import lru_cache
from pathlib import Path

from babel import localedata

from kuule.languages.cldr.tags import locale_of

_NO_PLACES = ("Etc/", "GMT", "UTC")


@lru_cache(maxsize=64)
def exemplar_cities(tag: str) -> tuple[str, ...]:
    """The names of cities in the language `tag`, sorted. Raises KuuleError LANG_001.

    Cities that are called as in English have no entry in CLDR, and are taken from the names of their zones.
    """
    locale = str(locale_of(tag))
    parents = (locale.rpartition("_")[0], locale) if "_" in locale else (locale,)
    named = {zone: name for part in ("en", "ru", *parents) for zone, name in _zones(part).items()}
    own = {zone: name for part in parents for zone, name in _zones(part).items()}
    plain = {zone: zone.rpartition("/")[2].replace("_", " ") for zone in named}
    cities = {zone: own.get(zone, plain[zone]) for zone in named if not zone.startswith(_NO_PLACES)}
    return tuple(sorted(set(cities.values())))


def _zones(locale: str) -> dict[str, str]:
    """From Babel's file itself: what Babel keeps in memory has lost them (`tags.locale_of`)."""
    path = Path(str(localedata.resolve_locale_filename(locale)))
    if not path.is_file():
        return {}
    data = pickle.loads(path.read_bytes())  # noqa: S301 Babel's own data, as Babel reads it
    return {zone: names["city"] for zone, names in data.get("time_zones", {}).items() if "city" in names}
