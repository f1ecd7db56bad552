"""Figures as numbers for the tests of charts: {group: {answer: share}}. None is not shown, "few" is below the least."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping

from kuule.publishing.charts.shapes import Box, Dot, Polygon, Shape, TextLine
from kuule.publishing.view.plotted_figure import PlottedFigure, PlottedGroup, PlottedValue

EVERYONE = "Everyone"
Share = int | str | None
SVG = "{http://www.w3.org/2000/svg}"


def plot(
    groups: Mapping[str, Mapping[str, Share] | None], *, scale: bool = False, ordered: bool = False, asked: str = ""
) -> PlottedFigure:
    """The figure with these groups; one that is None is withheld as a whole."""
    answers = tuple(next(values for values in groups.values() if values is not None))
    count = len(groups)
    made = tuple(
        PlottedGroup(
            label,
            None if values is None else 100,
            tuple(value(None if values is None else values[answer]) for answer in answers),
            label == EVERYONE,
            round(number * 6 / max(count - 1, 1)) if ordered and label != EVERYONE else None,
        )
        for number, (label, values) in enumerate(groups.items())
    )
    missing = tuple(missing_sentence(group, answers) for group in made)
    return PlottedFigure(answers, made, scale, missing, "all of it in words", "not shown", ("0%", "100%"), asked)


def value(share: Share) -> PlottedValue:
    if share is None:
        return PlottedValue(None, "not shown")
    if isinstance(share, str):
        return PlottedValue(None, "fewer than 10", few=True)
    return PlottedValue(share, f"{share}%")


def missing_sentence(group: PlottedGroup, answers: Iterable[str]) -> str:
    if group.base is None:
        return "not shown"
    gone = [answer for answer, one in zip(answers, group.values, strict=True) if one.share is None]
    return f"not shown: {', '.join(gone)}" if gone else ""


def texts(shapes: Iterable[Shape]) -> list[str]:
    return [shape.text for shape in shapes if isinstance(shape, TextLine)]


def boxes(shapes: Iterable[Shape], paint: str) -> list[Box]:
    return [shape for shape in shapes if isinstance(shape, Box) and shape.paint == paint]


def beyond(shapes: Iterable[Shape], width: float, height: float) -> list[Shape]:
    """What reaches over the edge of a drawing."""
    return [shape for shape in shapes if not _is_inside(shape, width, height)]


def _is_inside(shape: Shape, width: float, height: float) -> bool:
    if isinstance(shape, TextLine):
        return 0 <= shape.x <= width and 0 <= shape.y <= height
    if isinstance(shape, Dot):
        return shape.x - shape.radius >= 0 and shape.x + shape.radius <= width
    if isinstance(shape, Polygon):
        return all(-1 <= x <= width + 1 for x, _ in shape.points)
    return shape.x >= -0.01 and shape.x + shape.width <= width + 0.01


def svg_texts(svg: str) -> list[str]:
    return [node.text or "" for node in ET.fromstring(svg).iter(f"{SVG}text")]
