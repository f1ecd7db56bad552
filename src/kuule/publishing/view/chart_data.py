"""What a chart shows: answers with their bars and with numbers as text, before they have a position or a colour."""

from __future__ import annotations

from dataclasses import dataclass

SERIES_COLOURS = 7
"""How many colours the groups of a chart have. With more groups the colours repeat; each bar also names its group."""


@dataclass(frozen=True, slots=True)
class ChartBar:
    """One value of a chart. `series` selects the colour, or `step` does if the groups have an order: the first of them
    has 0, the last ORDERED_STEPS - 1. `share` is None if it is not shown."""

    share: int | None
    value: str
    group: str = ""
    series: int | str = 0
    step: int | None = None

    @property
    def paint(self) -> str:
        """The name of its colour."""
        return f"series-{self.series}" if self.step is None else f"ordered-{self.step}"


@dataclass(frozen=True, slots=True)
class ChartAnswer:
    """One answer with one bar, or with one bar for each group."""

    label: str
    bars: tuple[ChartBar, ...]
    line_below: str = ""
    """A line below the bars for the groups that have no number."""
