"""The line at which reading a TOML file stopped."""

from __future__ import annotations

import re
import tomllib

from kuule.core.problems import Excerpt

_PLACE = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")
"""How the parser of Python says it. Python 3.14 has attributes for it too."""


def toml_excerpt(text: str, error: tomllib.TOMLDecodeError) -> Excerpt | None:
    """The line that the parser names, with its character marked; None if it names none."""
    place, lines = _PLACE.search(str(error)), text.splitlines()
    if place is None or not lines:
        return None
    if place[1] is None:
        return Excerpt(lines[-1], len(lines), len(lines[-1]), len(lines[-1]))
    number, column = int(place[1]), int(place[2]) - 1
    return Excerpt(lines[number - 1], number, column, column + 1) if number <= len(lines) else None
