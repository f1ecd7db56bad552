"""Rows that are like an earlier one, against a comparison of each with all."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from kuule.dataset.duplicates import DuplicateSearch, find_duplicates

KINDS = {"one": pl.Enum(["a", "b"]), "many": pl.Boolean, "number": pl.Int64, "share": pl.Float64, "text": pl.String}
ROW = st.tuples(
    st.sampled_from(["a", "b", None]),
    st.sampled_from([True, False, None]),
    st.sampled_from([0, 1, None]),
    st.sampled_from([0.0, -0.0, 0.5, None]),
    st.sampled_from(["", "a", None]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ROW, max_size=10), st.lists(st.integers(0, 9), max_size=10), st.integers(1, 7))
def test_repeated_is_whatever_equals_a_row_before_it_among_those_looked_at(rows, again, stretch):
    rows = rows + [rows[number] for number in again if number < len(rows)]
    frame = pl.DataFrame(rows, schema=KINDS, orient="row").lazy()
    among = pl.col("many").fill_null(value=True)
    found = find_duplicates(frame, DuplicateSearch([pl.col(name) for name in KINDS], among), stretch)
    assert found.to_list() == [
        number for number, row in enumerate(rows) if row[1] is not False and row in rows[:number]
    ]


def test_repeated_is_nothing_where_no_row_is() -> None:
    search = DuplicateSearch([pl.col("one")], pl.col("many"))
    assert find_duplicates(pl.LazyFrame(schema=KINDS), search).to_list() == []
