"""Small multiples: one small chart for each answer with a row for each group or, where the answers are a scale and the
groups are not, one for each group with a row for each answer. All have one scale, and the labels of rows once a line.

With many groups a row is a dot on a line, and groups without an order follow the size of the first answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import ceil

from kuule.publishing.charts.shapes import Box, ChartLayout, Dot, Drawing, Shape, TextLine
from kuule.publishing.charts.text_lines import LINE_HEIGHT, SMALL_SIZE, break_lines, text_width
from kuule.publishing.view.plotted_figure import PlottedFigure, PlottedGroup, PlottedValue

DOTS_FROM = 9
"""With this many rows, a panel has dots in place of bars."""
_BAR = 14
_ROW = 21
_DOT_ROW = 19
_RADIUS = 5
_PAD = 6
_GUTTER = 22
_GAP = 18
_BELOW_TITLE = 4
_SPARE = 1.04
"""How much more room than its letters a word needs in a line."""
_SMALL_LINE = LINE_HEIGHT - 2
_HIGHEST = 820
"""The greatest height of the rows of one block."""
_PANEL = 96
"""The least width of a panel."""
_MOST_BESIDE = 4
_MOST_LINES = 4
"""The most lines of a title, where fewer panels beside each other can have it so."""
_LABELS = 0.36
"""The greatest part of the width for the labels of rows."""


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    label: str
    paint: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class _Panel:
    title: str
    values: tuple[PlottedValue, ...]
    line: int | None
    """The share of everyone, where a line shows it across the panel."""
    paint: str = ""
    """The colour of all its rows, where they have none of their own."""


def suits_multiples(figure: PlottedFigure) -> bool:
    return bool(figure.divided)


def lay_out_multiples(figure: PlottedFigure, width: int) -> ChartLayout:
    """The panels in lines of equally many, each line a block. Where rows are so many that a line would be higher than a
    page, it is several blocks, with the titles of its panels above each."""
    rows, panels = _by_group(figure) if figure.ordered_answers and not figure.ordered_groups else _by_answer(figure)
    grid = _Grid.fit_panels(rows, panels, width)
    lines = [panels[at : at + grid.beside] for at in range(0, len(panels), grid.beside)]
    stretches = list(grid.stretches(rows))
    return ChartLayout(width, tuple(grid.draw(line, stretch) for line in lines for stretch in stretches))


def _by_answer(figure: PlottedFigure) -> tuple[tuple[_Row, ...], tuple[_Panel, ...]]:
    """A panel for each answer: its rows are everyone and the groups."""
    groups = _in_order(figure)
    rows = tuple(_Row(n, group.label, _paint(group), group.everyone) for n, group in enumerate(groups))
    everyone = figure.everyone
    panels = tuple(
        _Panel(answer, tuple(group.values[n] for group in groups), everyone.values[n].share if everyone else None)
        for n, answer in enumerate(figure.answers)
    )
    return rows, panels


def _by_group(figure: PlottedFigure) -> tuple[tuple[_Row, ...], tuple[_Panel, ...]]:
    """A panel for each group: its rows are the answers, in their order."""
    rows = tuple(_Row(n, answer, "") for n, answer in enumerate(figure.answers))
    return rows, tuple(_Panel(group.label, group.values, None, _paint(group)) for group in figure.groups)


def _in_order(figure: PlottedFigure) -> Sequence[PlottedGroup]:
    """Everyone first; many groups without an order by their share of the first answer, those without one last."""
    if figure.ordered_groups or len(figure.groups) < DOTS_FROM:
        return figure.groups
    return sorted(figure.groups, key=lambda group: (not group.everyone, -_size(group.values[0])))


def _size(value: PlottedValue) -> int:
    return -1 if value.share is None else value.share


def _paint(group: PlottedGroup) -> str:
    if group.everyone:
        return "series-everyone"
    return "series-0" if group.step is None else f"ordered-{group.step}"


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where panels are: how many are beside each other, how wide they and the labels of their rows are, and how long
    100 per cent is in each. With `dotted`, a row is a dot on a line."""

    labels: float
    beside: int
    panel: float
    scale: float
    dotted: bool

    @classmethod
    def fit_panels(cls, rows: Sequence[_Row], panels: Sequence[_Panel], width: float) -> _Grid:
        """As many panels beside each other as there is room for, and about the same number in each line. The scale
        leaves room for the number behind each bar."""
        values = [value for panel in panels for value in panel.values]
        labels = _labels_width(rows, width) + _PAD * 2
        least = max(_PANEL, *(text_width(value.text, SMALL_SIZE) for value in values))
        room = max(min(int((width - labels + _GUTTER) / (least + _GUTTER)), _MOST_BESIDE), 1)
        beside = ceil(len(panels) / ceil(len(panels) / room))
        while beside > 1 and not _titles_fit(panels, _panel_width(width - labels, beside)):
            beside -= 1
        panel = _panel_width(width - labels, beside)
        shown = [(each.line or 0, value) for each in panels for value in each.values if value.share is not None]
        rest = {
            max(value.share or 0, line): panel - _PAD - _RADIUS - text_width(value.text, SMALL_SIZE, bold=True)
            for line, value in shown
        }
        scale = min(panel, *(length * 100 / share for share, length in rest.items() if share), panel)
        return cls(labels, beside, panel, scale, len(rows) >= DOTS_FROM)

    def stretches(self, rows: Sequence[_Row]) -> Iterator[Sequence[_Row]]:
        """Rows that one page has room for."""
        first, height = 0, 0.0
        for number, row in enumerate(rows):
            if height + self._height(row) > _HIGHEST:
                yield rows[first:number]
                first, height = number, 0.0
            height += self._height(row)
        yield rows[first:]

    def draw(self, panels: Sequence[_Panel], rows: Sequence[_Row]) -> Drawing:
        """Panels beside each other with some of their rows, whose labels are there once."""
        titles = [break_lines(panel.title, self.panel, bold=True) for panel in panels]
        line = Drawing(max(map(len, titles)) * LINE_HEIGHT)
        for number, title in enumerate(titles):
            x, first = self.labels + number * (self.panel + _GUTTER), line.height - len(title) * LINE_HEIGHT
            middles = (first + (n + 0.5) * LINE_HEIGHT for n in range(len(title)))
            line.shapes += [TextLine(x, y, text, bold=True) for y, text in zip(middles, title, strict=True)]
        top = line.height + _BELOW_TITLE
        tops = list(accumulate((self._height(row) for row in rows), initial=top))
        for number, panel in enumerate(panels):
            line.shapes += self._panel(panel, self.labels + number * (self.panel + _GUTTER), rows, tops)
        for row, at in zip(rows, tops, strict=False):
            texts = self._label(row)
            first = at + (self._height(row) - (len(texts) - 1) * _SMALL_LINE) / 2
            line.shapes += [
                TextLine(0, first + n * _SMALL_LINE, text, "text", row.bold, size=SMALL_SIZE)
                for n, text in enumerate(texts)
            ]
        line.height = tops[-1] + _GAP
        return line

    def _label(self, row: _Row) -> Sequence[str]:
        return break_lines(row.label, self.labels - 2 * _PAD, SMALL_SIZE, bold=row.bold)

    def _height(self, row: _Row) -> float:
        return (_DOT_ROW if self.dotted else _ROW) + (len(self._label(row)) - 1) * _SMALL_LINE

    def _panel(self, panel: _Panel, x: float, rows: Sequence[_Row], tops: Sequence[float]) -> list[Shape]:
        """Tracks and the line of everyone, and before them the marks with their numbers."""
        behind: list[Shape] = []
        marks: list[Shape] = []
        for row, (top, below) in zip(rows, pairwise(tops), strict=True):
            value, middle = panel.values[row.number], (top + below) / 2
            line = None if panel.line is None or row.bold else x + self.scale * panel.line / 100
            if value.share is None:
                marks.append(TextLine(x, middle, value.text, "quiet", size=SMALL_SIZE))
                line = None
            else:
                end = x + max(self.scale * value.share / 100, 2)
                behind.append(self._track(x, end, middle))
                marks.append(self._mark(row.paint or panel.paint, x, end, middle))
                start = _beside_line(end + _PAD + (_RADIUS if self.dotted else 0), value.text, line)
                marks.append(TextLine(start, middle, value.text, "value", row.bold, size=SMALL_SIZE))
            if line is not None:
                behind.append(Box(line - 0.75, top, 1.5, below - top, "series-everyone"))
        return [*behind, *marks]

    def _track(self, x: float, end: float, middle: float) -> Box:
        if self.dotted:
            return Box(x, middle - 0.75, end - x, 1.5, "line")
        return Box(x, middle - _BAR / 2, self.scale, _BAR, "track")

    def _mark(self, paint: str, x: float, end: float, middle: float) -> Shape:
        if self.dotted:
            return Dot(end, middle, _RADIUS, paint)
        return Box(x, middle - _BAR / 2, end - x, _BAR, paint)


def _labels_width(rows: Sequence[_Row], width: float) -> float:
    """The width of the longest label, or a part of the whole, but enough for the longest word."""
    longest = max(text_width(row.label, SMALL_SIZE, bold=row.bold) for row in rows)
    word = max(text_width(word, SMALL_SIZE, bold=row.bold) for row in rows for word in row.label.split() or [""])
    return max(min(longest, width * _LABELS), min(word, width / 2)) * _SPARE


def _panel_width(width: float, beside: int) -> float:
    return (width - (beside - 1) * _GUTTER) / beside


def _titles_fit(panels: Sequence[_Panel], width: float) -> bool:
    """Whether no word of a title is broken, and no title takes many lines."""
    words = [text_width(word, bold=True) for panel in panels for word in panel.title.split()]
    return max(words, default=0) * _SPARE <= width and all(
        len(break_lines(panel.title, width, bold=True)) <= _MOST_LINES for panel in panels
    )


def _beside_line(x: float, text: str, line: float | None) -> float:
    """Where a number begins: at `x`, or behind the line of everyone where that would cross it."""
    crossed = line is not None and x - 3 < line < x + text_width(text, SMALL_SIZE) + 3
    return line + _PAD if line is not None and crossed else x
