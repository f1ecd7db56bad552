"""Where countries are: neighbours stand beside each other, and every country has a place."""

from __future__ import annotations

from itertools import combinations

from kuule.languages.cldr.territories import territory_names
from kuule.register.site.geography import TilePosition, land_borders, place_tiles, tile_positions

APART = {
    ("AZ", "RU"), ("BE", "DE"), ("BG", "GR"), ("BY", "PL"), ("FI", "NO"), ("FI", "RU"), ("GE", "RU"), ("HR", "ME"),
    ("ME", "RS"), ("NO", "RU"), ("PL", "RU"), ("PL", "UA"), ("RU", "UA"),
}  # fmt: skip
"""Neighbours whose squares do not touch: a square has eight places around it, and Germany has nine neighbours."""


def touch(one: TilePosition, other: TilePosition) -> bool:
    return max(abs(one.row - other.row), abs(one.column - other.column)) == 1


def test_no_two_countries_have_one_place() -> None:
    assert [pair for pair in combinations(tile_positions().items(), 2) if pair[0][1] == pair[1][1]] == []


def test_a_border_has_two_sides() -> None:
    borders = land_borders()
    assert [(one, other) for one, beside in borders.items() for other in beside if one not in borders[other]] == []


def test_neighbours_touch_but_for_those_that_a_grid_parts() -> None:
    places = tile_positions()
    pairs = {(a, b) for a, beside in land_borders().items() for b in beside if a < b and {a, b} <= places.keys()}
    assert {(a, b) for a, b in pairs if not touch(places[a], places[b])} == APART


def test_north_is_above_and_east_is_to_the_right() -> None:
    places = tile_positions()
    above = ("NO DK", "SE DK", "FI EE", "EE LV", "LV LT", "DK DE", "DE AT", "PL SK", "HU HR", "FR ES", "IT MT", "BG CY")
    left = ("IE GB", "GB NL", "NL DE", "DE PL", "PT ES", "ES IT", "FR AT", "AT HU", "HU RO", "NO SE", "SE FI", "IT BG")
    assert [pair for pair in above if places[pair[:2]].row >= places[pair[3:]].row] == []
    assert [pair for pair in left if places[pair[:2]].column >= places[pair[3:]].column] == []


def test_every_place_is_a_country_that_has_a_name() -> None:
    assert set(tile_positions()) - set(territory_names("en")) == set()
    assert set(tile_positions()) <= set(land_borders())


def test_a_grid_is_no_larger_than_its_countries() -> None:
    assert place_tiles(["FI", "SE", "EE"]) == {
        "SE": TilePosition(1, 1),
        "FI": TilePosition(1, 2),
        "EE": TilePosition(2, 2),
    }


def test_countries_without_a_place_stand_below_all_others() -> None:
    placed = place_tiles(["FI", "EE", *(f"Q{letter}" for letter in "ABCDEFG")])
    assert placed["EE"] == TilePosition(2, 1)
    assert placed["QA"] == TilePosition(4, 1)
    assert placed["QG"] == TilePosition(5, 1)
    assert place_tiles(["QA"]) == {"QA": TilePosition(1, 1)}
