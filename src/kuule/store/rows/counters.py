"""The counters for partners: how many sent, by language and by link, in whole tens. Never one by the other.

What is added here is gathered elsewhere, in memory, and comes at most daily (`collector.visit.partner_counts`): two
copies of the database differ by tens in a day, never by a person, and tell no hour. A counter's place in the file comes
from its name, so that it does not tell which language came first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from django.db.backends.utils import CursorWrapper

from kuule.store.transactions.readers import read
from kuule.store.transactions.writer import write

COUNTER_STEP = 10
"""Responses in one step of a counter."""
_ADD = (
    "INSERT INTO store_counter (counter_id, kind, name, steps) VALUES (%s, %s, %s, %s)"
    " ON CONFLICT (counter_id) DO UPDATE SET steps = store_counter.steps + excluded.steps"
)


class CounterKind(StrEnum):
    """What a counter counts by."""

    LANGUAGE = "language"
    LINK = "link"


@dataclass(frozen=True, slots=True, order=True)
class PartnerCounter:
    """One counter: a kind and a language tag, or a kind and a link's code."""

    kind: CounterKind
    name: str

    @property
    def counter_id(self) -> int:
        """63 bits that come from the name alone."""
        return int.from_bytes(sha256(f"{self.kind} {self.name}".encode()).digest()[:8], "big") >> 1


def add_steps(steps: Mapping[PartnerCounter, int]) -> None:
    """Add whole steps to counters, all of them or none. Raises StoreError: then nothing was added."""

    def add(cursor: CursorWrapper, again: bool) -> None:
        if again:
            return  # it may have been added: a counter says "at least", so never twice
        for counter in sorted(steps):
            cursor.execute(_ADD, (counter.counter_id, str(counter.kind), counter.name, steps[counter]))

    write(add)


def counter_totals() -> Mapping[PartnerCounter, int]:
    """Every counter and how many it stands for at least: a multiple of STEP. Raises StoreError."""

    def look(cursor: CursorWrapper) -> Mapping[PartnerCounter, int]:
        cursor.execute("SELECT kind, name, steps FROM store_counter ORDER BY kind, name")
        return {
            PartnerCounter(CounterKind(kind), name): int(steps) * COUNTER_STEP
            for kind, name, steps in cursor.fetchall()
        }

    return read(look)
