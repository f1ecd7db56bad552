"""Places in a repeat after one of its instances was taken out: those behind it move up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

_INSTANCE = re.compile(r"(.*)\[(\d+)\]")
_FIXED = re.compile(r"([a-z]+:)(.*)(:\d+)", re.DOTALL)
MappedValue = TypeVar("MappedValue")


def renumber_instances(values: Mapping[str, MappedValue], removed: str) -> dict[str, MappedValue]:
    """`values` by place, without those in the instance `removed`, the later ones numbered one less."""
    moved = ((renumbered_path(place, removed), value) for place, value in values.items())
    return {place: value for place, value in moved if place is not None}


def renumber_fixed_values(fixed: Mapping[str, str], removed: str) -> dict[str, str]:
    """The same for values that are fixed for a visit: their keys have a place in the middle (`random:PLACE:CALL`)."""
    result: dict[str, str] = {}
    for key, value in fixed.items():
        match = _FIXED.fullmatch(key)
        place = renumbered_path(match.group(2), removed) if match is not None else None
        if match is None:
            result[key] = value
        elif place is not None:
            result[f"{match.group(1)}{place}{match.group(3)}"] = value
    return result


def renumbered_path(place: str, removed: str) -> str | None:
    """Where a place is once the instance `removed` is gone; None for what was in it."""
    match = _INSTANCE.fullmatch(removed)
    found = None if match is None else re.fullmatch(rf"{re.escape(match.group(1))}\[(\d+)\](.*)", place, re.DOTALL)
    if match is None or found is None:
        return place
    own, gone = int(found.group(1)), int(match.group(2))
    if own == gone:
        return None
    return f"{match.group(1)}[{own - 1}]{found.group(2)}" if own > gone else place
