"""Services that pages do not show, by an order that all collectors of a store obey within seconds.

A row is an id that is made from the country and the name of a service (`helplines.service.service_id`), and nothing
else: it is there or not, has no day, and does not reveal which service was hidden first.
"""

from __future__ import annotations

from django.db.backends.utils import CursorWrapper

from kuule.store.transactions.readers import read
from kuule.store.transactions.writer import write

_HIDE = "INSERT INTO store_hidingorder (service_id) VALUES (%s) ON CONFLICT (service_id) DO NOTHING"
_SHOW = "DELETE FROM store_hidingorder WHERE service_id = %s"


def set_service_hidden(service: int, *, hidden: bool) -> bool:
    """Hide a service, or show it again. Returns whether that changed anything. Raises StoreError if nothing was
    changed."""

    def do(cursor: CursorWrapper, may_be_kept: bool) -> bool:
        cursor.execute(_HIDE if hidden else _SHOW, (service,))
        return cursor.rowcount > 0 or may_be_kept

    return write(do)


def read_hidden_services() -> frozenset[int]:
    """The ids of all services that are hidden. Raises StoreError."""
    return read(find_hidden_services)


def find_hidden_services(cursor: CursorWrapper) -> frozenset[int]:
    """The same with a cursor."""
    cursor.execute("SELECT service_id FROM store_hidingorder")
    return frozenset(int(service) for (service,) in cursor.fetchall())
