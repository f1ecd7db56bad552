"""The place that a thread has among the few that may compute at once, and how it gives it up while it waits.

Whoever hands out places says here which one a thread has (`hold_place`). Whoever waits for a disk, a lock or a slow
hash steps aside meanwhile (`step_aside`), so that somebody else computes. A thread without a place just waits.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class ComputingPlace(Protocol):
    """A place that can be given up for a while. Its limit is for computing, and nobody depends on having one."""

    def leave(self) -> bool:
        """Give it up. False, and nothing changed, where too many have done so already."""

    def retake(self) -> None:
        """Take it again, after those who came earlier. Returns in the end whatever others do."""


class _OfThread(threading.local):
    """The place of the running thread. None: it has none, has stepped aside, or keeps its own."""

    place: ComputingPlace | None = None


_own = _OfThread()


@contextmanager
def hold_place(place: ComputingPlace) -> Iterator[None]:
    """In the block, this thread computes at this place."""
    _own.place = place
    try:
        yield
    finally:
        _own.place = None


@contextmanager
def step_aside() -> Iterator[None]:
    """In the block, this thread waits, and somebody else may have its place. It has one again when the block is over.

    Take locks that others wait for at their places inside the block only, and let them go there.
    """
    place = _own.place
    if place is None or not place.leave():
        yield
        return
    _own.place = None
    try:
        yield
    finally:
        place.retake()
        _own.place = place


@contextmanager
def keep_place() -> Iterator[None]:
    """In the block, nothing steps aside: a lock is held that others may wait for at their places."""
    place, _own.place = _own.place, None
    try:
        yield
    finally:
        _own.place = place
