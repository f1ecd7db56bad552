"""Paths with and without the positions of instances."""

from __future__ import annotations

import pytest

from kuule.forms.model.paths import (
    instances_around,
    last_position,
    paths_in,
    position_count,
    replace_paths,
    without_positions,
)

PLACE = "/data/child[2]/toy[13]/name"


def test_path_of_a_place_has_no_positions() -> None:
    assert (without_positions(PLACE), position_count(PLACE)) == ("/data/child/toy/name", 2)
    assert (without_positions("/data/age"), position_count("/data/age")) == ("/data/age", 0)


def test_instances_are_named_from_the_outermost_to_the_innermost() -> None:
    assert list(instances_around(PLACE)) == [("/data/child[2]", 2), ("/data/child[2]/toy[13]", 13)]


@pytest.mark.parametrize(
    ("place", "position"), [("/data/child[2]", 2), ("/data/child[2]/toy[13]", 13), (PLACE, None), ("/data", None)]
)
def test_last_position_is_that_of_the_instance_itself(place: str, position: int | None) -> None:
    assert last_position(place) == position


def test_digits_of_other_scripts_are_no_position() -> None:
    place = "/data/child[\u0662]"
    assert (without_positions(place), last_position(place)) == (place, None)


def test_paths_of_a_condition_are_found_and_replaced() -> None:
    condition = "selected( /data/who , 'a') and (/data/child[1]/age>=18 or not(/data/age='/no'))"
    assert list(paths_in(condition)) == ["/data/who", "/data/child", "/age", "/data/age", "/no"]
    assert replace_paths("/data/who = 1 or /data/x = 2", {"/data/who": "who"}) == "who = 1 or /data/x = 2"
