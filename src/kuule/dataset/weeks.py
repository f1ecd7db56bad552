"""When a response was given, as far as it is kept: an ISO week. The month that it is in is that of its Thursday."""

from __future__ import annotations

import polars as pl


def week_thursday(week: pl.Expr) -> pl.Expr:
    """The Thursday of a week such as 2026-W48 (ISO 8601: the year of a week is that of this day); null of a week that
    there is not."""
    return (week.cast(pl.String) + "-4").str.to_date("%G-W%V-%u", strict=False)
