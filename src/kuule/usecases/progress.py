"""What a use case tells while it works. Whoever calls it decides where that is shown, if anywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import Final, Protocol

from kuule.core.problems import Problem


class ProgressListener(Protocol):
    """Is told what a use case does while it does it.

    What came of it is not told here: that is the result. Any thread may call the function that `counter` gives.
    """

    def note(self, sentence: str) -> None:
        """A sentence that the person should know now; it stops nothing."""

    def warn(self, problems: Iterable[Problem]) -> None:
        """Problems that stop nothing: code, place, cause and remedy of each."""

    def counter(self, what: str, total: int) -> AbstractContextManager[Callable[[int], None]]:
        """Work that can be counted. The function takes how many of the total are done."""

    def spinner(self, what: str) -> AbstractContextManager[None]:
        """Work that takes a while and cannot be counted."""


class SilentListener:
    """Shows nothing: for a caller that wants the result alone."""

    def note(self, sentence: str) -> None:
        """Do nothing."""

    def warn(self, problems: Iterable[Problem]) -> None:
        """Do nothing."""

    def counter(self, what: str, total: int) -> AbstractContextManager[Callable[[int], None]]:
        """Give a function that does nothing."""
        return nullcontext(_ignore)

    def spinner(self, what: str) -> AbstractContextManager[None]:
        """Do nothing."""
        return nullcontext()


def _ignore(done: int) -> None:
    return


SILENT: Final = SilentListener()
