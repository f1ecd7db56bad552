"""PDF files as small as their own format allows: all objects that are no streams go into compressed object streams (ISO
32000-1, 7.5.7), with a cross-reference stream in place of the table (7.5.8). Half of a tagged PDF is its structure,
which the typesetter writes as plain text.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from itertools import pairwise

_TRAILER = re.compile(rb"trailer\n<</Size (\d+)(.*?)>>\nstartxref\n(\d+)\n%%EOF\s*\Z", re.DOTALL)
_ENTRY = re.compile(rb"(\d{10}) (\d{5}) ([nf])\r?\n ?")
_OBJECT = re.compile(rb"\d+ 0 obj\n(.*)\nendobj\s*\Z", re.DOTALL)
_PER_STREAM = 200
"""So many objects are in one stream: a reader unpacks all of them to see one."""
_FREE, _PLAIN, _PACKED = 0, 1, 2


def packed_pdf(pdf: bytes) -> bytes:
    """The same document in fewer bytes. One that is not written as the typesetter does is given back as it is."""
    trailer = _TRAILER.search(pdf, max(len(pdf) - 1000, 0))
    objects = _objects(pdf, int(trailer[3])) if trailer is not None else None
    if trailer is None or not objects or max(objects) + 1 != int(trailer[1]):
        return pdf
    streams = {number: one for number, one in objects.items() if one.endswith(b"endstream")}
    plain = [(number, one) for number, one in objects.items() if number not in streams]
    first = int(trailer[1])
    entries: dict[int, tuple[int, int, int]] = {0: (_FREE, 0, 65535)}
    for place, start in enumerate(range(0, len(plain), _PER_STREAM)):
        some = plain[start : start + _PER_STREAM]
        streams[first + place] = _object_stream(some)
        entries |= {number: (_PACKED, first + place, index) for index, (number, _) in enumerate(some)}
    written = bytearray(pdf[: pdf.index(b"\n", pdf.index(b"\n") + 1) + 1])
    for number, content in streams.items():
        entries[number] = (_PLAIN, len(written), 0)
        written += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start, last = len(written), max(entries) + 1
    entries[last] = (_PLAIN, start, 0)
    written += b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (last, _references(entries, trailer[2]), start)
    return bytes(written)


def _objects(pdf: bytes, table: int) -> Mapping[int, bytes] | None:
    """The objects by their numbers, from the table at this place; None if one is not where the table says."""
    numbers = re.compile(rb"xref\n0 (\d+)\n").match(pdf, table)
    if numbers is None:
        return None
    entries = _ENTRY.findall(pdf, numbers.end())[: int(numbers[1])]
    places = sorted((int(place), number) for number, (place, _, kind) in enumerate(entries) if kind == b"n")
    found = {}
    for (start, number), (end, _) in pairwise([*places, (table, 0)]):
        one = _OBJECT.match(pdf[start:end])
        if one is None or not pdf.startswith(b"%d 0 obj" % number, start):
            return None
        found[number] = one[1]
    return found


def _object_stream(objects: Sequence[tuple[int, bytes]]) -> bytes:
    places, at = [], 0
    for number, content in objects:
        places.append(b"%d %d" % (number, at))
        at += len(content) + 1
    head = b" ".join(places) + b"\n"
    known = b"/Type/ObjStm/N %d/First %d" % (len(objects), len(head))
    return _stream(known, head + b"\n".join(content for _, content in objects))


def _references(entries: Mapping[int, tuple[int, int, int]], rest: bytes) -> bytes:
    """The cross-reference stream; `rest` is what the trailer said beside its size."""
    size = max(entries) + 1
    lines = (entries.get(number, (_FREE, 0, 0)) for number in range(size))
    table = b"".join(bytes([kind]) + place.to_bytes(4) + index.to_bytes(2) for kind, place, index in lines)
    return _stream(b"/Type/XRef/Size %d/W[1 4 2]%b" % (size, rest), table)


def _stream(known: bytes, content: bytes) -> bytes:
    packed = zlib.compress(content, 9)
    return b"<<%b/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream" % (known, len(packed), packed)
