"""Turns pyxform's messages into Problems: the words in one line, with the sheet and the row that they are about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from kuule.core.problems import Problem, Severity

_ROW = re.compile(r"\[row ?: ?(\d+)\]\s*")
_NEXT = re.compile(r"\n+(?=\[row ?: ?\d+\])")
_SHEET = re.compile(
    r"\b(?P<first>survey|choices|settings|entities|osm|external_choices)\b(?:'|\") (?:sheet|worksheet)"
    r"|[Oo]n the '(?P<on>\w+)' sheet|sheet: '(?P<of>\w+)'"
)
_HEADINGS = re.compile(r"\b(?:headers?|column)\b", re.IGNORECASE)
_QUOTED = re.compile(r"'([^']+)'")
_SPACES = re.compile(r"\s+")


class _Row(Protocol):
    @property
    def row(self) -> int: ...
    @property
    def type(self) -> str: ...
    @property
    def name(self) -> str: ...


def problem_from_message(code: str, file: str, message: str, rows: Sequence[_Row]) -> Problem:
    """The problem of one message. `rows` are those of the survey: a message without a row names a question or type in
    quotes."""
    cause, _, remedy = join_lines(_ROW.sub("", message)).partition(". ")
    severity = Severity.WARNING if code == "FORM_031" else Severity.ERROR
    place = f"{file}{_place(message, rows)}"
    return Problem(code, place, cause.rstrip("."), remedy.rstrip(".") or "mend this row", severity)


def problems_from_message(code: str, file: str, message: str, rows: Sequence[_Row]) -> tuple[Problem, ...]:
    """The problems of a message that reports several mistakes, each with its row."""
    return tuple(problem_from_message(code, file, one, rows) for one in _NEXT.split(message))


def join_lines(message: str) -> str:
    """The message of another program in one line."""
    return _SPACES.sub(" ", message).strip()


def _place(message: str, rows: Sequence[_Row]) -> str:
    row, sheet = _ROW.search(message), _SHEET.search(message)
    named = next((group for group in sheet.groups() if group), "survey") if sheet is not None else ""
    if row is not None:
        return f", {named or 'survey'}, row {row.group(1)}"
    quoted = [word for word in _QUOTED.findall(message) if word != named]
    number = next((one.row for word in quoted for one in rows if word in (one.name, one.type)), None)
    if number is not None and named in ("", "survey"):
        return f", survey, row {number}"
    if named and _HEADINGS.search(message):
        return f", {named}, row 1"
    return f", {named}" if named else ""
