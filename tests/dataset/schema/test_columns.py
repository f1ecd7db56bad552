from __future__ import annotations

from datetime import date

import polars as pl

from kuule.dataset.schema.columns import week_thursday


def test_thursday_of_a_week_is_in_the_year_that_the_week_is_of() -> None:
    weeks = pl.DataFrame({"week": ["2026-W01", "2026-W53", "2027-W01", "2027-W53", "2026-W00", ""]})
    days = [date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 7), None, None, None]
    assert weeks.select(week_thursday(pl.col("week"))).to_series().to_list() == days
