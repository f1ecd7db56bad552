"""The counters for partners: how many responses were sent, by language and by link, in whole tens, and never by both;
and how often help was opened, by nothing at all.

The collector counts in memory and adds to the store at most once a day (`collector.session.partner_counts`). So two
copies of the database differ by tens in a day and never by one person, and reveal no hour. The id of a counter is made
from its name, so that it does not reveal which language came first.
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
"""How many responses one step of a counter stands for."""
_ADD = (
    "INSERT INTO store_counter (counter_id, kind, name, steps) VALUES (%s, %s, %s, %s)"
    " ON CONFLICT (counter_id) DO UPDATE SET steps = store_counter.steps + excluded.steps"
)


class CounterKind(StrEnum):
    """What a counter counts by."""

    LANGUAGE = "language"
    LINK = "link"
    HELP = "help"


@dataclass(frozen=True, slots=True, order=True)
class PartnerCounter:
    """One counter: a kind and a language tag, or a kind and a link's code. HELP_OPENED is the only one of its kind."""

    kind: CounterKind
    name: str

    @property
    def counter_id(self) -> int:
        """63 bits that are derived from the name only."""
        return int.from_bytes(sha256(f"{self.kind} {self.name}".encode()).digest()[:8], "big") >> 1


HELP_OPENED = PartnerCounter(CounterKind.HELP, "opened")
"""How often the help page was opened: in one number for the whole site, by no language and no link."""


def add_steps(steps: Mapping[PartnerCounter, int]) -> None:
    """Add whole steps to counters, to all of them or to none. Raises StoreError if nothing was added."""

    def add(cursor: CursorWrapper, may_be_kept: bool) -> None:
        if may_be_kept:
            return  # it may have been added: a counter says "at least", so never twice
        for counter in sorted(steps):
            cursor.execute(_ADD, (counter.counter_id, str(counter.kind), counter.name, steps[counter]))

    write(add)


def counter_totals() -> Mapping[PartnerCounter, int]:
    """Every counter, with the number of responses that there are at least: a multiple of COUNTER_STEP. Raises
    StoreError."""

    def look(cursor: CursorWrapper) -> Mapping[PartnerCounter, int]:
        cursor.execute("SELECT kind, name, steps FROM store_counter ORDER BY kind, name")
        return {
            PartnerCounter(CounterKind(kind), name): int(steps) * COUNTER_STEP
            for kind, name, steps in cursor.fetchall()
        }

    return read(look)
