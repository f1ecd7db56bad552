"""A store that was restored from a backup does not know what was withdrawn since the day of that backup.

It says so itself until that is settled, and until then it is neither served nor archived: an answer that somebody took
back would be there again.
"""

from __future__ import annotations

from datetime import date

from django.db.backends.utils import CursorWrapper

from kuule.core.problems import Problem, StoreError
from kuule.store.location.database_name import database_name
from kuule.store.transactions.readers import read
from kuule.store.transactions.writer import write

_TABLE = "store_identity"
_QUERY = "SELECT restored_from FROM store_identity"
_SETTLE = "UPDATE store_identity SET restored_from = ''"
_COLUMN = {
    "sqlite": "SELECT 1 FROM pragma_table_info(%s) WHERE name = %s",
    "postgresql": "SELECT 1 FROM information_schema.columns WHERE table_name = %s AND column_name = %s",
}
"""Whether a table has a column."""


def restored_day() -> date | None:
    """The day of the backup that the store was restored from; None if it was not, or if that is settled. Raises
    StoreError."""

    def find(cursor: CursorWrapper) -> str:
        if not _is_known(cursor):
            return ""
        cursor.execute(_QUERY)
        return str(cursor.fetchone()[0])

    day = read(find)
    return date.fromisoformat(day) if day else None


def _is_known(cursor: CursorWrapper) -> bool:
    """Whether the tables are of a version that can say it. No store of an earlier one was restored from a backup."""
    # Not by Django's introspection, which takes the lock of a writer to find out what SQLite can do.
    cursor.execute(_COLUMN[cursor.db.vendor], (_TABLE, "restored_from"))
    return cursor.fetchone() is not None


def settle_restored_store() -> None:
    """Note that what was withdrawn after the backup has been applied, or is known to be lost. Raises StoreError."""
    write(lambda cursor, _: cursor.execute(_SETTLE))


def check_settled() -> None:
    """Raise StoreError STORE_029 if the store was restored and what was withdrawn since is not settled."""
    day = restored_day()
    if day is None:
        return
    cause = f"it was restored from the backup of {day}, and may have answers again that were withdrawn since"
    remedy = (
        "apply the newest archive, `kuule forget ARCHIVE --database ADDRESS`; where none was made after that day,"
        f" say so: `kuule forget --database ADDRESS --no-archive-since {day}`"
    )
    raise StoreError(Problem("STORE_029", database_name(), cause, remedy))
