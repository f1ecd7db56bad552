"""Whoever is asked: nobody, or somebody who types what they were told to."""

from __future__ import annotations

import io
from collections.abc import Sequence


class NobodyThere:
    """As in a script: nobody can be asked."""

    def can_ask(self) -> bool:
        return False

    def ask(self, question: str) -> str:
        raise AssertionError(question)

    def ask_hidden(self, question: str) -> str:
        raise AssertionError(question)

    def clear(self) -> None:
        raise AssertionError


class Typing:
    """Types these lines, one after the other."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = list(lines)

    def can_ask(self) -> bool:
        return True

    def ask(self, question: str) -> str:
        assert question
        return self._lines.pop(0)

    def ask_hidden(self, question: str) -> str:
        return self.ask(question)

    def clear(self) -> None:
        """Nothing is on a screen."""


class Typed(io.StringIO):
    """A terminal at which somebody types, in the place of standard input."""

    def isatty(self) -> bool:
        return True
