"""A sheet as a grid of cells. The readers of both file formats give this."""

from __future__ import annotations

from dataclasses import dataclass

from kuule.core.problems import Severity

NO_WORKBOOK_REMEDY = "save it as .xlsx without a password, or as .md with one table a sheet"


class UnreadableWorkbook(Exception):
    """The file is not a questionnaire. The text says why."""

    def __init__(self, cause: str, remedy: str = NO_WORKBOOK_REMEDY) -> None:
        super().__init__(cause)
        self.remedy = remedy


class WorkbookTooLarge(UnreadableWorkbook):
    """A file, or one `sheet` of it, holds more than any questionnaire. It has a remedy of its own."""

    def __init__(self, cause: str, remedy: str, sheet: str = "") -> None:
        super().__init__(cause, remedy)
        self.sheet = sheet


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A row as it stands in a file of text: the number of the line, the line, and where each of its cells is."""

    number: int
    text: str
    cells: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class SheetGrid:
    """The cells of a sheet. `rows` are those under the heading. With `strict`, a cell without a heading is an error
    rather than a note. `cell_problems` has (row, cause, remedy, severity) for values that the file does not hold as its
    author sees them. `lines` are the lines of the file that the heading and the rows stand in, if it has lines."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    strict: bool = False
    cell_problems: tuple[tuple[int, str, str, Severity], ...] = ()
    lines: tuple[SourceLine, ...] = ()
