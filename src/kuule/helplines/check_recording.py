"""Records that a person checked a service: its row is added to the study's support.csv, or updated there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from kuule.core.problems import Problem, StudyError
from kuule.helplines.service_rows import HIDDEN_ON, HIDING_COLUMNS, is_hidden
from kuule.helplines.support_file import SUPPORT_FILE, check_said, read_support_rows


def write_service_check(
    study: Path, *, country: str, name: str, by: str, on: date, today: date, changes: Mapping[str, str] | None = None
) -> bool:
    """Record that `by` (a role) checked a service on a day, and what had changed (`changes`, by column). Whether it was
    hidden before.

    A row of the built-in directory is copied into the study's file first; a row that was hidden is shown again.
    Raises StudyError: STUDY_206 (no such service), STUDY_207 (a day in the future, no role, or an address in
    its place), STUDY_209 (a check from before the service was hidden), and whatever `read_rows` raises.
    """
    check_said(by, on, today, done="checked")
    file = read_support_rows(study)
    found = file.find_or_copy(country, name)
    hidden_on = found.get(HIDDEN_ON, "")
    if hidden_on and on < date.fromisoformat(hidden_on):
        cause = f"{name!r} was hidden on {hidden_on}, after this check of {on}"
        raise StudyError(Problem("STUDY_209", SUPPORT_FILE, cause, "check it again, and give the day of that"))
    found |= {"checked_by": by, "checked_on": on.isoformat(), **(changes or {})}
    was_hidden = is_hidden(found)
    for column in HIDING_COLUMNS:
        found.pop(column, None)
    file.write()
    return was_hidden
