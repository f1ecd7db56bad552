"""Where the bars and words of a chart go: plain geometry, in pixels at full size. Colours are chosen elsewhere.

Labels go above their bars, so a chart works the same for long words, on a phone, and from right to left.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kuule.publishing.charts.text_lines import LINE_HEIGHT, wrap_text
from kuule.publishing.view.chart_data import ChartAnswer, ChartBar

WIDE_WIDTH = 720
NARROW_WIDTH = 340
_BAR = 18
_THIN_BAR = 13
_GAP = 14
_VALUE_WIDTH = 84
_MARK_EVERY = 210


@dataclass(frozen=True, slots=True)
class ChartBox:
    x: float
    y: float
    width: float
    height: float
    paint: str


@dataclass(frozen=True, slots=True)
class ChartLine:
    """One line of text. `y` is the middle of its height."""

    x: float
    y: float
    text: str
    paint: str
    bold: bool = False


@dataclass(slots=True)
class ChartDrawing:
    """Boxes and lines of one chart, laid out from left to right. For right-to-left languages they are mirrored when
    drawn.

    `watermark_heights` are the heights at which the watermark is written across the chart, often enough that every
    part of the picture has one.
    """

    width: int
    height: float = 0
    boxes: list[ChartBox] = field(default_factory=list)
    lines: list[ChartLine] = field(default_factory=list)
    watermark_heights: list[float] = field(default_factory=list)


def lay_out_chart(answers: Iterable[ChartAnswer], width: int) -> ChartDrawing:
    """Lay out all answers, one below the other. All bars have one scale, 0 to 100 per cent, and a track behind each bar
    shows all of it."""
    drawing = ChartDrawing(width)
    for answer in answers:
        grouped = bool(answer.line_below) or any(bar.group for bar in answer.bars)
        for text in wrap_text(answer.label, width):
            drawing.lines.append(ChartLine(0, drawing.height + LINE_HEIGHT / 2, text, "text", bold=grouped))
            drawing.height += LINE_HEIGHT
        drawing.height += 3
        for bar in answer.bars:
            _draw_grouped(drawing, bar) if grouped else _draw_single(drawing, bar)
        for text in wrap_text(answer.line_below, width) if answer.line_below else ():
            drawing.lines.append(ChartLine(0, drawing.height + LINE_HEIGHT / 2, text, "quiet"))
            drawing.height += LINE_HEIGHT
        drawing.height += _GAP
    number = max(round(drawing.height / _MARK_EVERY), 1)
    drawing.watermark_heights = [drawing.height * (2 * each + 1) / (2 * number) for each in range(number)]
    return drawing


def _draw_single(drawing: ChartDrawing, bar: ChartBar) -> None:
    track = drawing.width - _VALUE_WIDTH
    filled = _boxes(drawing, bar, track, _BAR)
    drawing.lines.append(
        ChartLine(filled + 8, drawing.height + _BAR / 2, bar.value, "value" if filled else "quiet", bold=bool(filled))
    )
    drawing.height += _BAR


def _draw_grouped(drawing: ChartDrawing, bar: ChartBar) -> None:
    track = round(drawing.width * 0.42)
    _boxes(drawing, bar, track, _THIN_BAR)
    # Isolated (UAX 9), so that a value in one script and a group in another keep their order.
    texts = wrap_text(f"\u2068{bar.value}\u2069 · \u2068{bar.group}\u2069", drawing.width - track - 10)
    middle = drawing.height + _THIN_BAR / 2
    for number, text in enumerate(texts):
        paint = "quiet" if bar.share is None else "text"
        drawing.lines.append(ChartLine(track + 10, middle + number * LINE_HEIGHT, text, paint))
    drawing.height += max(len(texts) * LINE_HEIGHT, _THIN_BAR + 5)


def _boxes(drawing: ChartDrawing, bar: ChartBar, track: float, height: int) -> float:
    """Draw the track and the bar on it. Returns how far the bar reaches."""
    drawing.boxes.append(ChartBox(0, drawing.height, track, height, "track"))
    if bar.share is None:
        return 0
    filled = max(track * bar.share / 100, 2)
    drawing.boxes.append(ChartBox(0, drawing.height, filled, height, bar.paint))
    return filled
