"""Days and months in a text, as the language writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from kuule.languages.cldr.tags import locale_of

_NUMERIC = (
    re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?(?!\d)"),
    re.compile(r"(?<!\d)(?P<day>\d{1,2})(?P<mark>[./-])\s?(?P<month>\d{1,2})(?P=mark)\s?(?P<year>\d{4})(?!\d)"),
)


def written_dates(text: str, tag: str) -> Iterator[tuple[int, int, str]]:
    """Where a date begins and ends in a text of NFKC, and what it is: `2024-12-13`, or `2024-12` for a month."""
    for pattern in (*_NUMERIC, *_in_words(tag)):
        for found in pattern.finditer(text):
            parts = found.groupdict()
            name = next((key for key, said in parts.items() if key.startswith("m_") and said), "")
            month = int(name[2:]) if name else int(parts["month"])
            if said := _date(parts["year"], month, parts.get("day")):
                yield found.start(), found.end(), said


def _date(year: str, month: int, day: str | None) -> str:
    try:
        known = date(int(year), month, int(day) if day else 1)
    except ValueError:
        return ""
    return known.isoformat() if day else known.isoformat()[: len("2024-12")]


@lru_cache(maxsize=64)
def _in_words(tag: str) -> tuple[re.Pattern[str], ...]:
    locale = locale_of(tag)
    names: dict[int, set[str]] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in locale.months[context][width].items():
                names.setdefault(number, set()).add(re.escape(name.rstrip(".")))
    months = "|".join(
        f"(?P<m_{number}>{'|'.join(sorted(said, key=len, reverse=True))})" for number, said in names.items()
    )
    month, between = rf"(?:{months})\w{{0,4}}\.?", r"(?:\s+(?:de|del|of))?\s+"
    year = r"(?P<year>\d{4})(?!\d)"
    return (
        re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})(?:\.|º|er|st|nd|rd|th)?{between}{month}{between}{year}", re.IGNORECASE),
        re.compile(rf"\b{month}\s+(?P<day>\d{{1,2}}),?\s+{year}", re.IGNORECASE),
        re.compile(rf"\b{month}{between}{year}", re.IGNORECASE),
        re.compile(rf"(?<!\d){year}\.?\s+{month}\s+(?P<day>\d{{1,2}})\.?", re.IGNORECASE),
    )
