"""Partners' links that the workbench switched off, as a worker knows them: read from the store at most twice a minute.

A link that is off is treated like an unknown code: the survey is open to whoever comes by it, and nothing says that
they did (decision 0023). Only pages whose address or token has a code read the store. Where the store does not answer
at once, what was known last holds.
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
    """The links that are off, and when that was read, on a clock that only grows. Made for many threads."""

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
        """Whether a link is on, as far as this worker knows."""
        with self._lock:
            if self._clock() >= self._due or self._store != database_name():
                self._read()
            return code not in self._off

    def expire(self) -> None:
        """Read the store again at the next question."""
        self._due = float("-inf")

    def _read(self) -> None:
        found = self._look()
        if self._store != database_name():
            self._off, self._store = frozenset(), database_name()
        self._off = self._off if found is None else found
        self._due = self._clock() + FRESH_SECONDS


switches = LinkSwitches()
"""The switches as this process knows them."""


def link_if_on(code: str) -> str:
    """The code of a visit that is under way, or "" where its link was switched off meanwhile."""
    return code if code and switches.is_on(code) else ""


def study_link_if_on(links: LinkSettings, code: str) -> str:
    """The code itself where it is one of the study's links and switched on, else ""."""
    return link_if_on(links.known_code(code))
