"""Markup compiled once and filled many times: bytes, names, bounds."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from kuule.web.skeleton import DaySkeletons, Hole, Skeleton, SkeletonCache
from kuule.web.templates import environment

ROW = environment().from_string("<p title='{{ said }}'>{{ hole('a') }}|{{ hole('b') }}|{{ hole('a') }}</p>")


def row(said: str) -> Skeleton:
    return Skeleton.from_template(lambda hole: ROW.render(said=said, hole=hole))


def of_size(length: int) -> Skeleton:
    return Skeleton.from_template(lambda _: "x" * length)


@given(st.text(), st.text(), st.text())
def test_filled_skeleton_is_what_a_template_writes(said: str, one: str, other: str) -> None:
    plain: Mapping[str, Markup] = {"a": escape(one), "b": escape(other)}
    expected = ROW.render(said=said, hole=lambda name: plain[name])
    fillings = {name: str(html) for name, html in plain.items()}
    assert row(said).fill(fillings) == expected


def test_hole_without_a_filling_is_empty_and_a_filling_without_a_hole_is_left() -> None:
    assert row("<").fill({"b": "B", "c": "C"}) == "<p title='&lt;'>|B|</p>"


def test_filling_twice_leaves_no_trace_of_the_first() -> None:
    skeleton = row("")
    skeleton.fill({"a": "SECRET", "b": "SECRET"})
    assert "SECRET" not in repr(skeleton)
    assert skeleton.fill({}) == "<p title=''>||</p>"


def test_text_that_looks_like_a_hole_is_text() -> None:
    text = "\x000123456789abcdef:0;"
    assert Skeleton.from_template(lambda hole: f"{text}{hole('a')}").fill({"a": "!"}) == f"{text}!"


def test_holes_made_in_a_loop_are_told_apart() -> None:
    def render(hole: Hole) -> str:
        return "".join(hole(f"chosen {value}") for value in ("a b", "ä", ""))

    assert Skeleton.from_template(render).fill({"chosen ä": "2", "chosen ": "3"}) == "23"


def test_shelf_makes_a_skeleton_once() -> None:
    shelf, made = SkeletonCache(10_000), []

    def make() -> Skeleton:
        made.append(1)
        return of_size(10)

    assert shelf.get("a", make) is shelf.get("a", make)
    assert len(made) == 1


def test_shelf_keeps_to_its_bytes_and_drops_the_oldest() -> None:
    one = of_size(1000).size
    shelf = SkeletonCache(3 * one)
    for name in "abcde":
        shelf.get(name, lambda: of_size(1000))
    assert (len(shelf), shelf.size) == (3, 3 * one)
    kept = [name for name in "cde" if shelf.get(name, lambda: of_size(1)).size == one]
    assert kept == ["c", "d", "e"]


@pytest.mark.parametrize("most", [0, 500])
def test_shelf_does_not_keep_what_is_larger_than_itself(most: int) -> None:
    shelf = SkeletonCache(most)
    assert shelf.get("a", lambda: of_size(1000)).pieces == ("x" * 1000,)
    assert (len(shelf), shelf.size) == (0, 0)


def test_threads_share_a_shelf() -> None:
    shelf, one = SkeletonCache(5 * of_size(100).size), of_size(100).size

    def ask() -> None:
        for number in range(300):
            assert shelf.get(number % 9, lambda: of_size(100)).size == one

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert shelf.size == len(shelf) * one <= 5 * one


def test_skeletons_of_another_day_are_forgotten() -> None:
    shelf, day, next_day = DaySkeletons(10_000), date(2026, 11, 29), date(2026, 11, 30)
    kept = shelf.get(day, "a", lambda: {"a": of_size(1), "b": of_size(2)})
    assert shelf.get(day, "a", lambda: {"a": of_size(3)}) is kept
    assert shelf.get(day, "b", lambda: {"b": of_size(3)}).pieces == ("xx",)
    assert len(shelf) == 2
    assert shelf.get(next_day, "a", lambda: {"a": of_size(2)}).pieces == ("xx",)
    assert len(shelf) == 1
    assert shelf.get(day, "a", lambda: {"a": of_size(4)}).pieces == ("xxxx",)
