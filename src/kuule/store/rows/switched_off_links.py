"""Partners' links that are switched off. The table has no day and no name: a code is in it or not.

The id of a row is made from its code, so that it does not reveal which link was switched off first.
"""

from __future__ import annotations

from django.db.backends.utils import CursorWrapper

from kuule.store.rows.counters import CounterKind, PartnerCounter
from kuule.store.transactions.readers import read
from kuule.store.transactions.try_read import try_read
from kuule.store.transactions.writer import write

_OFF = "INSERT INTO store_switchedoff (link_id, code) VALUES (%s, %s) ON CONFLICT (link_id) DO NOTHING"
_ON = "DELETE FROM store_switchedoff WHERE link_id = %s"


def switch_link(code: str, *, on: bool) -> None:
    """Switch a link on or off, unless it is so already. Raises StoreError if nothing was changed."""
    link_id = PartnerCounter(CounterKind.LINK, code).counter_id

    def do(cursor: CursorWrapper, may_be_kept: bool) -> None:
        if on:
            cursor.execute(_ON, (link_id,))
        else:
            cursor.execute(_OFF, (link_id, code))

    write(do)


def read_switched_off_links() -> frozenset[str]:
    """The codes of all links that are switched off. Raises StoreError."""
    return read(_all)


def try_read_switched_off_links() -> frozenset[str] | None:
    """The same for a page that must not wait; None if the store does not answer at once."""
    return try_read(_all)


def _all(cursor: CursorWrapper) -> frozenset[str]:
    cursor.execute("SELECT code FROM store_switchedoff ORDER BY code")
    return frozenset(str(code) for (code,) in cursor.fetchall())
