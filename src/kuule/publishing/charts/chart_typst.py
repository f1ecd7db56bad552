"""Drawings as data for the typesetter, which paints them by `templates/chart.typ`; charts in parts that fit a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from kuule.publishing.charts.shapes import (
    Box,
    ChartLayout,
    Dot,
    Drawing,
    Polygon,
    Shape,
    stack_drawings,
    watermark_heights,
)

CHART_TEMPLATE = Path(__file__).parent / "templates" / "chart.typ"
"""What paints a drawing; it goes before the template that calls it."""
_KINDS = {Box: "box", Polygon: "polygon", Dot: "dot"}


def drawing_data(drawing: Drawing, width: float) -> dict[str, object]:
    """One drawing as plain data."""
    return {
        "width": width,
        "height": drawing.height,
        "shapes": [_shape(shape) for shape in drawing.shapes],
        "marks": watermark_heights(drawing.height),
    }


def chart_parts(layout: ChartLayout, first: float, further: float) -> Iterator[Drawing]:
    """The chart in parts no higher than `first`, for the first of them, and `further`, as far as its blocks allow. Each
    part has the key."""
    head = [layout.head] if layout.head else []
    part: list[Drawing] = []
    room = first
    for block in layout.blocks:
        if part and stack_drawings([*head, *part, block]).height > room:
            yield stack_drawings([*head, *part])
            part, room = [], further
        part.append(block)
    if part:
        yield stack_drawings([*head, *part])


def _shape(shape: Shape) -> dict[str, object]:
    return {"kind": _KINDS.get(type(shape), "text"), **asdict(shape)}
