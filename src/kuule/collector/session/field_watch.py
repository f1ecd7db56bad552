"""What was ordered, as a worker knows it: the phase of the field period, from the days of the current edition and from
the order to close or open, and the services that are hidden. It is read from the store every few seconds, so that an
order reaches all collectors of a store.

While people come, no page waits for that: what was known last holds until another thread has read it anew. A worker
reads it as it begins. A reading after some seconds in which nobody came is waited for, for a moment: otherwise the next
visitor, an hour later, would still be shown a number that does harm.

The cap of a soft launch is looked at once an hour and in whole tens: a site that closed with one person's answer would
tell whoever watches that person when it was sent.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime

from kuule.collector.served.served_editions import ServedEdition, ServedLanguage
from kuule.collector.session.fresh_reading import FreshReading, run_beside
from kuule.core.computing_place import keep_place
from kuule.store.rows.field_control import (
    CollectorOrders,
    read_collector_orders,
    try_count_responses_in_tens,
    try_read_collector_orders,
)
from kuule.study.settings.field_phase import FieldPhase, FieldStatus, field_status

FRESH_SECONDS = 5.0
QUIET_SECONDS = 5.0
"""An order is obeyed ten seconds after it was given at the latest: by five, what is known is read again; five more
without anybody, and that reading is waited for."""
_HOUR = 3600


class FieldWatch:
    """What was ordered, on a clock that only grows. Made for many threads."""

    def __init__(
        self,
        look: Callable[[], CollectorOrders | None] = try_read_collector_orders,
        count: Callable[[], int | None] = try_count_responses_in_tens,
        clock: Callable[[], float] = time.monotonic,
        beside: Callable[[Callable[[], None]], None] = run_beside,
    ) -> None:
        self._orders = FreshReading(
            look, CollectorOrders(), FRESH_SECONDS, clock=clock, run=beside, quiet_seconds=QUIET_SECONDS
        )
        self._count = count
        self._counted_hour, self._responses = -1, 0
        self._lock = threading.Lock()

    def status(self, served: ServedEdition, now: datetime) -> FieldStatus:
        """The phase at `now`, by the days of an edition."""
        study = served.edition.study
        return field_status(study.field_period, study.coming_back.pause_days, self._orders.value().field, now)

    def hidden_services(self) -> frozenset[int]:
        """The ids of the services that no page shows (`helplines.service.service_id`)."""
        return self._orders.value().hidden_services

    def open_languages(self, served: ServedEdition, link: str, now: datetime) -> Mapping[str, ServedLanguage]:
        """The languages in which a visit by this link may begin at `now`."""
        match self.status(served, now).phase:
            case FieldPhase.OPEN:
                return served.languages
            case FieldPhase.SOFT_LAUNCH:
                soft = served.edition.study.field_period.soft_launch
                if not soft.cap or self._responses_at(now) < soft.cap:
                    return {tag: one for tag, one in served.languages.items() if soft.admits(tag, link)}
        return {}

    def read_orders(self) -> None:
        """Read what was ordered as a process begins, however long the store takes. Raises StoreError."""
        self._orders.learn(read_collector_orders())

    def expire(self) -> None:
        """Read the store again at the next question, and wait for it."""
        self._orders.expire()
        self._counted_hour = -1

    def _responses_at(self, now: datetime) -> int:
        hour = int(now.timestamp()) // _HOUR
        with self._lock:
            if hour != self._counted_hour:
                with keep_place():
                    found = self._count()
                if found is not None:
                    self._counted_hour, self._responses = hour, found
            return self._responses


field_watch = FieldWatch()
"""What was ordered, as this process knows it."""
