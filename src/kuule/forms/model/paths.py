r"""Paths of nodes as text: `/data/child/age`, or with the position of each instance `/data/child[2]/age`.

Positions are ASCII digits, because Kuule writes them; `\d` would accept the digits of other scripts too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_POSITION = re.compile(r"\[([0-9]+)\]")
_PATH = re.compile(r"(?:/[^\s/()\[\]=!<>,'\"]+)+")


def without_positions(place: str) -> str:
    """The path of the definition that belongs to an instance path."""
    return _POSITION.sub("", place)


def position_count(place: str) -> int:
    """How many positions an instance path has, which is the number of repeats around it."""
    return len(_POSITION.findall(place))


def instances_around(place: str) -> Iterator[tuple[str, int]]:
    """The instance path and the position of each instance that contains a node, or is it, outermost first."""
    for position in _POSITION.finditer(place):
        yield place[: position.end()], int(position[1])


def last_position(place: str) -> int | None:
    """The position at the end of an instance path, or None if it does not end in one."""
    match = _POSITION.search(place, place.rfind("["))
    return int(match[1]) if match is not None and match.end() == len(place) else None


def paths_in(expression: str) -> Iterator[str]:
    """Every absolute path in an expression, each only up to its first predicate."""
    return (match[0] for match in _PATH.finditer(expression))


def replace_paths(expression: str, names: dict[str, str]) -> str:
    """The expression with each known path replaced by its name."""
    return _PATH.sub(lambda path: names.get(path[0], path[0]), expression)
