"""Records that a person checked a service: its row is added to the study's support.csv, or updated there."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from kuule.core.files import write_atomically
from kuule.core.problems import Problem, StudyError
from kuule.helplines.directory import built_in_directory
from kuule.helplines.service import SourceTrust, service_key
from kuule.helplines.service_json import service_to_json
from kuule.helplines.service_rows import HIDE_COLUMN, SERVICE_COLUMNS, read_rows

SUPPORT_FILE = "support.csv"


def write_service_check(
    study: Path, *, country: str, name: str, by: str, on: date, today: date, changes: Mapping[str, str] | None = None
) -> None:
    """Record that `by` (a role) checked a service on a day, and what had changed (`changes`, by column).

    A row of the built-in directory is copied into the study's file first; a row that was marked `hide` is shown again.
    Raises StudyError: STUDY_206 (no such service), STUDY_207 (a day in the future, no role, or an address
    in its place), and whatever `read_rows` raises.
    """
    _check_said(by, on, today)
    path = study / SUPPORT_FILE
    rows, hides = _rows(path)
    wanted = service_key(country, name)
    found = next((row for row in rows if service_key(row["country"], row["name"]) == wanted), None)
    if found is None:
        found = _built_in_row(country, name)
        rows.append(found)
    found |= {"checked_by": by, "checked_on": on.isoformat(), **(changes or {})}
    found.pop(HIDE_COLUMN, None)
    _write(path, rows, hides)


def _check_said(by: str, on: date, today: date) -> None:
    if not by.strip():
        problem = Problem(
            "STUDY_207", SUPPORT_FILE, "nobody is named as having checked it", "give the role of the person"
        )
        raise StudyError(problem)
    if "@" in by:
        cause, remedy = f"{by!r} is an address, and many read who checked", 'give a role, like "helpline coordinator"'
        raise StudyError(Problem("STUDY_207", SUPPORT_FILE, cause, remedy))
    if on > today:
        raise StudyError(
            Problem("STUDY_207", SUPPORT_FILE, f"{on} is still to come", "give the day on which it was checked")
        )


def _rows(path: Path) -> tuple[list[dict[str, str]], bool]:
    """The rows of the file, and whether it has a column for hiding. A file that does not exist has no rows."""
    if not path.exists():
        return [], False
    content = path.read_bytes()
    read_rows(content, path.name, default_trust=SourceTrust.STUDY)
    reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    header = [column.strip() for column in reader.fieldnames or ()]
    reader.fieldnames = header
    return [{column: (value or "").strip() for column, value in row.items()} for row in reader], HIDE_COLUMN in header


def _built_in_row(country: str, name: str) -> dict[str, str]:
    for service in built_in_directory().services:
        if service_key(service.country, service.name) == service_key(country, name):
            row = service_to_json(service)
            return {column: _cell(row[column]) for column in SERVICE_COLUMNS}
    cause = f"there is no service {name!r} in {country}, here or in the built-in directory"
    remedy = "give country and name as `kuule support list` prints them, or write the row into support.csv first"
    raise StudyError(Problem("STUDY_206", SUPPORT_FILE, cause, remedy))


def _cell(value: object) -> str:
    return " ".join(value) if isinstance(value, list) else str(value)


def _write(path: Path, rows: list[dict[str, str]], hides: bool) -> None:
    """Write the rows whole or not at all, and only if they can be read back."""
    text = io.StringIO(newline="")
    columns = (*SERVICE_COLUMNS, HIDE_COLUMN) if hides else SERVICE_COLUMNS
    writer = csv.DictWriter(text, columns, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    read_rows(text.getvalue(), path.name, default_trust=SourceTrust.STUDY)
    write_atomically(path, text.getvalue().encode("utf-8"))
