"""A study's support.csv as its rows are written: found by country and name, copied from the built-in directory, and
written whole or not at all."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kuule.core.files import write_atomically
from kuule.core.problems import Problem, StudyError
from kuule.core.regular_files import is_named_in_folder, read_regular_file
from kuule.helplines.directory import built_in_directory
from kuule.helplines.near_services import suggest_services
from kuule.helplines.service import SourceTrust, service_key
from kuule.helplines.service_json import service_to_json
from kuule.helplines.service_rows import HIDING_COLUMNS, ROLE_EXAMPLE, SERVICE_COLUMNS, is_hidden, is_role, read_rows

SUPPORT_FILE = "support.csv"


@dataclass(frozen=True, slots=True)
class SupportFile:
    """The rows of the file, by column, in their order, and which of the columns for hiding it has."""

    path: Path
    rows: list[dict[str, str]]
    hiding: frozenset[str] = frozenset()

    def find(self, country: str, name: str) -> dict[str, str] | None:
        """The row of this country and name."""
        wanted = service_key(country, name)
        return next((row for row in self.rows if service_key(row["country"], row["name"]) == wanted), None)

    def find_or_copy(self, country: str, name: str) -> dict[str, str]:
        """The row of this country and name; where the file has none, that of the built-in directory is added to it. A
        row that only hides a service, without a way to reach it, is filled from there.

        Raises StudyError STUDY_206 if there is no such service.
        """
        found = self.find(country, name)
        if found is not None:
            found |= filled_row(found)
            return found
        copied = built_in_row(country, name)
        if copied is None:
            raise StudyError(_no_such_service(country, name, self.rows))
        self.rows.append(copied)
        return copied

    def write(self) -> None:
        """Write the rows whole or not at all, and only if they can be read back. Raises what `read_rows` raises."""
        text = io.StringIO(newline="")
        used = [one for one in HIDING_COLUMNS if one in self.hiding or any(row.get(one) for row in self.rows)]
        writer = csv.DictWriter(text, (*SERVICE_COLUMNS, *used), restval="", extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(self.rows)
        read_rows(text.getvalue(), self.path.name, default_trust=SourceTrust.STUDY)
        write_atomically(self.path, text.getvalue().encode("utf-8"))


def read_support_rows(study: Path) -> SupportFile:
    """The file of a study; one that does not exist has no rows. Raises what `read_rows` raises."""
    path = study / SUPPORT_FILE
    if not is_named_in_folder(path):
        return SupportFile(path, [])
    content = read_regular_file(path)
    read_rows(content, path.name, default_trust=SourceTrust.STUDY)
    reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    header = [column.strip() for column in reader.fieldnames or ()]
    reader.fieldnames = header
    rows = [{column: (value or "").strip() for column, value in row.items()} for row in reader]
    return SupportFile(path, rows, frozenset(header) & frozenset(HIDING_COLUMNS))


def check_said(by: str, on: date, today: date, *, done: str) -> None:
    """Refuse what nobody did, or on a day that is still to come. `done`: what the person did, as "checked".

    Raises StudyError STUDY_207.
    """
    if not by.strip():
        cause = f"nobody is named as having {done} it"
        raise StudyError(Problem("STUDY_207", SUPPORT_FILE, cause, "give the role of the person"))
    if not is_role(by):
        cause = f"{by!r} is an address, and many read who {done} it"
        raise StudyError(Problem("STUDY_207", SUPPORT_FILE, cause, f"give {ROLE_EXAMPLE}"))
    if on > today:
        remedy = f"give the day on which it was {done}"
        raise StudyError(Problem("STUDY_207", SUPPORT_FILE, f"{on} is still to come", remedy))


def filled_row(row: Mapping[str, str]) -> dict[str, str]:
    """The row; one that only hides a service, without what it is or how it is reached, with what the built-in directory
    has of it."""
    if not is_hidden(row) or (row.get("kind") and (row.get("phone") or row.get("url"))):
        return {**row}
    return {**(built_in_row(row["country"], row["name"]) or {}), **{key: value for key, value in row.items() if value}}


def built_in_row(country: str, name: str) -> dict[str, str] | None:
    """A service of the built-in directory as a row of the file; None if it has none of this country and name."""
    wanted = service_key(country, name)
    services = built_in_directory().services
    found = next((one for one in services if service_key(one.country, one.name) == wanted), None)
    if found is None:
        return None
    written = service_to_json(found)
    return {column: _cell(written[column]) for column in SERVICE_COLUMNS}


def _cell(value: object) -> str:
    return " ".join(value) if isinstance(value, list) else str(value)


def _no_such_service(country: str, name: str, rows: Iterable[Mapping[str, str]]) -> Problem:
    own = [(row["country"], row["name"]) for row in rows]
    known = dict.fromkeys([*own, *((one.country, one.name) for one in built_in_directory().services)])
    cause = f"there is no service {name!r} in {country}, here or in the built-in directory"
    otherwise = "give country and name as `kuule support list` prints them, or write the row into support.csv first"
    return Problem("STUDY_206", SUPPORT_FILE, cause, suggest_services(country, name, known, otherwise))
