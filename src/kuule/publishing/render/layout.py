"""Where the bars and words of a chart stand: plain geometry, in units that are pixels at full size. No colours here.

Labels stand above their bars, so a chart reads the same in a long language, on a phone, and from right to left.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kuule.publishing.view.chart_data import ChartAnswer, ChartBar

WIDE_WIDTH = 720
NARROW_WIDTH = 340
FONT_SIZE = 14
LINE_HEIGHT = 19
_BAR = 18
_THIN_BAR = 13
_GAP = 14
_VALUE_ROOM = 84
_JOINER = "\u200d"
_MARK_EVERY = 210
_CHARACTER = 0.56
"""Mean width of a character of the report's fonts, in font sizes; measured on Latin and Arabic text, a little wide."""


@dataclass(frozen=True, slots=True)
class ChartBox:
    x: float
    y: float
    width: float
    height: float
    paint: str


@dataclass(frozen=True, slots=True)
class ChartLine:
    """One line of text; `y` is its middle."""

    x: float
    y: float
    text: str
    paint: str
    bold: bool = False


@dataclass(slots=True)
class ChartDrawing:
    """Boxes and lines of one chart, from the left; a mirrored one is turned when it is painted.

    `watermark_heights` are the middles of a word written across it, so often that no piece of the picture is without.
    """

    width: int
    height: float = 0
    boxes: list[ChartBox] = field(default_factory=list)
    lines: list[ChartLine] = field(default_factory=list)
    watermark_heights: list[float] = field(default_factory=list)


def lay_out_chart(answers: Iterable[ChartAnswer], width: int) -> ChartDrawing:
    """All answers below each other. Bars share one scale, 0 to 100 per cent, and a track shows all of it."""
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
    track = drawing.width - _VALUE_ROOM
    filled = _boxes(drawing, bar, track, _BAR)
    drawing.lines.append(
        ChartLine(filled + 8, drawing.height + _BAR / 2, bar.value, "value" if filled else "quiet", bold=bool(filled))
    )
    drawing.height += _BAR


def _draw_grouped(drawing: ChartDrawing, bar: ChartBar) -> None:
    track = round(drawing.width * 0.42)
    _boxes(drawing, bar, track, _THIN_BAR)
    # Isolated, so that a value in one script and a group in another keep their order.
    texts = wrap_text(f"\u2068{bar.value}\u2069 · \u2068{bar.group}\u2069", drawing.width - track - 10)
    middle = drawing.height + _THIN_BAR / 2
    for number, text in enumerate(texts):
        paint = "quiet" if bar.share is None else "text"
        drawing.lines.append(ChartLine(track + 10, middle + number * LINE_HEIGHT, text, paint))
    drawing.height += max(len(texts) * LINE_HEIGHT, _THIN_BAR + 5)


def _boxes(drawing: ChartDrawing, bar: ChartBar, track: float, height: int) -> float:
    """The track and the bar on it. Returns how far the bar reaches."""
    drawing.boxes.append(ChartBox(0, drawing.height, track, height, "track"))
    if bar.share is None:
        return 0
    filled = max(track * bar.share / 100, 2)
    drawing.boxes.append(ChartBox(0, drawing.height, filled, height, f"series-{bar.series}"))
    return filled


def wrap_text(text: str, width: float) -> Sequence[str]:
    """`text` in lines that fit `width` at the chart's font size. A word that is longer than a line is broken,
    and no letter from its marks: Thai and Chinese write whole sentences as one word."""
    room = max(int(width / (FONT_SIZE * _CHARACTER)), 8)
    lines, line = [], ""
    for word in text.split(" "):
        while _longer(word, room):
            cut = room - _length(line) - 1 if line and _length(line) + 2 < room else room
            cut = _before_letter(word, cut if _length(word[:cut]) <= room else room // 2)
            lines.append(f"{line} {word[:cut]}".strip())
            line, word = "", word[cut:]
        if line and _length(line) + 1 + _length(word) > room:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]


def _before_letter(word: str, cut: int) -> int:
    """Where to cut a word, at `cut` or a little before it: not before a mark, and not beside what joins two signs."""
    for at in range(cut, cut // 2, -1):
        if not unicodedata.category(word[at]).startswith("M") and _JOINER not in word[at - 1 : at + 1]:
            return at
    return cut


def _longer(text: str, room: int) -> bool:
    """Whether a text takes more columns; how much longer it is takes no time."""
    columns = 0
    for character in text:
        columns += _columns(character)
        if columns > room:
            return True
    return False


def _length(text: str) -> int:
    """Columns a text takes."""
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    """Wide characters (Chinese, Japanese, Korean) take two, marks on others none."""
    if unicodedata.combining(character) or character in "\u2068\u2069":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
