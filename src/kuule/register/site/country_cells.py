"""What maps and tables show of a cell: the class of its answer, the answer in a line, and marks in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from kuule.register.comparison.cells import RegisterCell, RegisterCellState
from kuule.register.site.answer_classes import AnswerClass, answer_class
from kuule.register.site.answer_words import short_cell
from kuule.register.site.geography import TilePosition, place_tiles
from kuule.register.site.page_texts import PageTexts


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell as a table shows it. A tile of a map shows its `sign`, its pattern and its `marks`."""

    cell: RegisterCell
    answer: AnswerClass
    words: Markup
    marks: tuple[str, ...]
    """Names of words: `law` or `reported`, then `contradicted`, `decided`, `due`, `confirmed`."""

    @property
    def is_open(self) -> bool:
        return self.cell.state is RegisterCellState.OPEN


@dataclass(frozen=True, slots=True)
class Tile:
    """A country's place on a map."""

    country: str
    position: TilePosition
    view: CellView


@dataclass(frozen=True, slots=True)
class TileMap:
    """One provision in all countries, and what the signs mean, each with the number of countries that have it."""

    tiles: tuple[Tile, ...]
    legend: tuple[tuple[AnswerClass, int], ...]


def cell_view(texts: PageTexts, cell: RegisterCell) -> CellView:
    """What is shown of a cell."""
    return CellView(cell, answer_class(texts, cell), short_cell(texts, cell), tuple(_marks(cell)))


def cell_views(texts: PageTexts, cells: Mapping[tuple[str, str], RegisterCell]) -> Mapping[tuple[str, str], CellView]:
    """Of all cells, by country and provision."""
    return {key: cell_view(texts, cell) for key, cell in cells.items()}


def tile_map(views: Mapping[tuple[str, str], CellView], provision: str, countries: Iterable[str]) -> TileMap:
    """The map of a provision: those of the countries that have a cell, in the order of rows."""
    shown = [code for code in countries if (code, provision) in views]
    places = place_tiles(shown)
    tiles = tuple(Tile(code, place, views[code, provision]) for code, place in places.items())
    classes = sorted({tile.view.answer for tile in tiles}, key=lambda one: (one.rank, one.sign))
    counts = tuple((one, sum(tile.view.answer == one for tile in tiles)) for one in classes)
    return TileMap(tiles, counts)


def _marks(cell: RegisterCell) -> Iterator[str]:
    if cell.state is RegisterCellState.OPEN:
        return
    yield "law" if cell.is_law else "reported"
    if cell.state in (RegisterCellState.CONTRADICTED, RegisterCellState.DECIDED):
        yield str(cell.state)
    if cell.is_due:
        yield "due"
    if cell.is_confirmed:
        yield "confirmed"
