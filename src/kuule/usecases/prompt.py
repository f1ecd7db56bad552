"""What a use case asks a person. Only keys need it: words on paper and passphrases have to be typed by somebody."""

from __future__ import annotations

from typing import Protocol

from kuule.core.problems import KuuleError


class EndOfInputError(KuuleError):
    """The input ended before everything was asked: CLI_006."""


class Prompt(Protocol):
    """Asks the person who is there."""

    def can_ask(self) -> bool:
        """Whether a person is there to be asked."""

    def ask(self, question: str) -> str:
        """One line, shown while it is typed. Raises EndOfInputError."""

    def ask_hidden(self, question: str) -> str:
        """One line that is not shown while it is typed. Raises EndOfInputError."""

    def clear(self) -> None:
        """Take what was typed off the screen."""
