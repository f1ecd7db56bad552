"""Puts multiple-response sets into an SPSS file that is already written: the library that writes the files cannot.

A set is a line in an extension record of the dictionary (type 7, subtype 7), before the record that ends it. What
follows the dictionary is copied as it is, but for the places in the file that a zipped one names. The format is in
the developers' manual of PSPP, "System File Format".
"""

from __future__ import annotations

import errno
import os
import shutil
import struct
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

from kuule.dataset.exports.export_variables.label_truncation import truncate_to_bytes
from kuule.dataset.exports.export_variables.response_sets import ResponseSet

_HEADER_BYTES = 176
_VARIABLE, _VALUE_LABELS, _LABELLED, _DOCUMENT, _EXTENSION, _END = 2, 3, 4, 6, 7, 999
_SETS, _LONG_NAMES = 7, 13
"""Subtypes of extension records."""
_LABEL_BYTES = 250
_CHOSEN = "1"
"""The value that is counted."""
_ZIPPED = b"$FL3"
_BLOCK = struct.Struct("=qqii")
_TRAILER = struct.Struct("=qqii")


def add_response_sets(path: Path, sets: Sequence[ResponseSet]) -> None:
    """Add sets to a .sav or .zsav file, which is replaced as a whole. Raises OSError, also if the file is not whole:
    its writer does not notice on every disk that there is no room."""
    if not sets:
        return
    beside = path.with_name(f"{path.name}.sets")
    with path.open("rb") as old:
        end, short = _dictionary(old)
        record = _record(sets, short)
        old.seek(0)
        head = old.read(end)
        with beside.open("wb") as new:
            new.write(head + record + old.read(8))
            if head.startswith(_ZIPPED):
                _copy_zipped(old, new, len(record))
            else:
                shutil.copyfileobj(old, new)
    beside.replace(path)


def _record(sets: Sequence[ResponseSet], short: Mapping[str, str]) -> bytes:
    """The record of the sets. A variable is named by its short name, which every variable has."""
    text = "".join(_line(one, short) for one in sets).encode()
    return struct.pack("=iiii", _EXTENSION, _SETS, 1, len(text)) + text


def _line(one: ResponseSet, short: Mapping[str, str]) -> str:
    label = truncate_to_bytes(" ".join(one.label.split()), _LABEL_BYTES)
    members = "".join(f" {short.get(name, name).lower()}" for name in one.variables)
    return f"${one.name}=D{len(_CHOSEN)} {_CHOSEN} {len(label.encode())} {label}{members}\n"


def _dictionary(file: IO[bytes]) -> tuple[int, Mapping[str, str]]:
    """Where the record is that ends the dictionary, and the short name of each variable by its long one."""
    file.seek(_HEADER_BYTES)
    short: dict[str, str] = {}
    while (kind := _number(file)) != _END:
        if kind == _VARIABLE:
            _skip_variable(file)
        elif kind == _VALUE_LABELS:
            _skip_value_labels(file)
        elif kind == _LABELLED:
            file.seek(4 * _number(file), os.SEEK_CUR)
        elif kind == _DOCUMENT:
            file.seek(80 * _number(file), os.SEEK_CUR)
        elif kind == _EXTENSION:
            subtype, size, count = (_number(file) for _ in range(3))
            content = file.read(size * count)
            short |= _long_names(content) if subtype == _LONG_NAMES else {}
        else:
            raise _not_whole(f"its dictionary has a record of the type {kind}")
    return file.tell() - 4, short


def _number(file: IO[bytes]) -> int:
    found = file.read(4)
    if len(found) < 4:
        raise _not_whole("its dictionary does not end")
    return int(struct.unpack("=i", found)[0])


def _not_whole(cause: str) -> OSError:
    return OSError(errno.EIO, f"unable to write the SPSS file: {cause}")


def _skip_variable(file: IO[bytes]) -> None:
    _, has_label, missing, _, _ = (_number(file) for _ in range(5))
    file.seek(8, os.SEEK_CUR)
    if has_label:
        file.seek(_padded(_number(file), 4), os.SEEK_CUR)
    file.seek(8 * abs(missing), os.SEEK_CUR)


def _skip_value_labels(file: IO[bytes]) -> None:
    for _ in range(_number(file)):
        file.seek(8, os.SEEK_CUR)
        length = file.read(1)[0]
        file.seek(_padded(length + 1, 8) - 1, os.SEEK_CUR)


def _padded(length: int, to: int) -> int:
    return -(-length // to) * to


def _long_names(content: bytes) -> dict[str, str]:
    pairs = (pair.partition("=") for pair in content.decode().split("\t") if pair)
    return {long: short for short, _, long in pairs}


def _copy_zipped(old: IO[bytes], new: IO[bytes], moved: int) -> None:
    """Copy the data of a zipped file. It names places of the file, all of which moved by so many bytes."""
    start, trailer, trailer_length = struct.unpack("=qqq", old.read(24))
    new.write(struct.pack("=qqq", start + moved, trailer + moved, trailer_length))
    for block in _pieces(old, trailer - old.tell()):
        new.write(block)
    bias, zero, size, blocks = _TRAILER.unpack(old.read(_TRAILER.size))
    new.write(_TRAILER.pack(bias, zero, size, blocks))
    for _ in range(blocks):
        plain, packed, *sizes = _BLOCK.unpack(old.read(_BLOCK.size))
        new.write(_BLOCK.pack(plain + moved, packed + moved, *sizes))


def _pieces(file: IO[bytes], length: int) -> Iterator[bytes]:
    while length:
        piece = file.read(min(length, 1 << 20))
        if not piece:
            raise _not_whole("its data does not reach its trailer")
        length -= len(piece)
        yield piece
