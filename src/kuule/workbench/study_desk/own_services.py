"""The services that a study adds to the directory, one by one: its file support.csv, of which a single row changes and
every other line stays to the byte."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kuule.core.problems import Problem, StudyError
from kuule.helplines.service import SourceTrust, service_key
from kuule.helplines.service_rows import FORMULA_START, HIDING_COLUMNS, SERVICE_COLUMNS, is_hidden, read_rows
from kuule.languages.checks.contact_checks.invisible_characters import remove_turning_characters
from kuule.workbench.study_desk.text_files import TextFile

LONGEST_VALUE = 500
_DIGITS = 16
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class OwnService:
    """A row of the file: its values by column, and which lines it is in, the first and the one after the last."""

    values: Mapping[str, str]
    lines: tuple[int, int]

    @property
    def country(self) -> str:
        return self.values.get("country", "")

    @property
    def name(self) -> str:
        return self.values.get("name", "")

    @property
    def hides(self) -> bool:
        """Whether it is not shown."""
        return is_hidden(self.values)

    @property
    def digest(self) -> str:
        """What names the row as it is now."""
        return hashlib.sha256(repr(sorted(self.values.items())).encode()).hexdigest()[:_DIGITS]

    def is_called(self, country: str, name: str) -> bool:
        return service_key(self.country, self.name) == service_key(country, name)


@dataclass(frozen=True, slots=True)
class OwnServices:
    """The file: its columns in their order, its rows, and its lines with their ends."""

    columns: tuple[str, ...]
    rows: tuple[OwnService, ...]
    lines: tuple[str, ...]

    def find(self, country: str, name: str) -> OwnService | None:
        """The row of this country and name."""
        return next((one for one in self.rows if one.is_called(country, name)), None)

    def with_row(self, row: OwnService | None, values: Mapping[str, str]) -> str:
        """The text of the file with these values in the place of a row, or after the last. A column that the file lacks
        is added to its first line; a row that is shorter than that line is whole."""
        added = [one for one in (*SERVICE_COLUMNS, *HIDING_COLUMNS) if values.get(one) and one not in self.columns]
        columns = [*self.columns, *added]
        written = _line([values.get(one, "") for one in columns])
        head = _line(columns) if added else "".join(self.lines[:1])
        start, end = row.lines if row else (len(self.lines), len(self.lines))
        before = "".join(self.lines[1:start])
        if before and not before.endswith("\n"):
            before += "\n"
        return (head if head.endswith("\n") else f"{head}\n") + before + written + "".join(self.lines[end:])

    def without_row(self, row: OwnService) -> str:
        """The text of the file without a row."""
        start, end = row.lines
        return "".join((*self.lines[:start], *self.lines[end:]))


def read_own_services(text: str) -> OwnServices:
    """The rows of support.csv, whatever is in them; an empty text has none. Raises StudyError with what is wrong in the
    file, if its rows cannot be told apart or have columns that are not known."""
    if not text.strip():
        text = _line(SERVICE_COLUMNS)
    try:
        read_rows(text, TextFile.HELP, default_trust=SourceTrust.STUDY)
    except StudyError as error:
        if unreadable := [one for one in error.problems if one.code == "STUDY_201"]:
            raise StudyError(*unreadable) from None
    lines = tuple(io.StringIO(text, newline="\n"))
    reader = csv.reader(lines, strict=True)
    columns = tuple(one.strip() for one in next(reader))
    rows, start = [], reader.line_num
    for cells in reader:
        if cells:
            values = {column: cell.strip() for column, cell in zip(columns, cells, strict=False)}
            rows.append(OwnService(values, (start, reader.line_num)))
        start = reader.line_num
    return OwnServices(columns, tuple(rows), lines)


def row_problems(text: str) -> tuple[Problem, ...]:
    """What is wrong in the rows of the file."""
    try:
        read_rows(text, TextFile.HELP, default_trust=SourceTrust.STUDY)
    except StudyError as error:
        return error.problems
    return ()


def plain_value(typed: str) -> str:
    """What somebody typed, as one line without control characters, without those that turn the direction of a text, and
    without signs that make a formula of it for a spreadsheet."""
    value = " ".join(_CONTROLS.sub(" ", remove_turning_characters(typed)).split())
    while found := FORMULA_START.search(value):
        value = f"{value[: found.start('sign')]}{value[found.end('sign') :].lstrip()}"
    return value


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()
