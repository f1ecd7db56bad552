"""Rows of the store's tables as bytes: each value with its type and its length, in the order of the table's columns."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence

StoredValue = int | bytes | str | None
_NUMBER = struct.Struct(">q")
_LENGTH = struct.Struct(">I")
_NULL, _INTEGER, _BYTES, _TEXT = b"0", b"i", b"b", b"t"


class MalformedRows(ValueError):
    """These bytes are no rows of a table with so many columns."""


def encode_rows(rows: Iterable[Sequence[StoredValue]]) -> bytes:
    """The bytes of rows, one after the other."""
    return b"".join(_encode(value) for row in rows for value in row)


def _encode(value: StoredValue) -> bytes:
    if value is None:
        return _NULL
    if isinstance(value, int):
        return _INTEGER + _NUMBER.pack(value)
    kind, content = (_TEXT, value.encode()) if isinstance(value, str) else (_BYTES, value)
    return kind + _LENGTH.pack(len(content)) + content


def decode_rows(content: bytes, columns: int) -> Iterator[tuple[StoredValue, ...]]:
    """The rows that `encode_rows` wrote. Raises MalformedRows."""
    if columns < 1:
        raise MalformedRows
    at = 0
    while at < len(content):
        row: list[StoredValue] = []
        for _ in range(columns):
            value, at = _decode(content, at)
            row.append(value)
        yield tuple(row)


def _decode(content: bytes, at: int) -> tuple[StoredValue, int]:
    """The value at a place, and where the next one begins."""
    kind, at = content[at : at + 1], at + 1
    if kind == _NULL:
        return None, at
    try:
        if kind == _INTEGER:
            return int(_NUMBER.unpack_from(content, at)[0]), at + _NUMBER.size
        (length,) = _LENGTH.unpack_from(content, at)
        at += _LENGTH.size
        found = content[at : at + length]
        if kind not in (_BYTES, _TEXT) or len(found) != length:
            raise MalformedRows
        return (found.decode() if kind == _TEXT else found), at + length
    except (struct.error, UnicodeDecodeError) as error:
        raise MalformedRows from error
