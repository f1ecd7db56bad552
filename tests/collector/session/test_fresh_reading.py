"""What is read from the store now and then: readings that end in another order than they began."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from kuule.collector.session import fresh_reading
from kuule.collector.session.fresh_reading import FreshReading
from tests.patience import PATIENCE, wait_until

SECONDS, QUIET = 5.0, 3.0
Work = Callable[[], None]


class Store:
    """A store whose readings take as long as a test wants: each looks when it begins, and ends when it is let."""

    def __init__(self) -> None:
        self.holds: str | None = "first"
        self.now = 0.0
        self.begun: list[Work] = []
        self.reading = FreshReading[str](
            self.look, "unknown", SECONDS, clock=lambda: self.now, run=self.run, quiet_seconds=QUIET
        )
        self.is_quick = False
        self.meanwhile: Work | None = None

    def run(self, work: Work) -> None:
        """Begin to read: it has ended at once, or ends later."""
        if self.is_quick:
            work()
        else:
            self.begun.append(work)

    def look(self) -> str | None:
        """What it holds now; what happens while the answer is under way happens before it arrives."""
        found, meanwhile, self.meanwhile = self.holds, self.meanwhile, None
        if meanwhile is not None:
            meanwhile()
        return found

    def value_after(self, seconds: float) -> str:
        """What is known when so many seconds have passed."""
        self.now += seconds
        return self.reading.value()


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr(fresh_reading, "database_name", lambda: "one")
    made = Store()
    assert made.reading.value() == "first"
    return made


def test_what_was_read_beside_is_known_once_it_is_there(store: Store) -> None:
    store.holds = "second"
    assert store.value_after(SECONDS) == "first"
    store.begun.pop()()
    assert store.reading.value() == "second"


def test_whoever_comes_after_a_quiet_while_sees_what_is_there_now(store: Store) -> None:
    store.holds, store.is_quick = "second", True
    assert store.value_after(SECONDS + QUIET) == "second"


def test_all_who_come_after_a_quiet_while_wait_for_the_same_reading(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fresh_reading, "QUIET_PATIENCE", PATIENCE)
    store.holds = "second"
    store.now += SECONDS + QUIET
    seen: list[str] = []
    people = [threading.Thread(target=lambda: seen.append(store.reading.value())) for _ in range(3)]
    people[0].start()
    wait_until(lambda: store.begun)
    for person in people[1:]:
        person.start()
    store.begun.pop()()
    for person in people:
        person.join()
    assert (seen, store.begun) == (["second"] * 3, [])


def test_reading_that_does_not_end_is_waited_for_once_and_for_a_moment(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited = []
    monkeypatch.setattr(threading.Event, "wait", lambda _event, seconds: waited.append(seconds))
    assert store.value_after(SECONDS + QUIET) == "first"
    assert store.value_after(SECONDS - 1) == "first"
    assert waited == [fresh_reading.QUIET_PATIENCE]


def test_what_was_read_with_patience_holds_until_it_is_due(store: Store) -> None:
    store.reading.learn("learnt")
    store.holds = "second"
    assert store.value_after(SECONDS - 1) == "learnt"
    assert store.value_after(1) == "learnt"
    store.begun.pop()()
    assert store.reading.value() == "second"


def test_nobody_waits_while_people_come(store: Store) -> None:
    for _ in range(3):
        assert store.value_after(SECONDS + QUIET - 1) == "first"
    assert len(store.begun) == 3


def test_reading_that_began_before_it_expired_does_not_undo_the_one_after(store: Store) -> None:
    store.value_after(SECONDS)

    def expire_and_ask() -> None:
        store.holds = "second"
        store.reading.expire()
        assert store.reading.value() == "second"

    store.meanwhile = expire_and_ask
    store.begun.pop()()
    assert store.reading.value() == "second"


def test_slow_reading_does_not_undo_the_one_that_began_later(store: Store) -> None:
    store.value_after(SECONDS)
    slow = store.begun.pop()

    def read_again() -> None:
        store.holds = "second"
        store.value_after(SECONDS)
        store.begun.pop()()

    store.meanwhile = read_again
    slow()
    assert store.reading.value() == "second"


def test_later_reading_that_had_no_answer_does_not_hide_the_one_before(store: Store) -> None:
    store.holds = "second"
    store.value_after(SECONDS)
    slow = store.begun.pop()

    def read_again() -> None:
        store.holds = None
        store.value_after(SECONDS)
        store.begun.pop()()

    store.meanwhile = read_again
    slow()
    assert store.reading.value() == "second"


def test_what_is_expired_while_it_is_read_is_read_again(store: Store) -> None:
    def expire() -> None:
        store.holds = "second"
        store.reading.expire()

    store.meanwhile = expire
    store.reading.expire()
    assert [store.reading.value(), store.reading.value()] == ["first", "second"]


def test_reading_of_another_store_is_dropped(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.value_after(SECONDS)
    slow = store.begun.pop()

    def move() -> None:
        monkeypatch.setattr(fresh_reading, "database_name", lambda: "another")
        store.holds = None
        assert store.reading.value() == "unknown"

    store.meanwhile = move
    slow()
    assert store.reading.value() == "unknown"
