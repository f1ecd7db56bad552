"""What a chart shows: answers with their bars, every number said, and no place or colour yet."""

from __future__ import annotations

from dataclasses import dataclass

SERIES_COLOURS = 7
"""How many colours the groups of a chart have. With more groups the colours repeat: each bar has its group's name."""


@dataclass(frozen=True, slots=True)
class ChartBar:
    """One value of a chart. `series` picks the colour, `share` is None where it is not shown."""

    share: int | None
    value: str
    group: str = ""
    series: int | str = 0


@dataclass(frozen=True, slots=True)
class ChartAnswer:
    """One answer with its bars: one, or one a group."""

    label: str
    bars: tuple[ChartBar, ...]
    line_below: str = ""
    """One line below the bars, in the place of those that have no number."""
