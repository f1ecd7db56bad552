"""What a use case reports while it works. The caller decides whether and where to show it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import Final, Protocol

from kuule.core.problems import Problem


class ProgressListener(Protocol):
    """Receives reports on what a use case is doing.

    The outcome is not reported here: it is the result of the use case. Any thread may call the function that `counter`
    gives.
    """

    def note(self, sentence: str) -> None:
        """Report something that the person should know now; the work goes on."""

    def warn(self, problems: Iterable[Problem]) -> None:
        """Report problems that do not stop the work."""

    def counter(self, what: str, total: int) -> AbstractContextManager[Callable[[int], None]]:
        """Report work that can be counted. The function in the block takes how many of `total` are done."""

    def spinner(self, what: str) -> AbstractContextManager[None]:
        """Report work that takes a while and cannot be counted."""


class SilentListener:
    """Ignores all reports: for a caller that wants only the result."""

    def note(self, sentence: str) -> None:
        """Do nothing."""

    def warn(self, problems: Iterable[Problem]) -> None:
        """Do nothing."""

    def counter(self, what: str, total: int) -> AbstractContextManager[Callable[[int], None]]:
        """Give a function that ignores the count."""
        return nullcontext(_ignore)

    def spinner(self, what: str) -> AbstractContextManager[None]:
        """Do nothing."""
        return nullcontext()


def _ignore(done: int) -> None:
    return


SILENT: Final = SilentListener()
