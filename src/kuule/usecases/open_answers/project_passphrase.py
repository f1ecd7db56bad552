"""Where the passphrase of a project comes from: a person at a terminal, or a file descriptor."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

from kuule.opening.protected_key import PASSPHRASE_WORDS, Passphrase
from kuule.opening.slip39_words import random_words
from kuule.qualitative.project_model.project_problems import project_error
from kuule.usecases.key_custody.key_sources import passphrase_lines
from kuule.usecases.progress import ProgressListener
from kuule.usecases.prompt import Prompt


class PassphraseSource:
    """Gives passphrases one after the other: the lines of a file descriptor, or what somebody types."""

    def __init__(self, descriptor: int | None, prompt: Prompt, progress: ProgressListener) -> None:
        """Raises KeyMaterialError KEY_043 if nothing can be read from the descriptor."""
        self._lines: Iterator[str] | None = None if descriptor is None else passphrase_lines(descriptor)
        self._last = ""
        self._prompt = prompt
        self._progress = progress

    def ask_existing(self, what: str) -> Passphrase:
        """The passphrase of something that has one. From a descriptor whose lines are used up, the last one again.

        Raises ProjectError PROJECT_016 (nobody to ask), EndOfInputError.
        """
        if self._lines is not None:
            self._last = next(self._lines, self._last)
            return Passphrase(self._last)
        self._check_can_ask()
        return Passphrase(self._prompt.ask_hidden(f"passphrase of {what} (it does not show):"))

    def ask_new(self) -> Passphrase:
        """A new passphrase, typed twice; without one, Kuule makes one of eight words and shows it once.

        Raises ProjectError PROJECT_016 (nobody to ask), PROJECT_018 (typed otherwise the second time), EndOfInputError.
        """
        if self._lines is not None:
            return Passphrase(next(self._lines, ""))
        self._check_can_ask()
        typed = self._prompt.ask_hidden("new passphrase (it does not show; empty: Kuule makes one):")
        if not typed:
            typed = " ".join(random_words(PASSPHRASE_WORDS, secrets.randbelow))
            self._progress.note(f"the passphrase: {typed}")
            self._progress.note("write it on paper, for each of the team; nobody can give it back")
        if Passphrase(self._prompt.ask_hidden("the same once more:")).text != Passphrase(typed).text:
            cause = "the two that were typed differ"
            raise project_error("PROJECT_018", "the passphrase", cause, "begin again; nothing was written")
        self._prompt.clear()
        return Passphrase(typed)

    def _check_can_ask(self) -> None:
        if not self._prompt.can_ask():
            cause = "none was given, and there is nobody to ask"
            remedy = "give it with --passphrase-fd 3 3< FILE, or run the command at a terminal"
            raise project_error("PROJECT_016", "the passphrase", cause, remedy)
