"""Labels of rows: in a column beside what they name where there is room, above it on a phone."""

from __future__ import annotations

from collections.abc import Iterable

from kuule.publishing.charts.shapes import Drawing, move_shape
from kuule.publishing.charts.text_lines import text_width

WIDE_FROM = 560
"""From this width on, labels are beside what they name."""
_MOST = 0.4
"""The greatest part of the width that a column of labels takes."""
_GAP = 14
_SPARE = 1.04
"""How much more room than its letters a label needs to stay on one line."""


def label_column(labels: Iterable[str], width: int) -> float:
    """How wide the column of labels is with the gap after it; 0 if labels are above."""
    if width < WIDE_FROM:
        return 0
    return min(max(map(text_width, labels), default=0) * _SPARE, width * _MOST) + _GAP


def labelled_row(label: str, column: float, width: float, content: Drawing, *, bold: bool = False) -> Drawing:
    """One row: the label, and its content beside or below it. The content is laid out from its own left edge; the first
    line of the label is beside the middle of its first 19 pixels."""
    row = Drawing()
    row.add_lines(label, column - _GAP if column else width, bold=bold)
    if column:
        row.height, top = max(row.height, content.height), 0.0
    else:
        top = row.height + 3
        row.height = top + content.height
    row.shapes += [move_shape(shape, column, top) for shape in content.shapes]
    return row
