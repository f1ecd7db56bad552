"""Rows as bytes: any row comes back, and broken bytes are refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuule.backup.table_rows import MalformedRows, decode_rows, encode_rows
from tests.sampling import examples

VALUES = st.none() | st.integers(-(2**63), 2**63 - 1) | st.binary(max_size=50) | st.text(max_size=50)


@settings(max_examples=examples(300))
@given(st.integers(1, 4).flatmap(lambda many: st.lists(st.tuples(*[VALUES] * many)).map(lambda rows: (many, rows))))
def test_rows_come_back(given_rows: tuple[int, list[tuple[int | bytes | str | None, ...]]]) -> None:
    columns, rows = given_rows
    assert list(decode_rows(encode_rows(rows), columns)) == rows


@pytest.mark.parametrize(
    ("content", "columns"),
    [(b"x", 1), (b"i\0", 1), (b"b\0\0\0\x05abc", 1), (b"t\0\0\0\x01\xff", 1), (b"0", 2), (b"q\0\0\0\0", 1), (b"0", 0)],
)
def test_broken_bytes_are_no_rows(content: bytes, columns: int) -> None:
    with pytest.raises(MalformedRows):
        list(decode_rows(content, columns))
