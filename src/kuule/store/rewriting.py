"""Rewriting the database, so that the file tells neither the order in which rows came nor what was deleted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.db import connection

from kuule.errors import StoreError
from kuule.store.database import place
from kuule.store.failures import failures_said
from kuule.store.recognition import check_is_ours

DAY = 24 * 3600.0
"""Seconds between rewritings of a collector that keeps running."""
_AGAIN = 3600.0
"""Seconds until the next attempt, where one could not be made."""


def rewrite() -> None:
    """Write every page anew in the order of the random row ids; pages without rows go. Raises StoreError.

    Needs as much free room again as the file has, for as long as it takes; on a full disk the file stays as it was.
    Called before each archive, when a collector starts and stops, and daily.
    """
    check_is_ours(Path(place()))
    with failures_said(place()), connection.cursor() as cursor:
        cursor.execute("VACUUM")


def keep_rewriting(
    *, clock: Callable[[], float], wait: Callable[[float], bool], unable: Callable[[StoreError], None]
) -> None:
    """Rewrite daily until told to stop. Made for a thread of its own.

    `clock` gives seconds that only grow (`time.monotonic`); `wait` waits so many seconds and is true when it is time to
    stop (`threading.Event().wait`); `unable` hears of a rewriting that could not be made; it is tried again in an hour.
    """
    due = clock() + DAY
    while not wait(max(0.0, due - clock())):
        if clock() < due:
            continue
        try:
            rewrite()
        except StoreError as error:
            unable(error)
            due = clock() + _AGAIN
        else:
            due = clock() + DAY
        finally:
            connection.close()
