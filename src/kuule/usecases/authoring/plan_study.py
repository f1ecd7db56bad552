"""The days of a study, and a file of them for calendar programs."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from kuule.core.files import write_atomically
from kuule.planning.study_calendar import calendar_bytes
from kuule.planning.study_days import StudyDays, read_study_days


def plan_study(study: Path, *, now: datetime, to: Path | None = None) -> StudyDays:
    """The days of a study. With `to` they are written there as iCalendar, in the place of an earlier file. Raises
    StudyError if study.toml cannot be read, and OSError."""
    found = read_study_days(study)
    if to is not None:
        write_atomically(to, calendar_bytes(found, now))
    return found
