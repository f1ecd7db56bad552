"""Which form of a word stands with a number in a language (CLDR): `one`, `few`, `other`, …"""

from __future__ import annotations

from kuule.languages.tags import locale_of

PLURAL_FORMS = ("zero", "one", "two", "few", "many", "other")


def plural_form(number: int, tag: str) -> str:
    """One of FORMS. Raises KuuleError LANG_001."""
    return str(locale_of(tag).plural_form(number))
