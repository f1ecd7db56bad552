"""The members of an archive's ZIP as they lie in the file: their bytes, and whether their two descriptions agree.

A ZIP describes each member twice: in a local header before it, and in the directory at the end. Python reads the
directory, so that an altered local header would go unnoticed. Kuule's members are stored without extra fields, so that
their bytes follow at once.
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
        _seek_member(file, member, _LOCAL.size + len(_stored_name(member)))
        return file.read(min(member.compress_size, path.stat().st_size))


def altered_headers(path: Path, members: Iterable[zipfile.ZipInfo]) -> tuple[str, ...]:
    """The names of members whose local header differs from the directory."""
    with path.open("rb") as file:
        return tuple(member.filename for member in members if not _agrees(file, member))


def _agrees(file: BinaryIO, member: zipfile.ZipInfo) -> bool:
    _seek_member(file, member)
    return file.read(_LOCAL.size + len(_stored_name(member))) == _expected(member)


def _seek_member(file: BinaryIO, member: zipfile.ZipInfo, offset: int = 0) -> None:
    """Move to a member. An altered directory can point before the file or beyond any possible end; there nothing is
    read."""
    file.seek(min(max(0, member.header_offset), file.seek(0, os.SEEK_END)) + offset)


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
        len(_stored_name(member)),
        0,
    ) + _stored_name(member)


def _stored_name(member: zipfile.ZipInfo) -> bytes:
    """The name as it is in the file: ASCII, or UTF-8 if bit 11 of the flags is set, else code page 437."""
    return member.orig_filename.encode("utf-8" if member.flag_bits & 0x800 else "cp437")
