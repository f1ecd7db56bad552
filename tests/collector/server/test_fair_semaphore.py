"""Places in the order of coming: nobody overtakes, nobody is forgotten."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from kuule.collector.server.fair_semaphore import FairSemaphore

LONG = 30.0


def queued(places: FairSemaphore, number: int) -> None:
    """Until so many wait."""
    while len(places._waiting) < number:
        time.sleep(0.001)


def test_so_many_places_and_no_more() -> None:
    places = FairSemaphore(2)
    assert [places.acquire() for _ in range(3)] == [True, True, False]
    places.release()
    assert [places.acquire(), places.acquire()] == [True, False]


def test_place_goes_to_whoever_has_waited_longest() -> None:
    places, came = FairSemaphore(1), []

    def wait(number: int) -> None:
        assert places.acquire(LONG)
        came.append(number)
        places.release()

    assert places.acquire()
    with ThreadPoolExecutor(8) as threads:
        for number in range(8):
            threads.submit(wait, number)
            queued(places, number + 1)
        # Who comes just as a place is given back does not pass those who wait.
        places.release()
    assert came == list(range(8))
    assert (places.acquire(), places.acquire()) == (True, False)


def test_whoever_gave_up_is_given_none() -> None:
    places = FairSemaphore(1)
    assert places.acquire()
    assert not places.acquire(0.01)
    places.release()
    assert (places.acquire(), places.acquire()) == (True, False)


def test_place_that_comes_as_the_wait_ends_is_not_lost() -> None:
    """Whatever the moment: each wait that was told True holds a place, and all places are there in the end."""
    places, holding, most = FairSemaphore(1), 0, 0
    lock = threading.Lock()

    def come() -> None:
        nonlocal holding, most
        for _ in range(200):
            if places.acquire(0.0002):
                with lock:
                    holding += 1
                    most = max(most, holding)
                with lock:
                    holding -= 1
                places.release()

    with ThreadPoolExecutor(8) as threads:
        for _ in range(8):
            threads.submit(come)
    assert most == 1
    assert (places.acquire(), places.acquire()) == (True, False)
