"""Days at fixed distances: a look at the sheets of the key, a backup that is restored to see that it can be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kuule.planning.study_day import StudyDay

_SHEETS_EVERY = timedelta(days=182)
_BACKUP_EVERY = timedelta(days=91)
_UNKNOWN_LENGTH = timedelta(days=365)
_MOST = 24


def custody_days(opens: date | None, last_answers: date | None, key_until: date | None) -> Iterator[StudyDay]:
    """From the opening: backups are rehearsed until the last answers are in an archive, sheets looked at until the key
    may be destroyed; a year of each where no end is known, and twelve years at most."""
    if opens is None:
        return
    for number, day in _every(_SHEETS_EVERY, opens, key_until):
        yield StudyDay(
            f"sheets-{number}",
            day,
            "Look at the sheets of the key",
            "Each holder looks at their own envelope: is it there, closed, signed over the flap? Nobody opens one."
            " Write the day into the record of the ceremony."
            " If one is missing: docs/how-to/lost-sheet.md, the same day.",
            ("kuule keys show KEY",),
        )
    for number, day in _every(_BACKUP_EVERY, opens, last_answers):
        yield StudyDay(
            f"backup-{number}",
            day,
            "Rehearse a backup",
            "Restore the newest backup on another machine, with the sheets of the backup's key, and see that it says"
            " what it should.",
            ("kuule restore BACKUPS --share -",),
        )


def _every(step: timedelta, first: date, last: date | None) -> Iterator[tuple[int, date]]:
    end = last or first + _UNKNOWN_LENGTH
    for number in range(1, _MOST + 1):
        if (day := first + number * step) > end:
            return
        yield number, day
