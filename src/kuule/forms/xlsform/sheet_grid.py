"""A sheet before its cells have names: what the readers of both kinds of file give."""

from __future__ import annotations

from dataclasses import dataclass

from kuule.core.problems import Severity


class UnreadableWorkbook(Exception):
    """A file that is no questionnaire at all; its text says why."""


class WorkbookTooLarge(UnreadableWorkbook):
    """A file, or one `sheet` of it, that holds more than a questionnaire does; with a remedy of its own."""

    def __init__(self, cause: str, remedy: str, sheet: str = "") -> None:
        super().__init__(cause)
        self.remedy, self.sheet = remedy, sheet


@dataclass(frozen=True, slots=True)
class SheetGrid:
    """`rows` are those under the heading. `strict`: a cell without a heading is a mistake and not a note.
    `cell_problems` are (row, cause, remedy, severity) of values that the file does not hold as its author sees them."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    strict: bool = False
    cell_problems: tuple[tuple[int, str, str, Severity], ...] = ()
