"""How the rewriting of the store goes, reported where the operator looks: on stderr, and as the status of the service.

A store that is not rewritten tells the order in which responses came. One attempt that fails is a line on stderr. When
none has succeeded for a day, each line says for how long, and so does the service manager's status (sd_notify(3)).
"""

from __future__ import annotations

from collections.abc import Callable

from kuule.collector.server.rewrite_record import RewriteRecord
from kuule.core.problems import Problem, StoreError
from kuule.store.rewriting import REWRITE_INTERVAL
from kuule.web.service_manager import notify_service_manager

_ONLY_LEFT = ("STORE_024", "STORE_042")
"""The codes of a rewriting that succeeded, where something from before still stands elsewhere."""


class RewriteStatus:
    """Reports each attempt. `clock` gives seconds that only grow; `say` tells whoever started the server; `keep` is
    given what the last attempt came to, for `kuule status`."""

    def __init__(
        self,
        *,
        clock: Callable[[], float],
        say: Callable[[str], None],
        keep: Callable[[RewriteRecord], None] = lambda _: None,
    ) -> None:
        self._clock = clock
        self._say = say
        self._keep = keep
        self._last = clock()
        self.last_succeeded = True
        """Whether the last attempt succeeded."""

    def record_success(self) -> None:
        """The store was rewritten."""
        if not self.last_succeeded:
            self._say("the store was rewritten again")
            notify_status("serving")
        self._last, self.last_succeeded = self._clock(), True
        self._keep(RewriteRecord())

    def record_failure(self, error: StoreError) -> None:
        """The store was not rewritten, or something from before is left."""
        for problem in error.problems:
            self._say(_sentence(problem))
        if all(problem.code in _ONLY_LEFT for problem in error.problems):
            return
        self.last_succeeded = False
        days = int((self._clock() - self._last) // REWRITE_INTERVAL)
        self._keep(RewriteRecord(error.problems[0].code, days))
        if days:
            self._say(f"the store was not rewritten for {days} d: it tells more of the order of answers than pages say")
        notify_status(f"serving, but {_sentence(error.problems[0])}" + (f" ({days} d)" if days else ""))


def notify_status(status: str) -> None:
    """One line for `systemctl status`, where a service manager listens."""
    notify_service_manager(f"STATUS={' '.join(status.split())}")


def _sentence(problem: Problem) -> str:
    return f"the store {'was' if problem.code in _ONLY_LEFT else 'was not'} rewritten: {problem}"
