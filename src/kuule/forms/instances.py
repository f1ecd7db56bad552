"""Places in a repeat after one of its instances was taken out: those behind it move up."""

from __future__ import annotations

import re
from collections.abc import Mapping

_INSTANCE = re.compile(r"(.*)\[(\d+)\]")


def renumbered(values: Mapping[str, str], removed: str) -> dict[str, str]:
    """`values` by place, without those in the instance `removed`, the later ones numbered one less."""
    match = _INSTANCE.fullmatch(removed)
    if match is None:
        return dict(values)
    repeat, number = match.group(1), int(match.group(2))
    later = re.compile(rf"{re.escape(repeat)}\[(\d+)\](.*)", re.DOTALL)
    result: dict[str, str] = {}
    for place, value in values.items():
        found = later.fullmatch(place)
        if found is None or int(found.group(1)) < number:
            result[place] = value
        elif int(found.group(1)) > number:
            result[f"{repeat}[{int(found.group(1)) - 1}]{found.group(2)}"] = value
    return result
