"""WebP: its size, and the same picture with only the chunks that it needs.

Source: RFC 9649 (WebP), 2; RFC 6386 (VP8), 9.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.study.media.exif import read_exif
from kuule.study.media.medium import MediaKind, Medium, UnusableMedia

SUFFIX = "webp"
CONTENT_TYPE = "image/webp"

_HEAD = 12
_KEPT = frozenset({b"VP8 ", b"VP8L", b"ALPH"})
_MOVES = frozenset({b"ANIM", b"ANMF"})
_TOLD_OF = 0x20 | 0x08 | 0x04
"""Flags of VP8X: colour profile, Exif, XMP."""
_BROKEN = "is a WebP that is cut off or broken"


def matches(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:_HEAD] == b"WEBP"


def read(content: bytes) -> Medium:
    """Raises UnusableMedia."""
    kept, told, sizes = list[bytes](), dict[str, None](), dict[bytes, tuple[int, int]]()
    end = 8 + int.from_bytes(content[4:8], "little")
    if end > len(content):
        raise UnusableMedia(_BROKEN)
    for name, data in _chunks(content[:end]):
        if name in _MOVES:
            raise UnusableMedia("moves, and a picture that moves cannot be stopped")
        if name == b"VP8X" and len(data) == 10:
            kept.append(_chunk(name, bytes([data[0] & ~_TOLD_OF]) + data[1:]))
            sizes[name] = (_three(data[4:7]) + 1, _three(data[7:10]) + 1)
        elif name in _KEPT:
            kept.append(_chunk(name, data))
            sizes[name] = _size(name, data)
        else:
            told |= dict.fromkeys(_told(name, data))
    if not sizes.keys() & {b"VP8 ", b"VP8L"}:
        raise UnusableMedia(_BROKEN)
    width, height = sizes.get(b"VP8X") or sizes.get(b"VP8L") or sizes[b"VP8 "]
    if len(content) > end:
        told["something behind its end"] = None
    inside = b"WEBP" + b"".join(kept)
    whole = b"RIFF" + len(inside).to_bytes(4, "little") + inside
    return Medium(MediaKind.IMAGE, SUFFIX, whole, width, height, tuple(told))


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = _HEAD
    while at < len(content):
        size = int.from_bytes(content[at + 4 : at + 8], "little")
        if at + 8 + size > len(content):
            raise UnusableMedia(_BROKEN)
        yield content[at : at + 4], content[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _chunk(name: bytes, data: bytes) -> bytes:
    return name + len(data).to_bytes(4, "little") + data + b"\0" * (len(data) % 2)


def _size(name: bytes, data: bytes) -> tuple[int, int]:
    if name == b"VP8L" and data[:1] == b"\x2f" and len(data) >= 5:
        bits = int.from_bytes(data[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if name == b"VP8 " and data[3:6] == b"\x9d\x01\x2a" and len(data) >= 10:
        return int.from_bytes(data[6:8], "little") & 0x3FFF, int.from_bytes(data[8:10], "little") & 0x3FFF
    if name == b"ALPH":
        return 0, 0
    raise UnusableMedia(_BROKEN)


def _three(data: bytes) -> int:
    return int.from_bytes(data, "little")


def _told(name: bytes, data: bytes) -> tuple[str, ...]:
    if name == b"ICCP":
        return ()
    if name == b"EXIF":
        exif = read_exif(data.removeprefix(b"Exif\0\0"))
        if not exif.is_upright:
            raise UnusableMedia("is stored turned, and only a note inside says how to show it")
        return exif.descriptions
    if name == b"XMP ":
        return ("who made it and what was done to it (XMP, IPTC)",)
    return (f"a part that no picture needs ({name.decode('latin-1').strip()})",)
