"""What charts are made of: boxes, polygons, dots and lines of text, in pixels at full size, from left to right.

For right-to-left languages a drawing is mirrored when it is painted. Paints are names; looks have their colours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from kuule.publishing.charts.text_lines import FONT_SIZE, LINE_HEIGHT, break_lines

Point = tuple[float, float]
_STRIPE = 6
_MARK_EVERY = 210


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    paint: str


@dataclass(frozen=True, slots=True)
class Polygon:
    points: tuple[Point, ...]
    paint: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A circle by its centre."""

    x: float
    y: float
    radius: float
    paint: str


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text. `y` is the middle of its height, and `x` its start; with `centred`, its middle."""

    x: float
    y: float
    text: str
    paint: str = "text"
    bold: bool = False
    centred: bool = False
    size: float = FONT_SIZE


Shape = Box | Polygon | Dot | TextLine


@dataclass(slots=True)
class Drawing:
    """Shapes of one height that belong together, so that no page of a PDF ends within them."""

    height: float = 0
    shapes: list[Shape] = field(default_factory=list)

    def add_lines(
        self, text: str, width: float, *, paint: str = "text", bold: bool = False, size: float = FONT_SIZE
    ) -> None:
        """Write a text below what is there, in as many lines as it takes."""
        height = round(size * LINE_HEIGHT / FONT_SIZE)
        for line in break_lines(text, width, size, bold=bold):
            self.shapes.append(TextLine(0, self.height + height / 2, line, paint, bold, size=size))
            self.height += height

    def isolate_lines(self) -> None:
        """Let each line run in the direction of its own first letter (UAX 9), so that an English line in an Arabic
        picture ends with its full stop."""
        self.shapes = [
            replace(shape, text=f"\u2068{shape.text}\u2069") if isinstance(shape, TextLine) else shape
            for shape in self.shapes
        ]


@dataclass(frozen=True, slots=True)
class ChartLayout:
    """A chart in one width. `head` is the key of its signs: it is above the first of the `blocks`, and again above
    each block that begins a page."""

    width: int
    blocks: tuple[Drawing, ...]
    head: Drawing | None = None

    @property
    def whole(self) -> Drawing:
        """The chart in one piece."""
        return stack_drawings([*([self.head] if self.head else []), *self.blocks])


def stack_drawings(drawings: Iterable[Drawing]) -> Drawing:
    """Drawings one below the other, as one."""
    whole = Drawing()
    for drawing in drawings:
        whole.shapes += [move_shape(shape, 0, whole.height) for shape in drawing.shapes]
        whole.height += drawing.height
    return whole


def move_shape(shape: Shape, dx: float, dy: float) -> Shape:
    """The same shape in another place."""
    if isinstance(shape, Polygon):
        return replace(shape, points=tuple((x + dx, y + dy) for x, y in shape.points))
    return replace(shape, x=shape.x + dx, y=shape.y + dy)


def hatch_box(x: float, y: float, width: float, height: float) -> Iterator[Shape]:
    """The sign of a part that is not shown: slanting stripes in a pale box."""
    yield Box(x, y, width, height, "track")
    for start in range(0, int(width), _STRIPE):
        end = min(start + _STRIPE / 2, width)
        lean = min(_STRIPE / 2, width - end)
        yield Polygon(
            ((x + start, y + height), (x + end, y + height), (x + end + lean, y), (x + start + lean, y)), "quiet"
        )


def watermark_heights(height: float) -> list[float]:
    """Where a watermark is written: often enough that every part of a drawing has one."""
    number = max(round(height / _MARK_EVERY), 1)
    return [height * (2 * each + 1) / (2 * number) for each in range(number)]
