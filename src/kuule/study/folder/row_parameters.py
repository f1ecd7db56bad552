"""What a row of the survey sheet says under `parameters`, as pairs of a name and a value."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kuule.forms.types.range import DEFAULT_BOUNDS, RANGE
from kuule.forms.types.rating import rating_steps

_PARAMETER = re.compile(r"(\w+)\s*=\s*([^\s,;]+)")
_BOUNDS = ("start", "end", "step")


def row_parameters(cells: Mapping[str, str]) -> Mapping[str, str]:
    """Parameters by name: `start=0 end=10 tick_labelset=safety`."""
    return dict(_PARAMETER.findall(cells.get("parameters", "")))


def list_of_words(cells: Mapping[str, str]) -> str:
    """The list that has the words of a rating; "" if a row names none."""
    return row_parameters(cells).get("tick_labelset", "")


def row_steps(row_type: str, cells: Mapping[str, str]) -> tuple[str, ...]:
    """The steps of a range whose ends have words; none of any other row."""
    if row_type not in RANGE.xlsform_types or not list_of_words(cells):
        return ()
    given = row_parameters(cells)
    start, end, step = (given.get(name, usual) for name, usual in zip(_BOUNDS, DEFAULT_BOUNDS, strict=True))
    return rating_steps((start, end, step))
