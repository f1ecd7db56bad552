"""Which languages a browser asks for, by the Accept-Language header (RFC 9110, section 12.5.4). It is read and not
stored."""

from __future__ import annotations

from collections.abc import Collection

_LONGEST = 500
_VARIETIES = {"no": ("nb",), "nn": ("nb",), "pt": ("pt-PT",)}


def accepted_languages(header: str, tags: Collection[str]) -> list[str]:
    """Which of these languages an Accept-Language header asks for, by its weights."""
    return [tag for tag in dict.fromkeys(_tags(header[:_LONGEST])) if tag in tags]


def with_varieties(header: str) -> str:
    """The header, asking also for what Kuule's own words have of a language: browsers say `no` for Norwegian in
    general, and `pt` for Portuguese; of each there is one here."""
    asked = []
    for part in header[:_LONGEST].split(","):
        tag, mark, weight = part.strip().partition(";")
        asked += [part, *(f"{one}{mark}{weight}" for one in _VARIETIES.get(tag.partition("-")[0].lower(), ()))]
    return ",".join(asked)


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
