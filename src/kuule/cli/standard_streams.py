"""Standard input, output and error as a command finds them: one that the caller closed (`<&-`, `>&-`) is opened on the
null device.

Otherwise the first file that a command opens takes its number, a database among them, and whatever a library prints
goes into that file.
"""

from __future__ import annotations

import os
import sys

_STREAMS = ("stdin", "stdout", "stderr")
"""By their numbers."""


def open_closed_streams() -> None:
    """Open each standard stream that is closed on the null device, also for what this process starts."""
    for number, name in enumerate(_STREAMS):
        if _is_open(number):
            continue
        opened = os.open(os.devnull, os.O_RDWR)  # the lowest free number, which is this one
        os.set_inheritable(opened, True)
        if getattr(sys, name) is None:
            stream = open(opened, "w" if number else "r", encoding="utf-8", closefd=False)  # noqa: SIM115 - to the end
            setattr(sys, name, stream)


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True
