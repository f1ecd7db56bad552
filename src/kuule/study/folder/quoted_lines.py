"""Finds the line of a study's file that a problem is about, so that it can be shown as its author wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from kuule.core.problems import Excerpt, Problem, StudyError
from kuule.core.regular_files import read_regular_text
from kuule.forms.xlsform.workbook import Sheet, Workbook
from kuule.study.folder.folder_reading import FolderReading
from kuule.study.folder.questionnaire import plain_column
from kuule.study.settings.toml_lines import key_lines

_TOML_FILES = ("study.toml", "rehearsal.toml", "analysis.toml")
_LINED_FILES = ("report.md", "support.csv", "glossary.csv")
_QUOTED = re.compile(r"'([^']+)'|\$\{[^}]*\}|([\w:-]+)\(\)")
"""What a cause quotes: a value, a reference, a function."""


def quote_lines(problems: Iterable[Problem], gathered: FolderReading) -> list[Problem]:
    """The problems, each with its line if the file has lines and the place names one."""
    found = list(problems)
    if not found:
        return found
    lines = dict(_lines(gathered))
    return [_quoted(problem, _line_of(problem.place, lines)) for problem in found]


def _line_of(place: str, lines: Mapping[str, Excerpt]) -> Excerpt | None:
    """The line of a place; of a key of TOML that has no line of its own, that of the table around it."""
    file, _, name = place.partition(", ")
    while place not in lines and file in _TOML_FILES and "." in name:
        name = name.rpartition(".")[0]
        place = f"{file}, {name}"
    return lines.get(place)


def _quoted(problem: Problem, line: Excerpt | None) -> Problem:
    if line is None or (problem.excerpt is not None and problem.excerpt.line):
        return problem
    return replace(problem, excerpt=_marked(problem, line))


def _marked(problem: Problem, line: Excerpt) -> Excerpt:
    """The line, with what is wrong in it marked: a part of an expression, what the cause quotes, or the cell."""
    known = problem.excerpt
    at = line.text.find(known.text, line.start) if known is not None else -1
    if known is not None and at >= 0:
        return replace(line, start=at + known.start, end=at + known.end)
    for match in _QUOTED.finditer(problem.cause):
        word = match[1] or match[2] or match[0]
        at = line.text.find(word, line.start)
        if at >= 0:
            return replace(line, start=at, end=at + len(word))
    return line


def _lines(gathered: FolderReading) -> Iterator[tuple[str, Excerpt]]:
    """Each place that means a line, with that line."""
    if gathered.xlsform is not None:
        yield from _of_workbook(gathered.xlsform.workbook)
    for name in _TOML_FILES:
        yield from _of_toml(gathered.path / name, name)
    for name in _LINED_FILES:
        yield from _of_file(gathered.path / name, name)
    for tag in gathered.settings.languages if gathered.settings is not None else ():
        if tag not in gathered.catalogues:
            yield from _of_file(gathered.path / "languages" / f"{tag}.po", f"languages/{tag}.po")


def _of_workbook(workbook: Workbook) -> Iterator[tuple[str, Excerpt]]:
    for name, sheet in workbook.sheets.items():
        yield from _of_sheet(f"{workbook.file}, {name}", sheet)


def _of_sheet(place: str, sheet: Sheet) -> Iterator[tuple[str, Excerpt]]:
    columns = [plain_column(column) for column in sheet.columns]
    for row, line in enumerate(sheet.lines, start=1):
        yield f"{place}, row {row}", Excerpt(line.text, line.number)
        for column, (start, end) in zip(columns, line.cells, strict=False):  # a row may be shorter than its heading
            yield f"{place}, row {row}, {column}", Excerpt(line.text, line.number, start, end)


def _of_toml(path: Path, name: str) -> Iterator[tuple[str, Excerpt]]:
    for key, line in key_lines(_text(path)).items():
        yield f"{name}, {key}", line


def _of_file(path: Path, name: str) -> Iterator[tuple[str, Excerpt]]:
    for number, line in enumerate(_text(path).splitlines(), start=1):
        yield f"{name}, line {number}", Excerpt(line, number)


def _text(path: Path) -> str:
    """The text of a file; "" where it cannot be read, which another problem says."""
    try:
        return read_regular_text(path, "utf-8-sig")
    except (OSError, StudyError, UnicodeDecodeError):
        return ""
