"""What the style sheet of one page has beside the common one. No element has a style of its own: the policy of a page
allows its style sheet alone."""

from __future__ import annotations

from collections.abc import Sequence

from kuule.register.site.country_cells import TileMap
from kuule.static_site.page_drawing import css_string


def map_style(shown: TileMap | None) -> str:
    """Where the tiles of a map stand."""
    if shown is None or not shown.tiles:
        return ""
    columns = max(tile.position.column for tile in shown.tiles)
    tiles = "".join(
        f".t-{tile.country}{{grid-area:{tile.position.row}/{tile.position.column}}}" for tile in shown.tiles
    )
    return f".map{{--columns:{columns}}}{tiles}"


def column_names(table: str, heads: Sequence[str]) -> str:
    """The name of each column before its cells, where a narrow page has them below each other. In the style sheet each
    stands once, and not in every line. `table` is the class of the table, `heads` its first line."""
    names = "".join(
        f".{table} td:nth-child({place})::before{{content:{quoted};content:{quoted}/''}}"
        for place, head in enumerate(heads[1:], start=2)
        for quoted in [css_string(head)]
    )
    return f"@media (max-width:40rem){{{names}}}"
