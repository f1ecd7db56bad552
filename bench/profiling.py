"""`make profile`: where the time of a page goes, by room and by function, from samples of visits in this process.

A signal notes now and then which functions are running, by the clock that counts this process's share of a core. There
is no tracing, which would make small functions look larger than they are, and nothing that only root may do. Python
handles a signal between two of its own instructions, so that what a library in C takes is counted in the function that
called it.
"""

from __future__ import annotations

import gc
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import PurePath
from types import CodeType, FrameType

from bench.in_process import take_step, visited_site

VISITS = 400
_WARM_UP = 30
_INTERVAL = 0.001
"""Seconds of a core between two samples. Linux makes it a tick of its clock, 4 ms on most machines."""
_MOST = 30
_LEAST = 0.005
"""What takes less than this share of a step is left out."""


@dataclass
class Samples:
    """How often each room and each function was running, in one kind of step."""

    steps: int = 0
    seconds: float = 0.0
    rooms: Counter[str] = field(default_factory=Counter)
    alone: Counter[str] = field(default_factory=Counter)
    whole: Counter[str] = field(default_factory=Counter)
    """Functions with all that they call."""

    def lines(self, what: str) -> list[str]:
        """The tables, in microseconds of a core and per cent of one step."""
        each, taken = self.seconds / self.steps, self.rooms.total()
        lines = [f"{what}: {each * 1e6:,.0f} µs of a core, {taken:,} samples in {self.steps:,} steps"]
        tables = (("room", self.rooms), ("function", self.alone), ("function with what it calls", self.whole))
        for title, counted in tables:
            lines.append(f"  by {title}")
            for name, times in counted.most_common(_MOST):
                if times / taken >= _LEAST:
                    lines.append(f"    {each * times / taken * 1e6:7,.0f} µs {times / taken:6.1%}  {name}")
        return lines


class Profiler:
    """Takes samples while steps run, by the name of the step."""

    def __init__(self) -> None:
        self.steps: dict[str, Samples] = {}
        self._now: Samples | None = None

    def take(self, name: str, step: Callable[[], bytes]) -> bytes:
        """Take a step, with samples."""
        self._now = samples = self.steps.setdefault(name, Samples())
        began = time.thread_time()
        try:
            return step()
        finally:
            self._now = None
            samples.steps += 1
            samples.seconds += time.thread_time() - began

    def sample(self, number: int, frame: FrameType | None) -> None:
        """Note what is running: the handler of SIGPROF."""
        if frame is None or self._now is None:
            return
        running = list(_around(frame))
        self._now.alone[_name(running[0])] += 1
        self._now.rooms[next(filter(None, map(_room, running)), "neither Kuule nor Django")] += 1
        self._now.whole.update({_name(one) for one in running if _room(one)})


def _around(frame: FrameType | None) -> Iterator[CodeType]:
    """The function of a frame, and all that called it."""
    while frame is not None:
        yield frame.f_code
        frame = frame.f_back


@cache
def _room(code: CodeType) -> str:
    """The package of a function of Kuule's or Django's; "" for one of another library, which counts for its caller."""
    parts = PurePath(code.co_filename).parts
    for owner in ("kuule", "django"):
        if owner in parts:
            return "/".join((owner, *parts[len(parts) - parts[::-1].index(owner) : -1][:2]))
    return ""


@cache
def _name(code: CodeType) -> str:
    return f"{'/'.join(PurePath(code.co_filename).parts[-3:])}: {code.co_name}"


def main() -> None:
    """Make visits and print where their time went."""
    with visited_site() as visit:
        for _ in range(_WARM_UP):
            visit(take_step)
        gc.collect()
        gc.freeze()
        profiler = Profiler()
        signal.signal(signal.SIGPROF, profiler.sample)
        signal.setitimer(signal.ITIMER_PROF, _INTERVAL, _INTERVAL)
        for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else VISITS):
            visit(profiler.take)
        signal.setitimer(signal.ITIMER_PROF, 0)
    for name in ("page", "sending"):
        print("\n".join([*profiler.steps[name].lines(f"a {name}"), ""]))


if __name__ == "__main__":
    main()
