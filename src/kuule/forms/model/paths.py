r"""Paths of a form's nodes as text: `/data/child/age`, and with the position of each instance, `/data/child[2]/age`.

Positions are digits of ASCII: they are written by Kuule, and `\d` would also take the digits of other scripts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_POSITION = re.compile(r"\[([0-9]+)\]")
_PATH = re.compile(r"(?:/[^\s/()\[\]=!<>,'\"]+)+")


def without_positions(place: str) -> str:
    """The path of the definition that a place is an instance of."""
    return _POSITION.sub("", place)


def position_count(place: str) -> int:
    """In how many repeats a place says where it is."""
    return len(_POSITION.findall(place))


def instances_around(place: str) -> Iterator[tuple[str, int]]:
    """The place and the position of each instance that a place is in, or is, the outermost first."""
    for position in _POSITION.finditer(place):
        yield place[: position.end()], int(position[1])


def last_position(place: str) -> int | None:
    """The position at the end of a place: that of the instance which it is."""
    match = _POSITION.search(place, place.rfind("["))
    return int(match[1]) if match is not None and match.end() == len(place) else None


def paths_in(expression: str) -> Iterator[str]:
    """Every path of an expression from the root, without conditions in brackets: up to the first one."""
    return (match[0] for match in _PATH.finditer(expression))


def replace_paths(expression: str, names: dict[str, str]) -> str:
    """The expression with the name of each known path in its place."""
    return _PATH.sub(lambda path: names.get(path[0], path[0]), expression)
