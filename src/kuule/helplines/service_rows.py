"""Reads the rows of a support file as services. Every wrong row is a Problem with its line."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date

from kuule.core.conflict_marks import CONFLICT_REMEDY, conflict_cause, conflict_line
from kuule.core.formula_escaping import CELL_START_PATTERN
from kuule.core.problems import Problem, StudyError
from kuule.helplines.service import (
    INTERNATIONAL,
    GenderServed,
    Service,
    ServiceKind,
    SourceTrust,
    read_audience,
    service_key,
)
from kuule.languages.cldr.tags import is_language_tag
from kuule.languages.cldr.territories import territory_names

SERVICE_COLUMNS = tuple(field.name for field in fields(Service))
HIDE_COLUMN = "hide"
"""A column of a study's file: `yes` hides the service with this country and name."""
HIDDEN_BY, HIDDEN_ON, HIDDEN_REASON = "hidden_by", "hidden_on", "hidden_reason"
HIDING_COLUMNS = (HIDE_COLUMN, HIDDEN_BY, HIDDEN_ON, HIDDEN_REASON)
"""The columns that a study's file may have beside those of a service. A hidden row goes into no edition, and so does
nothing that these say."""

_REQUIRED = ("country", "name", "kind")
_WEB = re.compile(r"https?://[^\s/?#@\\]+(?:[/?#]\S*)?")
"""No @ in the host: https://police.example@elsewhere.example leads elsewhere, and nobody sees it."""
_DIALLED = re.compile(r"\d")
_AT = re.compile("[@＠﹫]")
ROLE_EXAMPLE = 'a role, like "helpline coordinator"'
FORMULA_START = re.compile(
    rf"{CELL_START_PATTERN}(?P<sign>[=@＝＠﹦﹫]|[+\-＋－﹢﹣](?=[^\d\s(]|.*(?:\||[^\W\d_]\d*\(|!\$?[A-Za-z])))"
)
"""What a spreadsheet takes for a formula, when somebody opens the file with one. A number may begin with a plus, if it
does not go on with a function, a program or another sheet."""


def read_rows(
    content: str | bytes, name: str, *, default_trust: SourceTrust
) -> tuple[tuple[Service, ...], frozenset[tuple[str, str]]]:
    """The services of a CSV file, and the (country, name) pairs that it hides.

    Raises StudyError: STUDY_201 (not a CSV file with these columns), STUDY_202 (a value that does not fit), STUDY_203
    (no way to reach it), STUDY_204 (checked by nobody or on no day), STUDY_205 (twice), STUDY_208 (it says who hid it,
    and is not hidden).
    """
    rows, problems = _rows(content, name)
    read = [_read(row, default_trust) for row in rows]
    problems += [problem for one in read for problem in one.problems]
    problems += _twice(rows)
    if problems:
        raise StudyError(*problems)
    services = tuple(one.service for one in read if one.service is not None)
    hidden = frozenset(row.key for row in rows if row.hides)
    return services, hidden


def is_hidden(row: Mapping[str, str]) -> bool:
    """Whether the row of a study's file hides its service."""
    return row.get(HIDE_COLUMN, "").casefold() == "yes"


def is_role(by: str) -> bool:
    """Whether what says who checked or hid a service may be a role: an address is a person's, and many read it."""
    return not _AT.search(by)


def hiding_values(by: str, on: date, reason: str) -> dict[str, str]:
    """What such a row says of who hid its service, when and why, by column."""
    return {HIDE_COLUMN: "yes", HIDDEN_BY: by, HIDDEN_ON: on.isoformat(), HIDDEN_REASON: reason}


@dataclass(frozen=True, slots=True)
class _Row:
    place: str
    values: Mapping[str, str]

    def get(self, column: str) -> str:
        return self.values.get(column, "")

    @property
    def key(self) -> tuple[str, str]:
        return service_key(self.get("country"), self.get("name"))

    @property
    def hides(self) -> bool:
        return is_hidden(self.values)


@dataclass(frozen=True, slots=True)
class _Read:
    service: Service | None
    problems: tuple[Problem, ...]


def _rows(content: str | bytes, name: str) -> tuple[list[_Row], list[Problem]]:
    try:
        text = content if isinstance(content, str) else content.decode("utf-8-sig")
        marked = conflict_line(text, ruled=False)
        if marked:
            place = f"{name}, line {marked}"
            return [], [Problem("STUDY_201", place, conflict_cause(marked), CONFLICT_REMEDY)]
        reader = csv.DictReader(io.StringIO(text), strict=True)
        header = [column.strip() for column in reader.fieldnames or ()]
        reader.fieldnames = header
        rows = [_Row(f"{name}, line {reader.line_num}", _clean(row)) for row in reader]
    except (csv.Error, UnicodeDecodeError) as error:
        cause = f"this is not a CSV file in UTF-8 ({error})"
        return [], [Problem("STUDY_201", name, cause, "save it as CSV, UTF-8, with commas")]
    missing = [column for column in _REQUIRED if column not in header]
    strange = [column for column in header if column not in (*SERVICE_COLUMNS, *HIDING_COLUMNS)]
    problems = [_column(name, "is missing", column) for column in missing]
    problems += [_column(name, "is not known", column) for column in strange]
    return ([] if problems else rows), problems


def _clean(row: Mapping[str | None, str | list[str] | None]) -> dict[str, str]:
    """The cells as text. Cells beyond the header have the key None; they count as a value that does not fit."""
    return {key or "": value.strip() for key, value in row.items() if isinstance(value, str)} | (
        {"": "more"} if None in row else {}
    )


def _column(name: str, what: str, column: str) -> Problem:
    remedy = f"use: {', '.join((*SERVICE_COLUMNS, *HIDING_COLUMNS))}"
    return Problem("STUDY_201", f"{name}, line 1", f"the column {column!r} {what}", remedy)


def _read(row: _Row, default_trust: SourceTrust) -> _Read:
    problems = [*_misfits(row), *_unreachable(row), *_half_checked(row), *_half_hidden(row)]
    if problems or row.hides:
        return _Read(None, tuple(problems))
    audience, free_words = read_audience(row.get("audience"))
    return _Read(
        Service(
            country=row.get("country"),
            name=row.get("name"),
            kind=ServiceKind(row.get("kind")),
            audience=audience,
            phone=row.get("phone"),
            url=row.get("url"),
            languages=tuple(row.get("languages").split()),
            hours=row.get("hours"),
            source=row.get("source"),
            source_date=_date(row.get("source_date")),
            trust=SourceTrust(row.get("trust")) if row.get("trust") else default_trust,
            checked_by=row.get("checked_by"),
            checked_on=_date(row.get("checked_on")),
            note=row.get("note"),
            gender=GenderServed(row.get("gender")),
            audience_note="; ".join(filter(None, (free_words, row.get("audience_note")))),
        ),
        (),
    )


def _is_country(code: str) -> bool:
    return code == INTERNATIONAL or code in territory_names("en")


def _is_date(text: str) -> bool:
    try:
        _date(text)
    except ValueError:
        return False
    return True


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


_EXPECTED: dict[str, tuple[Callable[[str], bool], str]] = {
    "country": (_is_country, "an ISO 3166-1 code in capitals, or ZZ for everywhere"),
    "name": (bool, "the service's name"),
    "kind": (lambda text: text in set(ServiceKind), f"one of {', '.join(ServiceKind)}"),
    "url": (
        lambda text: not text or bool(_WEB.fullmatch(text)),
        "an address that begins with https://, and no name before an @",
    ),
    "languages": (
        lambda text: all(map(is_language_tag, text.split())),
        'language tags with spaces between, like "sv fi"',
    ),
    "source_date": (_is_date, "a day like 2026-11-24"),
    "checked_on": (_is_date, "a day like 2026-11-24"),
    "gender": (
        lambda text: text in set(GenderServed),
        f"one of {', '.join(filter(None, GenderServed))}, or empty where it is not known",
    ),
    "trust": (lambda text: not text or text in set(SourceTrust), f"one of {', '.join(SourceTrust)}, or empty"),
    "checked_by": (is_role, f"{ROLE_EXAMPLE}, and no address: many read it"),
    HIDDEN_BY: (is_role, f"{ROLE_EXAMPLE}, and no address: many read it"),
    HIDDEN_ON: (_is_date, "a day like 2026-11-24"),
    HIDE_COLUMN: (lambda text: text.casefold() in {"", "yes", "no"}, "yes, or empty"),
}
"""For each column, a function that says whether a value is valid, and what to write instead. A row that hides a service
needs no kind."""
_FREE_TEXT = frozenset({"name", "checked_by", HIDDEN_BY})
"""Columns of free text that have such a function too."""


def unfit_columns(values: Mapping[str, str], *, today: date) -> frozenset[str]:
    """The columns of one row whose values do not fit. `phone` stands for a row that says no way to reach the service,
    `checked_by` for one that says who checked it or when and not both; a check on a day that is still to come does not
    fit either."""
    row = _Row("", values)
    unfit = {column for column, (fits, _) in _EXPECTED.items() if not fits(row.get(column))}
    unfit |= _formula_columns(row)
    if _unreachable(row):
        unfit.add("phone")
    if _half_checked(row):
        unfit.add("checked_by")
    if "checked_on" not in unfit and (day := _date(row.get("checked_on"))) and day > today:
        unfit.add("checked_on")
    return frozenset(unfit)


def _formula_columns(row: _Row) -> set[str]:
    """Columns of free text with what a spreadsheet takes for a formula."""
    free = (column for column in row.values if column in _FREE_TEXT or column not in _EXPECTED)
    return {column for column in free if FORMULA_START.search(row.get(column))}


def _misfits(row: _Row) -> list[Problem]:
    problems = [
        Problem("STUDY_202", row.place, f"{column} is {row.get(column)!r}", f"write {remedy}")
        for column, (fits, remedy) in _EXPECTED.items()
        if not fits(row.get(column)) and not (column == "kind" and row.hides)
    ]
    problems += [
        Problem(
            "STUDY_202",
            row.place,
            f"{column} is {row.get(column)!r}, which a spreadsheet takes for a formula",
            "let it begin with a word",
        )
        for column in sorted(_formula_columns(row))
    ]
    if "" in row.values:
        problems.append(
            Problem("STUDY_202", row.place, "the row has more cells than the header", "quote texts with commas")
        )
    return problems


def _unreachable(row: _Row) -> list[Problem]:
    if row.hides or row.get("url") or _DIALLED.search(row.get("phone")):
        return []
    cause = f"{row.get('name')!r} has neither a number nor an address"
    return [Problem("STUDY_203", row.place, cause, "give a phone number or a url, or take the row out")]


def _half_checked(row: _Row) -> list[Problem]:
    if bool(row.get("checked_by")) == bool(row.get("checked_on")):
        return []
    remedy = "say both: the role of the person who checked it, and the day"
    return [Problem("STUDY_204", row.place, "only one of checked_by and checked_on is filled in", remedy)]


def _half_hidden(row: _Row) -> list[Problem]:
    """A row that lost its `yes` and still says who hid it is not shown by mistake."""
    said = [bool(row.get(column)) for column in (HIDDEN_BY, HIDDEN_ON)]
    if not any(row.get(column) for column in HIDING_COLUMNS[1:]) or (row.hides and said[0] == said[1]):
        return []
    cause = f"{row.get('name')!r} says who hid it, when or why, and not all of it"
    remedy = f"write yes into {HIDE_COLUMN}, with {HIDDEN_BY} and {HIDDEN_ON}; `kuule support check` shows it again"
    return [Problem("STUDY_208", row.place, cause, remedy)]


def _twice(rows: list[_Row]) -> list[Problem]:
    counts = Counter(row.key for row in rows)
    return [
        Problem("STUDY_205", row.place, f"{row.get('name')!r} stands more than once", "keep one row of it")
        for row in rows
        if counts[row.key] > 1
    ]
