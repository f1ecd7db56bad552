"""The days of a study, and a file of them for calendar programs."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from kuule.core.files import write_atomically
from kuule.core.problems import KuuleError, Problem
from kuule.planning.study_calendar import calendar_bytes
from kuule.planning.study_days import StudyDays, read_study_days

_BEGIN = b"BEGIN:VCALENDAR"


def plan_study(study: Path, *, now: datetime, to: Path | None = None) -> StudyDays:
    """The days of a study. With `to` they are written there as iCalendar, in the place of an earlier file. Raises
    StudyError if study.toml cannot be read, KuuleError CLI_031 where another file is there, and OSError."""
    found = read_study_days(study)
    if to is not None:
        _check_is_calendar(to)
        write_atomically(to, calendar_bytes(found, now))
    return found


def _check_is_calendar(path: Path) -> None:
    if path.is_file():
        with path.open("rb") as file:
            if file.read(len(_BEGIN)) != _BEGIN:
                cause = "something else than a calendar is here, and would be lost"
                raise KuuleError(Problem("CLI_031", str(path), cause, "give another file; nothing was written"))
