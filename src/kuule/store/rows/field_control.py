"""What was ordered of the field period: one row, which all collectors of a store obey within seconds.

It has a day and no hour. An hour would tell nobody anything about a visit, but nobody needs it either.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.backends.utils import CursorWrapper

from kuule.store.rows.counters import COUNTER_STEP
from kuule.store.rows.hidden_services import find_hidden_services
from kuule.store.transactions.readers import read
from kuule.store.transactions.try_read import try_read
from kuule.store.transactions.writer import write
from kuule.study.settings.field_phase import FieldOrder, StandingOrder

_ROW = 1
NOTHING_ORDERED = StandingOrder()
_QUERY = "SELECT latest_order, closed_on, finish_days, launched FROM store_fieldcontrol WHERE control_id = %s"
_PUT = (
    "INSERT INTO store_fieldcontrol (control_id, latest_order, closed_on, finish_days, launched)"
    " VALUES (%s, %s, %s, %s, %s) ON CONFLICT (control_id) DO UPDATE SET"
    " latest_order = excluded.latest_order, closed_on = excluded.closed_on, finish_days = excluded.finish_days,"
    " launched = excluded.launched"
)


@dataclass(frozen=True, slots=True)
class CollectorOrders:
    """What all collectors of a store obey: what was ordered of the field period, and the ids of the services that are
    hidden."""

    field: StandingOrder = NOTHING_ORDERED
    hidden_services: frozenset[int] = frozenset()


def change_field_control(change: Callable[[StandingOrder], StandingOrder]) -> tuple[StandingOrder, StandingOrder]:
    """Put what `change` makes of the control in its place. Returns it before and after.

    `change` may be called twice, where a server did not say whether it kept the first. Raises StoreError if nothing was
    changed.
    """

    def do(cursor: CursorWrapper, may_be_kept: bool) -> tuple[StandingOrder, StandingOrder]:
        before = _find(cursor)
        after = change(before)
        day = after.closed_on.isoformat() if after.closed_on else ""
        cursor.execute(_PUT, (_ROW, str(after.order), day, after.finish_days, int(after.launched)))
        return before, after

    return write(do)


def read_field_control() -> StandingOrder:
    """What was ordered last. Raises StoreError."""
    return read(_find)


def read_collector_orders() -> CollectorOrders:
    """That, and the services that are hidden. Raises StoreError."""
    return read(_find_all)


def try_read_collector_orders() -> CollectorOrders | None:
    """The same for a page that must not wait; None if the store does not answer at once."""
    return try_read(_find_all)


def try_count_responses_in_tens() -> int | None:
    """How many responses are stored, in whole tens; None if the store does not answer at once."""

    def count(cursor: CursorWrapper) -> int:
        cursor.execute("SELECT COUNT(*) FROM store_response")
        return int(cursor.fetchone()[0]) // COUNTER_STEP * COUNTER_STEP

    return try_read(count)


def _find_all(cursor: CursorWrapper) -> CollectorOrders:
    return CollectorOrders(_find(cursor), find_hidden_services(cursor))


def _find(cursor: CursorWrapper) -> StandingOrder:
    cursor.execute(_QUERY, (_ROW,))
    row = cursor.fetchone()
    if row is None:
        return StandingOrder()
    order, closed_on, finish_days, launched = row
    day = date.fromisoformat(closed_on) if closed_on else None
    return StandingOrder(FieldOrder(order), day, int(finish_days), bool(launched))
