"""The audience of a store: whom the collector asked that used it first. No other audience is ever served from it.

The store says it itself, since a path that was copied from one machine's settings into another's looks right to a
person, and answers of two audiences in one database could not be told from one another by whoever finds it.
"""

from __future__ import annotations

from django.db.backends.utils import CursorWrapper

from kuule.core.problems import Problem, StoreError
from kuule.store.location.database_name import database_name
from kuule.store.transactions.readers import read
from kuule.store.transactions.writer import write

_CLAIM = "UPDATE store_identity SET audience = %s WHERE audience = ''"
_QUERY = "SELECT audience FROM store_identity"


def _audience(cursor: CursorWrapper) -> str:
    cursor.execute(_QUERY)
    return str(cursor.fetchone()[0])


def claim_store_for(audience: str) -> None:
    """Make the configured store one of `audience` if it is of none yet, for good.

    Raises StoreError STORE_028 if it is of another, and what the disk or the server reports.
    """

    def claim(cursor: CursorWrapper, may_be_kept: bool) -> str:
        cursor.execute(_CLAIM, (audience,))
        return _audience(cursor)

    # A store that has one already is only read: whoever reads it at the moment does not hold up the start.
    _check(read(_audience) or str(write(claim)), audience)


def check_store_audience(audience: str) -> None:
    """See that the configured store is one of `audience`, or of none yet; nothing is written. Raises StoreError
    STORE_028 if it is of another."""
    _check(read(_audience) or audience, audience)


def _check(held: str, audience: str) -> None:
    if held != audience:
        cause = f"this database is of a study that asks {held}, and the editions ask {audience}"
        remedy = "give the database of this study; two audiences share no database, no key and no machine"
        raise StoreError(Problem("STORE_028", database_name(), cause, remedy))
