"""How a use case asks a person. Only keys need it: somebody has to type passphrases and the words on paper."""

from __future__ import annotations

from typing import Protocol

from kuule.core.problems import KuuleError


class EndOfInputError(KuuleError):
    """The input ended before everything was asked: CLI_006."""


class Prompt(Protocol):
    """Asks the person who runs the use case."""

    def can_ask(self) -> bool:
        """Whether there is a person to ask."""

    def ask(self, question: str) -> str:
        """Ask for one line, which is shown while it is typed. Raises EndOfInputError."""

    def ask_hidden(self, question: str) -> str:
        """Ask for one line, which is not shown while it is typed. Raises EndOfInputError."""

    def clear(self) -> None:
        """Remove what was typed from the screen."""
