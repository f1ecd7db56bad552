"""Partners' links that the workbench switched off, as a worker knows them: read from the store at most twice a minute.

A link that is off is treated like an unknown code: the survey is open to whoever comes by it, and nothing says that
they did (decision 0023). Only pages whose address or token has a code read the store. Where the store does not answer
at once, what was known last holds.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from kuule.collector.session.fresh_reading import FreshReading, run_now
from kuule.store.rows.switched_off_links import try_read_switched_off_links
from kuule.study.settings.study_toml import LinkSettings

FRESH_SECONDS = 30.0


class LinkSwitches:
    """The links that are off, on a clock that only grows. Made for many threads."""

    def __init__(
        self,
        look: Callable[[], frozenset[str] | None] = try_read_switched_off_links,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._off = FreshReading[frozenset[str]](look, frozenset(), FRESH_SECONDS, clock=clock, run=run_now)

    def is_on(self, code: str) -> bool:
        """Whether a link is on, as far as this worker knows."""
        return code not in self._off.value()

    def expire(self) -> None:
        """Read the store again at the next question."""
        self._off.expire()


switches = LinkSwitches()
"""The switches as this process knows them."""


def link_if_on(code: str) -> str:
    """The code of a visit that is under way, or "" where its link was switched off meanwhile."""
    return code if code and switches.is_on(code) else ""


def study_link_if_on(links: LinkSettings, code: str) -> str:
    """The code itself where it is one of the study's links and switched on, else ""."""
    return link_if_on(links.known_code(code))
