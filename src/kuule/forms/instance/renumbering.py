"""Changes instance paths after an instance was removed from a repeat: the instances behind it move up by one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

_INSTANCE = re.compile(r"(.*)\[(\d+)\]")
_FIXED_KEY = re.compile(r"([a-z]+:)(.*)(:\d+)", re.DOTALL)
MappedValue = TypeVar("MappedValue")


def renumber_instances(values: Mapping[str, MappedValue], removed: str) -> dict[str, MappedValue]:
    """`values` by instance path, without those in the instance `removed`, and with the later instances renumbered."""
    moved = ((renumbered_path(instance_path, removed), value) for instance_path, value in values.items())
    return {instance_path: value for instance_path, value in moved if instance_path is not None}


def renumber_fixed_values(fixed: Mapping[str, str], removed: str) -> dict[str, str]:
    """The same for a visit's fixed values. Their keys contain an instance path (`random:PATH:CALL`)."""
    result: dict[str, str] = {}
    for key, value in fixed.items():
        match = _FIXED_KEY.fullmatch(key)
        instance_path = renumbered_path(match.group(2), removed) if match is not None else None
        if match is None:
            result[key] = value
        elif instance_path is not None:
            result[f"{match.group(1)}{instance_path}{match.group(3)}"] = value
    return result


def renumbered_path(instance_path: str, removed: str) -> str | None:
    """An instance path once the instance `removed` is gone; None for a path inside it."""
    match = _INSTANCE.fullmatch(removed)
    found = (
        None if match is None else re.fullmatch(rf"{re.escape(match.group(1))}\[(\d+)\](.*)", instance_path, re.DOTALL)
    )
    if match is None or found is None:
        return instance_path
    own, gone = int(found.group(1)), int(match.group(2))
    if own == gone:
        return None
    return f"{match.group(1)}[{own - 1}]{found.group(2)}" if own > gone else instance_path
