"""Several names in a row as a language writes them (CLDR): `A, B and C`, `A، B وC`."""

from __future__ import annotations

from collections.abc import Sequence

from babel.lists import format_list

from kuule.languages.tags import locale_of


def join_names(items: Sequence[str], tag: str) -> str:
    """The items in their order, for a reader of the language `tag`. Raises KuuleError LANG_001."""
    return format_list(list(items), locale=locale_of(tag))
