"""Places in the order of coming: nobody overtakes, nobody is forgotten."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from kuule.collector.server import fair_semaphore
from kuule.collector.server.fair_semaphore import FairSemaphore
from tests.patience import wait_until

LONG = 30.0


def queued(places: FairSemaphore, number: int) -> None:
    """Until so many wait."""
    while places._waiting < number:
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


def came_in_order(places: FairSemaphore, circuits: str) -> list[str]:
    """Who is given a place, one after the other, when each letter is one who asks in a circuit of that name."""
    came: list[str] = []
    lock = threading.Lock()

    def wait(circuit: str) -> None:
        got = places.acquire(LONG, circuit)
        with lock:
            came.append(circuit if got else circuit.upper())
        if got:
            places.release(circuit)

    assert places.acquire()
    with ThreadPoolExecutor(len(circuits)) as threads:
        for number, circuit in enumerate(circuits):
            threads.submit(wait, circuit)
            wait_until(lambda number=number: places._waiting + len(came) == number + 1)
        places.release()
    assert places._waiting == 0
    return came


def test_places_go_round_the_circuits_and_within_one_in_the_order_of_coming() -> None:
    assert "".join(came_in_order(FairSemaphore(1), "aaaaabbc")) == "abcabaaa"


def test_circuit_has_no_more_than_its_share_and_others_pass_it() -> None:
    places = FairSemaphore(4, share=2)
    assert [places.acquire(circuit="a") for _ in range(3)] == [True, True, False]
    assert [places.acquire(circuit="b"), places.acquire(circuit="b"), places.acquire(circuit="c")] == [
        True,
        True,
        False,
    ]
    places.release("a")
    assert [places.acquire(circuit="b"), places.acquire(circuit="a")] == [False, True]


def test_place_that_a_circuit_gives_back_goes_to_its_own_next_one_though_others_are_free() -> None:
    places = FairSemaphore(4, share=1)
    assert places.acquire(circuit="a")
    with ThreadPoolExecutor(1) as thread:
        waited = thread.submit(places.acquire, LONG, "a")
        queued(places, 1)
        assert places.acquire(circuit="b")
        places.release("a")
        assert waited.result(LONG)


def test_those_who_are_not_told_apart_have_all_places() -> None:
    places = FairSemaphore(3, share=1)
    assert [places.acquire() for _ in range(4)] == [True, True, True, False]


def test_last_of_the_circuit_with_most_seats_gives_theirs_up() -> None:
    places = FairSemaphore(1, seats=3)
    assert "".join(sorted(came_in_order(places, "aaab"))) == "Aaab"


def test_circuit_takes_no_seat_of_one_that_has_no_more() -> None:
    places = FairSemaphore(1, seats=2)
    assert "".join(sorted(came_in_order(places, "abcb"))) == "BCab"


def test_whatever_happens_all_places_are_there_in_the_end() -> None:
    places = FairSemaphore(3, seats=4, share=2)

    def come(circuit: str) -> None:
        for _ in range(150):
            if places.acquire(0.0003, circuit):
                places.release(circuit)

    with ThreadPoolExecutor(9) as threads:
        for circuit in "aaabbbc":
            threads.submit(come, circuit)
        threads.submit(come, "")
    assert places._waiting == 0
    for circuit in "abc":
        assert [places.acquire(circuit=circuit) for _ in range(3)] == [True, True, False]
        assert [places.acquire(), places.acquire()] == [True, False]
        places.release()
        for _ in range(2):
            places.release(circuit)


def test_place_that_is_left_goes_to_who_waits() -> None:
    places = FairSemaphore(1)
    assert places.acquire()
    with ThreadPoolExecutor(1) as thread:
        waited = thread.submit(places.acquire, LONG)
        queued(places, 1)
        assert places.leave()
        assert waited.result(LONG)
    places.release()
    places.retake()
    assert not places.acquire()


def test_who_comes_back_goes_before_all_who_have_had_no_place_and_in_the_order_of_coming_back() -> None:
    places, came = FairSemaphore(1), []

    def come_back(number: int) -> None:
        places.retake()
        came.append(f"back {number}")
        places.release()

    def come(number: int) -> None:
        assert places.acquire(LONG)
        came.append(f"new {number}")
        places.release()

    for _ in range(3):  # each of three leaves the place, and the next one takes it
        assert places.acquire()
        assert places.leave()
    assert places.acquire()
    with ThreadPoolExecutor(6) as threads:
        for number in range(3):
            threads.submit(come, number)
            queued(places, number + 1)
        for number in range(3):
            threads.submit(come_back, number)
            wait_until(lambda number=number: len(places._returning) == number + 1)
        places.release()
    assert came == ["back 0", "back 1", "back 2", "new 0", "new 1", "new 2"]
    assert (places.acquire(), places.acquire()) == (True, False)


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever comes back waits for a moment only."""
    monkeypatch.setattr(fair_semaphore, "RETAKE_SECONDS", 0.01)


def test_who_comes_back_goes_on_though_those_at_the_places_wait_for_them(soon: None) -> None:
    """A lock that one holds who has stepped aside, and for which one waits who has the place: it cannot last."""
    places, lock = FairSemaphore(1), threading.Lock()
    assert places.acquire()
    with lock:
        assert places.leave()
        assert places.acquire()  # another one, who now waits for the lock
        places.retake()
    places.release()
    assert not places.acquire(), "there was one place more than there are, and now there are none"
    places.release()
    assert (places.acquire(), places.acquire()) == (True, False)


def test_no_more_leave_their_places_than_may() -> None:
    places = FairSemaphore(3, aside=2)
    assert [places.acquire() for _ in range(3)] == [True] * 3
    assert [places.leave() for _ in range(3)] == [True, True, False]
    assert [places.acquire(), places.acquire(), places.acquire()] == [True, True, False]
    places.release()
    places.retake()
    assert places.leave()


def test_places_that_a_circuit_has_left_are_of_its_share() -> None:
    places = FairSemaphore(4, share=2)
    assert [places.acquire(circuit="a"), places.acquire(circuit="a")] == [True, True]
    assert places.leave()
    assert [places.acquire(circuit="a"), places.acquire(circuit="b")] == [False, True]
    places.retake()
    places.release("a")
    assert places.acquire(circuit="a")


@pytest.mark.usefixtures("soon")
def test_whoever_leaves_and_comes_back_all_places_are_there_in_the_end() -> None:
    places = FairSemaphore(2, seats=4, share=2, aside=3)

    def come(circuit: str) -> None:
        for _ in range(150):
            if places.acquire(0.0003, circuit):
                if places.leave():
                    places.retake()
                places.release(circuit)

    with ThreadPoolExecutor(9) as threads:
        for circuit in ("a", "a", "a", "b", "b", "b", "c", "", ""):
            threads.submit(come, circuit)
    assert (places._waiting, len(places._returning)) == (0, 0)
    assert [places.acquire() for _ in range(3)] == [True, True, False]
    assert [places.leave(), places.leave()] == [True, True]
    assert [places.acquire(), places.leave(), places.leave()] == [True, True, False]
