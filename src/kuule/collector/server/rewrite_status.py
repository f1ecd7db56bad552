"""How the rewriting of the store goes, said where whoever runs the server looks: its talk, and its status as a service.

A store that is not rewritten tells the order in which answers came. One attempt that fails is a line in the talk; when
none has succeeded for a day, each line says for how long, and the service manager's status does (sd_notify(3)).
"""

from __future__ import annotations

from collections.abc import Callable

from kuule.core.problems import Problem, StoreError
from kuule.store.rewriting import REWRITE_INTERVAL
from kuule.web.service_manager import notify_service_manager

_ONLY_LEFT = "STORE_024"
"""It was rewritten, and something of before still stands elsewhere."""


class RewriteStatus:
    """What is told of each attempt. `clock` gives seconds that only grow; `say` tells whoever started the server."""

    def __init__(self, *, clock: Callable[[], float], say: Callable[[str], None]) -> None:
        self._clock = clock
        self._say = say
        self._last = clock()
        self.last_succeeded = True
        """Whether the last attempt succeeded."""

    def record_success(self) -> None:
        """It was rewritten."""
        if not self.last_succeeded:
            self._say("the store was rewritten again")
            notify_status("serving")
        self._last, self.last_succeeded = self._clock(), True

    def record_failure(self, error: StoreError) -> None:
        """It was not, or not all that was there before is gone."""
        for problem in error.problems:
            self._say(_sentence(problem))
        if all(problem.code == _ONLY_LEFT for problem in error.problems):
            return
        self.last_succeeded = False
        days = int((self._clock() - self._last) // REWRITE_INTERVAL)
        if days:
            self._say(f"the store was not rewritten for {days} d: it tells more of the order of answers than pages say")
        notify_status(f"serving, but {_sentence(error.problems[0])}" + (f" ({days} d)" if days else ""))


def notify_status(status: str) -> None:
    """One line for `systemctl status`, where a service manager listens; it may be gone, which is no harm."""
    notify_service_manager(f"STATUS={' '.join(status.split())}")


def _sentence(problem: Problem) -> str:
    return f"the store {'was' if problem.code == _ONLY_LEFT else 'was not'} rewritten: {problem}"
