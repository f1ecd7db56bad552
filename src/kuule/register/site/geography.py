"""Where countries are: a tile of equal size for each, and which countries have a border by land.

`tile_positions.csv` keeps as many neighbours side by side as a grid allows. Distances by sea are shortened.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

_SPARE_COLUMNS = 6
"""How many tiles stand beside each other in the rows of countries that have no position."""


@dataclass(frozen=True, slots=True)
class TilePosition:
    """A place in the grid; the first row and the first column are 1."""

    row: int
    column: int


@lru_cache(maxsize=1)
def tile_positions() -> Mapping[str, TilePosition]:
    """By country, in the whole grid of Europe."""
    rows = _rows("tile_positions.csv")
    return {row["country"]: TilePosition(int(row["row"]) + 1, int(row["column"]) + 1) for row in rows}


@lru_cache(maxsize=1)
def land_borders() -> Mapping[str, tuple[str, ...]]:
    """By country, the countries that it has a border with. A country that is absent is not known."""
    return {row["country"]: tuple(row["neighbours"].split()) for row in _rows("land_borders.csv")}


def place_tiles(countries: Iterable[str]) -> Mapping[str, TilePosition]:
    """The positions of some countries, by row and column, in a grid that is no larger than they need. Countries
    without a position stand in rows of their own below all others."""
    wanted = list(countries)
    known = {one: tile_positions()[one] for one in wanted if one in tile_positions()}
    top = min((one.row for one in known.values()), default=1)
    left = min((one.column for one in known.values()), default=1)
    placed = {code: TilePosition(one.row - top + 1, one.column - left + 1) for code, one in known.items()}
    below = max((one.row for one in placed.values()), default=-1) + 2
    for number, code in enumerate(one for one in wanted if one not in known):
        placed[code] = TilePosition(below + number // _SPARE_COLUMNS, number % _SPARE_COLUMNS + 1)
    return dict(sorted(placed.items(), key=lambda item: (item[1].row, item[1].column)))


def _rows(name: str) -> list[dict[str, str]]:
    text = resources.files("kuule.register.site").joinpath(name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))
