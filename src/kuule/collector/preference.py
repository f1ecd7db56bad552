"""Which language comes first: the Accept-Language header, read and not kept (RFC 9110, section 12.5.4)."""

from __future__ import annotations

from collections.abc import Mapping

from kuule.collector.editions import Tongue

_LONGEST = 500


def preferred(header: str, tongues: Mapping[str, Tongue]) -> tuple[Tongue, ...]:
    """All languages, the one that the browser prefers first, the others in the study's order."""
    wanted = next((tag for tag in _tags(header[:_LONGEST]) if tag in tongues), None)
    if wanted is None:
        return tuple(tongues.values())
    return (tongues[wanted], *(tongue for tag, tongue in tongues.items() if tag != wanted))


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
