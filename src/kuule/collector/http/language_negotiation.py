"""Which languages come first, by the Accept-Language header, which is read and not stored (RFC 9110, section
12.5.4)."""

from __future__ import annotations

from collections.abc import Mapping

from kuule.collector.served.served_editions import ServedLanguage
from kuule.languages.cldr.collation import sort_key
from kuule.web.accept_language import accepted_languages

_MOST_WISHES = 3
"""More would be a second list."""


def languages_by_preference(
    header: str, languages: Mapping[str, ServedLanguage]
) -> tuple[tuple[ServedLanguage, ...], tuple[ServedLanguage, ...]]:
    """The languages that the browser asks for, in its order, or the study's own; and all others, sorted by their own
    names, since among thirty one looks for a name."""
    tags = accepted_languages(header, languages)[:_MOST_WISHES] or [*languages][:1]
    others = [language for tag, language in languages.items() if tag not in tags]
    by_name = sorted(others, key=lambda language: sort_key(language.language.autonym, tags[0]))
    return tuple(languages[tag] for tag in tags), tuple(by_name)
