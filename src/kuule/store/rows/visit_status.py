"""Whether a visit is open, sent or ended. Each page asks this before it shows an answer."""

from __future__ import annotations

from enum import Enum

from django.db.backends.utils import CursorWrapper

from kuule.store.transactions.try_read import try_read


class VisitStatus(Enum):
    """What the store knows about a row id."""

    OPEN = "open"
    """Nothing is stored: a response may still be sent under this id."""
    SENT = "sent"
    ENDED = "ended"
    """The response was withdrawn, or the visit was ended before anything was sent."""


def visit_status(row_id: int) -> VisitStatus | None:
    """The status of a row id, from two reads of a primary key; None if the store does not answer at once."""
    query = (
        "SELECT EXISTS (SELECT 1 FROM store_withdrawal WHERE row_id = %s),"
        " EXISTS (SELECT 1 FROM store_response WHERE row_id = %s)"
    )

    def find(cursor: CursorWrapper) -> VisitStatus:
        cursor.execute(query, (row_id, row_id))
        ended, sent = cursor.fetchone()
        if ended:
            return VisitStatus.ENDED
        return VisitStatus.SENT if sent else VisitStatus.OPEN

    return try_read(find)
