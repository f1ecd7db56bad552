"""A thread that is stopped while it waits, as Ctrl-C stops a command."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from tests.patience import wait_until


class Stopped(BaseException):
    """What stops it."""


@contextmanager
def stopped_as_soon_as(so: Callable[[], object]) -> Iterator[None]:
    """In the block, the main thread, which must be this one, is stopped once `so` is true."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise Stopped

    def send() -> None:
        wait_until(so)
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGUSR1)

    assert threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGUSR1, stop)
    sender = threading.Thread(target=send)
    try:
        sender.start()
        yield
    finally:
        sender.join()
        signal.signal(signal.SIGUSR1, before)
