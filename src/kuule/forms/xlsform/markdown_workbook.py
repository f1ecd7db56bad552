r"""Reads form.md: one table for each sheet, whose name is in the first cell. `\|` is a bar inside a cell. A line that
begins with `#` is a comment, and so is what follows a `#` after a row's last bar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kuule.core.conflict_marks import CONFLICT_REMEDY, conflict_cause, conflict_line
from kuule.core.problems import Severity
from kuule.forms.xlsform.sheet_grid import SheetGrid, SourceLine, UnreadableWorkbook

_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r":?-+:?")
_LINE = re.compile(r"\r\n|\r|\n")


class _Table:
    def __init__(self, name: str) -> None:
        self.name = name
        self.rows: list[tuple[str, ...]] = []
        self.lines: list[SourceLine] = []
        self.cell_problems: list[tuple[int, str, str, Severity]] = []

    def grid(self) -> SheetGrid:
        header = self.rows[0] if self.rows else ()
        return SheetGrid(
            self.name,
            header,
            tuple(self.rows[1:]),
            strict=True,
            cell_problems=tuple(self.cell_problems),
            lines=tuple(self.lines),
        )


def read_tables(content: bytes) -> list[SheetGrid]:
    """The tables of a Markdown file. Raises UnreadableWorkbook if it is not text or has no table."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableWorkbook(f"it is not UTF-8 (byte {error.start + 1})") from None
    marked = conflict_line(text)
    if marked:
        raise UnreadableWorkbook(conflict_cause(marked), CONFLICT_REMEDY)
    found: list[_Table] = []
    for number, line in enumerate(_LINE.split(text), start=1):
        _line(number, line.strip(), found)
    if not found:
        raise UnreadableWorkbook("there is no table in it whose first cell names a sheet")
    return [table.grid() for table in found]


def _line(number: int, line: str, found: list[_Table]) -> None:
    if not line or line.startswith("#"):
        return
    if not line.startswith("|"):
        if found and len(_BAR.findall(line)) > 1:
            cause = f"a row does not begin with a bar, and is not read: {line[:40]!r}"
            found[-1].cell_problems.append((max(len(found[-1].rows), 1), cause, "begin the row with |", Severity.ERROR))
        return
    first, *cells = [_cell(cell) for cell in _BAR.split(line)[1:]]
    if cells and (not cells[-1] or cells[-1].startswith("#")):
        cells = cells[:-1]  # the empty cell or comment after the last bar
    if _is_rule(first, cells):
        return
    if first and not first.startswith("#"):
        found.append(_Table(first))
    if found and (found[-1].rows or any(cells)):
        found[-1].rows.append(tuple(cells))
        found[-1].lines.append(SourceLine(number, line, tuple(_spans(line))[1:]))


def _spans(line: str) -> Iterator[tuple[int, int]]:
    """Where the cells of a row begin and end, without the spaces around them."""
    bars = [bar.start() for bar in _BAR.finditer(line)]
    for left, right in pairwise([*bars, len(line)]):
        cell = line[left + 1 : right]
        begin = left + 1 + len(cell) - len(cell.lstrip())
        yield begin, max(begin, left + 1 + len(cell.rstrip()))


def _is_rule(first: str, cells: list[str]) -> bool:
    """Whether a row is the line under a table's head, which only Markdown needs."""
    written = [cell for cell in (first, *cells) if cell]
    return len(written) > 1 and all(_RULE.fullmatch(cell) for cell in written)


def _cell(cell: str) -> str:
    return cell.strip().replace(r"\|", "|")
