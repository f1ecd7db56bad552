"""Partners' links that the workbench switched off, as a worker knows them: read from the store, twice a minute at most.

A link that is off is passed over like a code that nobody knows: the survey is open to who comes by it, and nothing says
that they did (decision 0023). Only pages that carry a code look; where the store does not answer at once, what was
known last holds.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from kuule.store.location.database_name import database_name
from kuule.store.rows.switched_off_links import try_read_switched_off_links
from kuule.study.settings.study_toml import LinkSettings

FRESH_SECONDS = 30.0


class LinkSwitches:
    """What is off, and when that was read, on a clock that only grows. Made for many threads."""

    def __init__(
        self,
        look: Callable[[], frozenset[str] | None] = try_read_switched_off_links,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._look, self._clock = look, clock
        self._off: frozenset[str] = frozenset()
        self._due, self._store = float("-inf"), ""
        self._lock = threading.Lock()

    def is_on(self, code: str) -> bool:
        """Whether a link is on, as far as is known."""
        with self._lock:
            if self._clock() >= self._due or self._store != database_name():
                self._read()
            return code not in self._off

    def expire(self) -> None:
        """Look again at the next question."""
        self._due = float("-inf")

    def _read(self) -> None:
        found = self._look()
        if self._store != database_name():
            self._off, self._store = frozenset(), database_name()
        self._off = self._off if found is None else found
        self._due = self._clock() + FRESH_SECONDS


switches = LinkSwitches()
"""Those of this process."""


def link_if_on(code: str) -> str:
    """The code of a visit that is under way, or "" where its link was switched off meanwhile."""
    return code if code and switches.is_on(code) else ""


def study_link_if_on(links: LinkSettings, code: str) -> str:
    """The code itself where it is one of the study's links and switched on, else ""."""
    return link_if_on(links.known_code(code))
