"""Reads a questionnaire's file, form.md or form.xlsx, as sheets of named cells.

Rows keep the number that a spreadsheet shows (the heading is row 1). What cannot be read as its author meant it becomes
a Problem with sheet and row: FORM_032 (not a workbook), FORM_033 (a cell without a column), FORM_034 (headings),
FORM_035 (a value that a spreadsheet did not keep), FORM_048 (more than any questionnaire holds).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kuule.core.passed_over_modules import pass_over_module
from kuule.core.problems import Problem, Severity, StudyError
from kuule.core.regular_files import read_regular_file
from kuule.forms.xlsform.markdown_workbook import read_tables
from kuule.forms.xlsform.sheet_grid import (
    NO_WORKBOOK_REMEDY,
    SheetGrid,
    SourceLine,
    UnreadableWorkbook,
    WorkbookTooLarge,
)

SHEET_NAMES = ("survey", "choices", "settings", "entities", "osm", "external_choices")
"""The sheets of an XLSForm. Other sheets in a workbook are the author's own and are ignored."""
MAX_FILE_BYTES = 20 * 1024 * 1024
"""The most bytes of a questionnaire's file."""
_TEXTS = re.compile(r"(?:label|hint|guidance_hint|guidance hint|(?:constraint|required)[ _]message)(?:\W|$)", re.I)
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Invisible characters that come with what is pasted: soft hyphens, marks of direction, spaces of no width."""
_WIDE = {number: number - 0xFEE0 for number in range(0xFF01, 0xFF5F)} | {0x3000: " "}
"""Letters and signs of ASCII as an input method for Chinese, Japanese or Korean types them, and its space."""
_CODES = frozenset({"type", "name", "list_name", "list name", "required", "appearance", "parameters"})
"""Columns of words and codes that programs read."""
_SPACES = re.compile(r"[^\S\n]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ALIKE = re.compile(r"\s+")
_FIRST_COLUMNS: Mapping[str, frozenset[str]] = {
    "survey": frozenset({"type"}),
    "choices": frozenset({"list_name", "list name"}),
}
"""A heading by which the row of headings is known."""
_MOST_ABOVE = 10
"""So many rows are looked through for headings that do not stand in the first."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `rows` are cells by heading, without empty ones; the row at index 0 is row 2 of the file. `lines` are
    those of a file of text, the heading's first, and `columns` has what stands above each of their cells."""

    name: str
    header: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    lines: tuple[SourceLine, ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """A questionnaire's file. `sheets` are by plain name; `names` are all sheet names as written. Without sheets, it
    could not be read."""

    file: str
    sheets: Mapping[str, Sheet] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def rows(self, sheet: str) -> tuple[Mapping[str, str], ...]:
        """The rows of a sheet, or none if there is no such sheet."""
        found = self.sheets.get(sheet)
        return () if found is None else found.rows

    @property
    def broken(self) -> bool:
        """Whether something could not be read as it was meant, so that converting the rest would mislead."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


_UNREAD = "close it in other programs, and see that you may read it"


def read_workbook(path: Path) -> Workbook:
    """Read a questionnaire's file. Raises nothing: mistakes are in `problems`."""
    try:
        content = read_regular_file(path)
        if len(content) > MAX_FILE_BYTES:
            raise UnreadableWorkbook(f"it is larger than {MAX_FILE_BYTES:,} bytes")
        found = _sheets_of(content) if path.suffix == ".xlsx" else read_tables(content)
    except StudyError as error:
        return Workbook(path.name, problems=error.problems)
    except OSError as error:
        return _no_workbook(path, f"it cannot be read ({error.strerror})", _UNREAD)
    except WorkbookTooLarge as error:
        place = f"{path.name}, {error.sheet}" if error.sheet else path.name
        return Workbook(path.name, problems=(Problem("FORM_048", place, str(error), error.remedy),))
    except UnreadableWorkbook as error:
        return _no_workbook(path, str(error), error.remedy)
    problems: list[Problem] = []
    sheets: dict[str, Sheet] = {}
    below: set[str] = set()
    for grid in found:
        name = _plain_name(grid, found)
        if name is None:
            continue
        if name in sheets:
            cause = f"there are two sheets named {name!r}"
            problems.append(Problem("FORM_034", f"{path.name}, {name}", cause, "put their rows into one"))
            continue
        lower = _lower_headings(name, grid)
        below |= set() if lower is None else {name}
        sheet, wrong = _sheet(path.name, name, grid) if lower is None else _headings_below(path.name, name, lower)
        sheets[name] = sheet
        problems += wrong
    names = tuple(grid.name for grid in found)
    problems += _of_survey(path.name, sheets, names, below="survey" in below)
    return Workbook(path.name, sheets, names, tuple(problems))


def _of_survey(file: str, sheets: Mapping[str, Sheet], names: Sequence[str], *, below: bool) -> Iterator[Problem]:
    """What is wrong with the survey itself. `below`: it was said that its headings do not stand in the first row."""
    survey = sheets.get("survey")
    if survey is None:
        cause = f"there is no sheet named survey; it has {', '.join(names) or 'none'}"
        yield Problem("FORM_034", file, cause, "name the sheet with the questions survey")
    elif not survey.rows and not below:
        yield Problem("FORM_034", f"{file}, survey", "the sheet has no rows", "write one row for each question")


def _no_workbook(path: Path, cause: str, remedy: str = NO_WORKBOOK_REMEDY) -> Workbook:
    return Workbook(path.name, problems=(Problem("FORM_032", path.name, cause, remedy),))


def _sheets_of(content: bytes) -> list[SheetGrid]:
    with pass_over_module("numpy"):  # as in the converter
        from kuule.forms.xlsform.xlsx_workbook import read_sheets  # slow to import (openpyxl), for spreadsheets only

    return read_sheets(content)


def _plain_name(grid: SheetGrid, grids: Sequence[SheetGrid]) -> str | None:
    """The plain name of a sheet, or None. The only sheet of a file is the survey, whatever it is called. Numbers writes
    "survey - Table 1" for a table of a sheet."""
    name = grid.name.strip().lower()
    if name in SHEET_NAMES:
        return name
    first, dash, _ = name.partition(" - ")
    if dash and first in SHEET_NAMES and all(one.name.strip().lower() != first for one in grids):
        return first
    return "survey" if len(grids) == 1 else None


def _lower_headings(name: str, grid: SheetGrid) -> int | None:
    """The number of the row in which the headings of a sheet stand, if rows stand above them; else None."""
    known = _FIRST_COLUMNS.get(name, frozenset())
    rows = [{cell.strip().lower() for cell in row} for row in (grid.header, *grid.rows[:_MOST_ABOVE])]
    if not known or grid.strict or known & rows[0]:
        return None
    return next((number for number, row in enumerate(rows, 1) if known & row and "name" in row), None)


def _headings_below(file: str, name: str, row: int) -> tuple[Sheet, list[Problem]]:
    cause = f"the headings stand in row {row}, and they are looked for in the first row"
    remedy = "take out what stands above them, or put it on another sheet"
    return Sheet(name, (), ()), [Problem("FORM_034", f"{file}, {name}, row {row}", cause, remedy)]


def _sheet(file: str, name: str, grid: SheetGrid) -> tuple[Sheet, list[Problem]]:
    place = f"{file}, {name}"
    header = [_ALIKE.sub(" ", _UNSEEN.sub("", heading).translate(_WIDE)).strip() for heading in grid.header]
    problems = [*_of_header(place, header), *_of_grid(place, grid)]
    rows: list[Mapping[str, str]] = []
    unread: dict[int, list[tuple[int, str]]] = {}
    for number, row in enumerate(grid.rows, 2):
        cells: dict[str, str] = {}
        for at, cell in enumerate(row):
            text = cell.strip()
            heading = header[at] if at < len(header) else ""
            if not text:
                continue
            if heading:
                cells.setdefault(heading, clean_cell(heading, text))
            elif grid.strict:
                problems.append(_cell_too_many(f"{place}, row {number}", text, header))
            else:
                unread.setdefault(at, []).append((number, text))
        rows.append(cells)
    problems += [_column_without_heading(place, at, found) for at, found in unread.items()]
    while rows and not rows[-1]:
        rows.pop()
    headings = tuple(dict.fromkeys(heading for heading in header if heading))
    return Sheet(name, headings, tuple(rows), grid.lines, tuple(header)), problems


def clean_cell(heading: str, text: str) -> str:
    """A cell without characters that are invisible and that no expression can have. Texts keep their kinds of
    spaces."""
    text = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if _TEXTS.match(heading.removeprefix("bind::").removeprefix("media::")):
        return unicodedata.normalize("NFC", text).strip()
    cell = _SPACES.sub(" ", _UNSEEN.sub("", text)).strip()
    return cell.translate(_WIDE).strip() if heading.lower() in _CODES else cell


def _of_header(place: str, header: Sequence[str]) -> Iterator[Problem]:
    for heading in dict.fromkeys(one for one in header if one):
        if header.count(heading) > 1:
            cause = f"the heading {heading!r} stands there {header.count(heading)} times"
            yield Problem("FORM_034", f"{place}, row 1", cause, "keep one of the columns, or name them apart")


def _of_grid(place: str, grid: SheetGrid) -> Iterator[Problem]:
    for row, cause, remedy, severity in grid.cell_problems:
        yield Problem("FORM_035", f"{place}, row {row}", cause, remedy, severity)


def _cell_too_many(place: str, text: str, header: Sequence[str]) -> Problem:
    """The problem of a cell that no heading is above, in Markdown, where an extra bar moves every cell behind it."""
    cause = f"the row has more cells than the table has headings ({len(header)}): {_shortened(text)!r}"
    return Problem("FORM_033", place, cause, r"take a bar out; a bar within a cell is written \|")


def _column_without_heading(place: str, at: int, found: Sequence[tuple[int, str]]) -> Problem:
    """The problem of a column in which somebody made notes, at the first of them."""
    row, text = found[0]
    more = f", and {len(found) - 1} more below it" if len(found) > 1 else ""
    cause = f"a cell has no heading above it and is not read: {_shortened(text)!r} (column {at + 1}){more}"
    remedy = "name the column, or move the note to another sheet"
    return Problem("FORM_033", f"{place}, row {row}", cause, remedy, Severity.WARNING)


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
