"""How the set-up scripts talk: line by line to stderr, and with one way to stop and name a cure."""

from __future__ import annotations

import sys


class SetupStop(Exception):
    """The set-up cannot go on. `cause` and `cure` are one sentence each."""

    def __init__(self, cause: str, cure: str) -> None:
        super().__init__("{}\n  {}".format(cause, cure))  # noqa: UP032 -- read by old Pythons too
        self.cause = cause
        self.cure = cure


def say(sentence: str) -> None:
    """Tell the person what is happening now."""
    print(sentence, file=sys.stderr, flush=True)
