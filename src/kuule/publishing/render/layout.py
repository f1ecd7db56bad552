"""Where the bars and words of a chart go: plain geometry, in pixels at full size. Colours are chosen elsewhere.

Labels go above their bars, so a chart works the same for long words, on a phone, and from right to left.
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
_VALUE_WIDTH = 84
_JOINER = "\u200d"
_MARK_EVERY = 210
_CHARACTER = 0.56
"""Mean width of a character, as a part of the font size; measured on Latin and Arabic text and rounded up a little."""


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


def wrap_text(text: str, width: float) -> Sequence[str]:
    """`text` in lines that fit `width` at the font size of the chart. A word that is longer than a line is broken, but
    never between a letter and its marks: Thai and Chinese write whole sentences as one word."""
    room = max(int(width / (FONT_SIZE * _CHARACTER)), 8)
    lines, line = [], ""
    for word in text.split(" "):
        while _is_wider(word, room):
            cut = room - _column_count(line) - 1 if line and _column_count(line) + 2 < room else room
            cut = _cut_position(word, cut if _column_count(word[:cut]) <= room else room // 2)
            lines.append(f"{line} {word[:cut]}".strip())
            line, word = "", word[cut:]
        if line and _column_count(line) + 1 + _column_count(word) > room:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]


def _cut_position(word: str, cut: int) -> int:
    """Where to cut a word: at `cut` or a little before it, but not before a mark and not beside a joiner."""
    for at in range(cut, cut // 2, -1):
        if not unicodedata.category(word[at]).startswith("M") and _JOINER not in word[at - 1 : at + 1]:
            return at
    return cut


def _is_wider(text: str, room: int) -> bool:
    """Whether a text needs more than `room` columns. It stops counting there, so a very long text costs no time."""
    columns = 0
    for character in text:
        columns += _columns(character)
        if columns > room:
            return True
    return False


def _column_count(text: str) -> int:
    """How many columns a text needs."""
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    """How many columns a character needs: wide ones (Chinese, Japanese, Korean) two, marks on others none."""
    if unicodedata.combining(character) or character in "\u2068\u2069":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
