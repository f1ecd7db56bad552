"""What this desk says: the texts of words.pot in English, for its templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

from kuule.languages.cldr.locale_formats import format_day
from kuule.languages.cldr.tags import find_language
from kuule.languages.gettext.shipped_words import SOURCE_LANGUAGE
from kuule.static_site.catalogue_words import CatalogueWords, read_catalogue_words

_TEMPLATE = Path(__file__).parent / "words.pot"
_PREFIX = "workbench:"


@lru_cache(maxsize=1)
def _words() -> CatalogueWords:
    found = read_catalogue_words(_TEMPLATE, _TEMPLATE.with_suffix(".po"), SOURCE_LANGUAGE, _PREFIX)
    if found is None:
        raise KeyError(SOURCE_LANGUAGE)
    return found


def _say(name: str, /, **values: object) -> Markup:
    return _words().say(name, **{key: _as_written(value) for key, value in values.items()})


def _say_plain(name: str, /, **values: object) -> str:
    return _words().say_plain(name, **{key: _as_written(value) for key, value in values.items()})


def _as_written(value: object) -> object:
    if isinstance(value, date):
        return format_day(value.isoformat(), SOURCE_LANGUAGE)
    return f"{value:,}" if isinstance(value, int) else value


DESK_WORDS: Mapping[str, Callable[..., str]] = {
    "say": _say,
    "say_plain": _say_plain,
    "say_language": lambda tag: find_language(tag).english,
    "code": lambda text: Markup('<code dir="ltr">{}</code>').format(text),
}
"""For templates, by name."""
