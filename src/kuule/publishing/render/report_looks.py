"""How a report's page looks. A release keeps the look in which it was published, since its page is promised to be the
same to the byte when it is made again. Its PDF is not promised so, and is always set as the newest look has it.

A look is a folder of `templates/` and the colours of its charts. Once a report was published in it, it is never edited:
a new one is added to `LOOKS` instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kuule.core.palette import REPORT_CHART
from kuule.publishing.view.chart_data import ChartAnswer

_SANS = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'Noto Sans Arabic', sans-serif"


@dataclass(frozen=True, slots=True)
class ReportLook:
    """One look. `paints` has the colour of each kind of shape in a chart; `fonts` are font families, as in CSS. In a
    look that `orders` them, groups that have an order have colours from light to dark; in one with `kinds`, the kind of
    each chart is chosen by its numbers."""

    number: int
    paints: Mapping[str, str]
    fonts: str = _SANS
    orders: bool = True
    kinds: bool = True

    @property
    def folder(self) -> str:
        """The folder of its templates."""
        return f"look-{self.number}"

    def paint_answers(self, answers: Sequence[ChartAnswer]) -> Sequence[ChartAnswer]:
        """The answers of a chart with the colours of this look."""
        if self.orders:
            return answers
        return [replace(each, bars=tuple(replace(bar, step=None) for bar in each.bars)) for each in answers]


FIRST_LOOK = ReportLook(
    number=1,
    paints={
        "text": "#1d2327",
        "value": "#1d2328",
        "quiet": "#5d666d",
        "track": "#e9edef",
        "practice": "#8a5a00",
        "series-0": "#1f6f8b",
        "series-1": "#c4661f",
        "series-2": "#5a4fa0",
        "series-3": "#7d8f1f",
        "series-4": "#a83d6e",
        "series-5": "#2f8f6b",
        "series-6": "#8a5a2b",
        "series-everyone": "#6b757c",
    },
    orders=False,
    kinds=False,
)
LOOKS = (FIRST_LOOK, ReportLook(2, REPORT_CHART, kinds=False), ReportLook(3, REPORT_CHART))
"""Every look, oldest first. New reports have the last one."""
NEWEST_LOOK = LOOKS[-1]
