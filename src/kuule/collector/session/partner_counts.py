"""Counting for partners: in memory, by language and by link separately, and into the store at midnight, in whole tens.

What is not a whole ten waits in memory. A server that is stopped in order hands it to the next one, in memory too
(`collector.server.count_handover`); what waits in a process that is killed is lost. So a figure is always "at least".

Each counter begins below zero, at a random number from 0 to -9 that nobody knows. Whoever sends nine answers and then
looks whether the counter moved cannot tell from it whether one more person came.
"""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from kuule.core.problems import StoreError
from kuule.store.rows.counters import COUNTER_STEP, HELP_OPENED, CounterKind, PartnerCounter, add_steps


class Tally:
    """The counts of one process that are not in the store yet. Made for many threads."""

    __slots__ = ("_counts", "_lock", "_unknown")

    def __init__(self, unknown: Callable[[], int] = lambda: secrets.randbelow(COUNTER_STEP)) -> None:
        self._counts: dict[PartnerCounter, int] = {}
        self._lock = threading.Lock()
        self._unknown = unknown

    def add_response(self, language: str, link: str) -> None:
        """Count a response that was stored for the first time."""
        with self._lock:
            self._add(PartnerCounter(CounterKind.LANGUAGE, language), 1)
            if link:
                self._add(PartnerCounter(CounterKind.LINK, link), 1)

    def add_help_opened(self) -> None:
        """Count that the help page was opened, whoever did it."""
        with self._lock:
            self._add(HELP_OPENED, 1)

    def take_whole_steps(self) -> Mapping[PartnerCounter, int]:
        """Take out the whole steps; what is left of each counter waits."""
        with self._lock:
            taken = {counter: count // COUNTER_STEP for counter, count in self._counts.items() if count >= COUNTER_STEP}
            for counter, steps in taken.items():
                self._counts[counter] -= steps * COUNTER_STEP
            return taken

    def return_steps(self, taken: Mapping[PartnerCounter, int]) -> None:
        """Put back steps that could not be added to the store."""
        with self._lock:
            for counter, steps in taken.items():
                self._add(counter, steps * COUNTER_STEP)

    def to_text(self) -> str:
        """All counts, for another process to go on from; "" where there are none."""
        with self._lock:
            held = [[str(counter.kind), counter.name, count] for counter, count in sorted(self._counts.items())]
        return json.dumps(held) if held else ""

    def add_text(self, text: str) -> None:
        """Add what `to_text` of another process returned. Where it cannot be read, none of it is added."""
        try:
            read = {PartnerCounter(CounterKind(kind), str(name)): int(count) for kind, name, count in json.loads(text)}
        except (ValueError, TypeError):
            return
        with self._lock:
            for counter, count in read.items():
                # Each process began below zero at a number of its own; together they are below by both.
                self._counts[counter] = self._counts.get(counter, 0) + count

    def _add(self, counter: PartnerCounter, count: int) -> None:
        self._counts[counter] = self._counts.get(counter, -self._unknown()) + count

    def __repr__(self) -> str:
        return "<Tally>"


def store_whole_steps(tally: Tally) -> None:
    """Add the whole steps to the store. Where the store does not accept them, they wait for the next time."""
    taken = tally.take_whole_steps()
    if not taken:
        return
    try:
        add_steps(taken)
    except StoreError:
        tally.return_steps(taken)


def store_daily(
    tally: Tally,
    *,
    clock: Callable[[], datetime],
    wait: Callable[[float], bool],
    take_over: Callable[[], None] = lambda: None,
) -> None:
    """Add to the store at every midnight (UTC) until told to stop. Made for a thread of its own.

    All processes add at one time, also after a restart, so that nothing is added twice in a day. `wait` waits so many
    seconds and is true when it is time to stop. `take_over` takes in what a server left that stopped after this one had
    started.
    """
    due = _midnight_after(clock())
    while not wait(max(0.0, (due - clock()).total_seconds())):
        if clock() < due:
            continue
        take_over()
        store_whole_steps(tally)
        due = _midnight_after(clock())


def _midnight_after(now: datetime) -> datetime:
    return (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
