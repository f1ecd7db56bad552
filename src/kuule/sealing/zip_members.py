"""One member of an archive's ZIP as it lies in the file: its bytes, and whether its two descriptions agree.

A ZIP describes each member twice, before it and in the directory at the end. Python reads by the directory; a byte that
is altered in the other would go unnoticed. Our members are stored, without extra fields: their bytes follow at once.
"""

from __future__ import annotations

import os
import struct
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

_LOCAL = struct.Struct("<4s5H3I2H")
_SIGNATURE = b"PK\x03\x04"


def member_content(path: Path, member: zipfile.ZipInfo) -> bytes:
    """The bytes of a stored member, without the ZIP's own check: an altered part still gives its whole rows."""
    with path.open("rb") as file:
        _go_to(file, member, _LOCAL.size + len(_name(member)))
        return file.read(min(member.compress_size, path.stat().st_size))


def altered_headers(path: Path, members: Iterable[zipfile.ZipInfo]) -> tuple[str, ...]:
    """The names of members whose description before them is another than that in the directory."""
    with path.open("rb") as file:
        return tuple(member.filename for member in members if not _agrees(file, member))


def _agrees(file: BinaryIO, member: zipfile.ZipInfo) -> bool:
    _go_to(file, member)
    return file.read(_LOCAL.size + len(_name(member))) == _expected(member)


def _go_to(file: BinaryIO, member: zipfile.ZipInfo, further: int = 0) -> None:
    """An altered directory can count from before the file, or from beyond what a file can have: there nothing is."""
    file.seek(min(max(0, member.header_offset), file.seek(0, os.SEEK_END)) + further)


def _expected(member: zipfile.ZipInfo) -> bytes:
    year, month, day, hour, minute, second = member.date_time
    return _LOCAL.pack(
        _SIGNATURE,
        member.extract_version,
        member.flag_bits & 0xFFFF,
        member.compress_type,
        (hour << 11 | minute << 5 | second // 2) & 0xFFFF,
        ((year - 1980) << 9 | month << 5 | day) & 0xFFFF,
        member.CRC,
        min(member.compress_size, 0xFFFFFFFF),
        min(member.file_size, 0xFFFFFFFF),
        len(_name(member)),
        0,
    ) + _name(member)


def _name(member: zipfile.ZipInfo) -> bytes:
    """As it stands in the file: ASCII, or UTF-8 with bit 11 of the flags, else code page 437."""
    return member.orig_filename.encode("utf-8" if member.flag_bits & 0x800 else "cp437")
