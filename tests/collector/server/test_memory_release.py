"""What a step leaves behind in circles is freed with the step; what lasts is not searched again."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from kuule.collector.server.memory_release import MAX_UNCOLLECTED, MemoryReleasingApplication
from tests.patience import PATIENCE


class Circle:
    """Knows itself, so that counting references does not free it."""

    def __init__(self) -> None:
        self.itself = self


class Leaving:
    """An application that leaves a circle with each answer, and may meet others under way."""

    def __init__(self, meanwhile: Callable[[], object] = lambda: None) -> None:
        self.left: list[weakref.ref[Circle]] = []
        self.closed = 0
        self.meanwhile = meanwhile

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.left.append(weakref.ref(Circle()))
        self.meanwhile()
        return Answer(self)

    @property
    def alive(self) -> int:
        return sum(one() is not None for one in self.left)


class Answer:
    def __init__(self, of: Leaving) -> None:
        self._of = of

    def __iter__(self) -> Iterator[bytes]:
        return iter([b"a ", b"page"])

    def close(self) -> None:
        self._of.closed += 1


@pytest.fixture(autouse=True)
def _untidied() -> Iterator[None]:
    """Python does not tidy up by itself, as on a quiet day."""
    gc.disable()
    yield
    gc.enable()
    gc.unfreeze()


def asked(application: MemoryReleasingApplication) -> list[bytes]:
    return application({"REQUEST_METHOD": "POST"}, lambda *_: None)


def test_circles_stay_without_it() -> None:
    leaving = Leaving()
    list(leaving({}, lambda *_: None))
    assert leaving.alive == 1


def test_what_a_step_left_is_freed_when_it_is_over() -> None:
    leaving = Leaving()
    forgetful = MemoryReleasingApplication(leaving)
    assert asked(forgetful) == [b"a page"]
    assert (leaving.alive, leaving.closed) == (0, 1)
    for _ in range(5):
        asked(forgetful)
        assert leaving.alive == 0


def test_what_a_step_left_is_freed_where_it_broke() -> None:
    def break_down() -> None:
        raise ValueError("on purpose")

    leaving = Leaving(break_down)
    with pytest.raises(ValueError, match="on purpose"):
        asked(MemoryReleasingApplication(leaving))
    assert leaving.alive == 0


def test_while_others_are_under_way_a_few_are_left_and_never_more() -> None:
    """One that takes long, and others that come and go meanwhile."""
    leaving = Leaving()
    forgetful = MemoryReleasingApplication(leaving)
    alive = []
    begun, may_end = threading.Event(), threading.Event()

    def take_long() -> None:
        begun.set()
        may_end.wait(PATIENCE)

    long = threading.Thread(target=forgetful, args=({}, lambda *_: None))
    leaving.meanwhile = take_long
    long.start()
    begun.wait(PATIENCE)
    leaving.meanwhile = lambda: None
    for _ in range(3 * MAX_UNCOLLECTED):
        asked(forgetful)
        alive.append(leaving.alive)
    may_end.set()
    long.join(30)
    assert max(alive) == MAX_UNCOLLECTED
    assert leaving.alive == 0


def test_what_lasts_is_set_aside() -> None:
    forgetful = MemoryReleasingApplication(Leaving())
    lasting = [[number] for number in range(1000)]
    for _ in range(4):
        asked(forgetful)
    assert len(lasting) == 1000
    assert not any(one is lasting for one in gc.get_objects())
