"""Which languages come first, by the Accept-Language header, which is read and not stored (RFC 9110, section
12.5.4)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from kuule.collector.served.served_editions import ServedLanguage
from kuule.languages.cldr.collation import sort_key

_LONGEST = 500
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


def accepted_languages(header: str, tags: Collection[str]) -> list[str]:
    """Which of these languages an Accept-Language header asks for, by its weights."""
    return [tag for tag in dict.fromkeys(_tags(header[:_LONGEST])) if tag in tags]


def _tags(header: str) -> list[str]:
    """Tags by falling weight, each followed by its language alone: sv-FI, then sv."""
    weighed = []
    for place, part in enumerate(header.split(",")):
        tag, _, weight = part.partition(";")
        weighed.append((-_weight(weight), place, tag.strip()))
    return [each for weight, _, tag in sorted(weighed) if weight < 0 for each in (tag, tag.partition("-")[0])]


def _weight(text: str) -> float:
    try:
        return float(text.strip().removeprefix("q=")) if text.strip() else 1.0
    except ValueError:
        return 0.0
