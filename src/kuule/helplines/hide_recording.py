"""Records that a person found a service wrong, gone, or not willing to be named: its row in the study's support.csv is
hidden. What the row says of the service, and who checked it before, stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kuule.helplines.service_rows import HIDDEN_BY, HIDDEN_ON, HIDDEN_REASON, hiding_values, is_hidden
from kuule.helplines.support_file import check_said, read_support_rows


@dataclass(frozen=True, slots=True)
class HiddenService:
    """A service that a study hides. `by` (a role), `on` and `reason` are empty where the row was written by hand."""

    country: str
    name: str
    kind: str = ""
    by: str = ""
    on: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ServiceHiding:
    """What became of a row: the service as it is hidden now, how it was reached, and whether that is new."""

    service: HiddenService
    phone: str
    languages: tuple[str, ...]
    is_new: bool


def write_service_hiding(
    study: Path, *, country: str, name: str, by: str, reason: str, on: date, today: date
) -> ServiceHiding:
    """Record that `by` (a role) hid a service on a day. Of a service that is hidden already nothing changes.

    A row of the built-in directory is copied into the study's file first. Raises StudyError: STUDY_206 (no such
    service), STUDY_207 (a day in the future, or no role), and whatever `read_rows` raises.
    """
    check_said(by, on, today, done="hidden")
    file = read_support_rows(study)
    found = file.find_or_copy(country, name)
    is_new = not is_hidden(found)
    if is_new:
        found |= hiding_values(by.strip(), on, reason.strip())
        file.write()
    return ServiceHiding(_hidden(found), found.get("phone", ""), tuple(found.get("languages", "").split()), is_new)


def hidden_services(rows: Iterable[Mapping[str, str]]) -> tuple[HiddenService, ...]:
    """The services that rows of a support.csv hide, in their order."""
    return tuple(_hidden(row) for row in rows if is_hidden(row))


def _hidden(row: Mapping[str, str]) -> HiddenService:
    on = row.get(HIDDEN_ON, "")
    day = date.fromisoformat(on) if on else None
    return HiddenService(
        row["country"], row["name"], row.get("kind", ""), row.get(HIDDEN_BY, ""), day, row.get(HIDDEN_REASON, "")
    )
