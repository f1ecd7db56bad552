"""The codes of answers that are not choices: bands for whole numbers, and the one code of a tick.

Bands are fixed: bands made from the answers would tell the smallest and the largest of them.
"""

from __future__ import annotations

import polars as pl

from kuule.forms.page import Control

BANDED = frozenset({Control.INTEGER, Control.RANGE})
ACKNOWLEDGED = "yes"
WIDTH = 10
_LAST = 100
BELOW = "under-0"
ABOVE = f"{_LAST}-and-more"
BANDS = (BELOW, *(f"{low}-{low + WIDTH - 1}" for low in range(0, _LAST, WIDTH)), ABOVE)


def band_of(number: float) -> str:
    """The code of the band that one number falls in, as `band` has it of a column."""
    low = int(number // WIDTH * WIDTH)
    return BELOW if number < 0 else ABOVE if low >= _LAST else f"{low}-{low + WIDTH - 1}"


def band(column: pl.Expr) -> pl.Expr:
    """The code of the band a number falls in; null stays null."""
    low = (column.floor() // WIDTH * WIDTH).cast(pl.Int64)
    inside = pl.concat_str(low.cast(pl.String), pl.lit("-"), (low + WIDTH - 1).cast(pl.String))
    return (
        pl.when(column.is_null())
        .then(None)
        .when(column < 0)
        .then(pl.lit(BELOW))
        .when(column >= _LAST)
        .then(pl.lit(ABOVE))
        .otherwise(inside)
    )
