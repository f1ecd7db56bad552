"""A table's file as whoever stole the disk reads it: pages of 8 KiB, rows with their headers. No server is asked.

https://www.postgresql.org/docs/current/storage-page-layout.html
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

_PAGE = 8192
_HEAD = 24
_NORMAL = 1


@dataclass(frozen=True)
class Tuple:
    """One row where it stands: the number of the transaction that wrote it, its place, its bytes after the header."""

    xmin: int
    place: int
    content: bytes


def tuples(path: Path) -> list[Tuple]:
    """Every row of a table's file, as they stand there."""
    found = []
    data = path.read_bytes()
    for start in range(0, len(data), _PAGE):
        page = data[start : start + _PAGE]
        (lower,) = struct.unpack_from("<H", page, 12)
        for number, at in enumerate(range(_HEAD, lower, 4)):
            (pointer,) = struct.unpack_from("<I", page, at)
            offset, flags, length = pointer & 0x7FFF, (pointer >> 15) & 3, pointer >> 17
            if flags == _NORMAL:
                (xmin,) = struct.unpack_from("<I", page, offset)
                body = page[offset + page[offset + 22] : offset + length]
                found.append(Tuple(xmin, start + number, body))
    return found


def key_of(row: Tuple) -> int:
    """The first column of a row, where it is a bigint."""
    return int(struct.unpack_from("<q", row.content)[0])


def value_number(chunk: Tuple) -> tuple[int, int]:
    """Of a row of a TOAST table: the number of the value, and which piece of it this is."""
    number, piece = struct.unpack_from("<Ii", chunk.content)
    return int(number), int(piece)
