"""Whoever waits lets others compute meanwhile, and has a place again when they go on."""

from __future__ import annotations

import threading

import pytest

from kuule.core.computing_place import hold_place, keep_place, step_aside
from tests.patience import PATIENCE


class Place:
    """Writes down what is done with it. `lets_go`: whether it can be left."""

    def __init__(self, *, lets_go: bool = True) -> None:
        self.lets_go = lets_go
        self.done: list[str] = []

    def leave(self) -> bool:
        self.done.append("leave" if self.lets_go else "refused")
        return self.lets_go

    def retake(self) -> None:
        self.done.append("retake")


def test_place_is_left_for_the_wait_and_taken_again() -> None:
    place = Place()
    with hold_place(place):
        for _ in range(2):
            with step_aside():
                place.done.append("waits")
            place.done.append("computes")
    assert place.done == ["leave", "waits", "retake", "computes"] * 2


def test_place_is_taken_again_where_the_wait_fails() -> None:
    place = Place()
    with hold_place(place), pytest.raises(TimeoutError), step_aside():
        raise TimeoutError
    assert place.done == ["leave", "retake"]


def test_wait_within_a_wait_leaves_nothing_twice() -> None:
    place = Place()
    with hold_place(place), step_aside(), step_aside():
        place.done.append("waits")
    assert place.done == ["leave", "waits", "retake"]


def test_place_that_is_not_let_go_is_kept_and_not_taken_twice() -> None:
    place = Place(lets_go=False)
    with hold_place(place), step_aside():
        place.done.append("waits")
    assert place.done == ["refused", "waits"]


def test_nothing_steps_aside_where_places_are_kept() -> None:
    place = Place()
    with hold_place(place):
        with keep_place(), step_aside():
            place.done.append("waits")
        with step_aside():
            place.done.append("waits aside")
    assert place.done == ["waits", "leave", "waits aside", "retake"]


def test_thread_without_a_place_waits_and_no_more() -> None:
    place, waited = Place(), []

    def wait() -> None:
        with step_aside():
            waited.append(True)

    with hold_place(place):
        other = threading.Thread(target=wait)
        other.start()
        other.join(PATIENCE)
    wait()
    assert (waited, place.done) == ([True, True], [])
