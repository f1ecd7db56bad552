"""PNG: its size, and the same picture with only the chunks that it needs.

Source: Portable Network Graphics (PNG) Specification, third edition, W3C 2025, 5 and 11.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from kuule.study.media.exif import read_exif
from kuule.study.media.medium import MediaKind, Medium, UnusableMedia

SUFFIX = "png"
CONTENT_TYPE = "image/png"

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEPT = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"cICP", b"sBIT", b"bKGD"})
_SILENT = frozenset({b"iCCP", b"pHYs", b"hIST", b"sPLT"})
"""Removed too, without telling the author: they are about the screen, and a profile can contain a name."""
_MOVES = frozenset({b"acTL", b"fcTL", b"fdAT"})
_WORDS = frozenset({b"tEXt", b"zTXt", b"iTXt"})
_IHDR = 13


def matches(content: bytes) -> bool:
    return content.startswith(_SIGNATURE)


def read(content: bytes) -> Medium:
    """Raises UnusableMedia."""
    kept, told = [_SIGNATURE], dict[str, None]()
    width = height = 0
    names: list[bytes] = []
    for name, data, chunk in _chunks(content):
        names.append(name)
        if name in _MOVES:
            raise UnusableMedia("moves, and a picture that moves cannot be stopped")
        if name in _KEPT:
            kept.append(chunk)
        told |= dict.fromkeys(_told(name, data))
        if name == b"IHDR" and len(data) == _IHDR:
            width, height = int.from_bytes(data[:4], "big"), int.from_bytes(data[4:8], "big")
    if names[:1] != [b"IHDR"] or names[-1:] != [b"IEND"] or b"IDAT" not in names:
        raise UnusableMedia("is a PNG that is cut off or broken")
    if len(content) > len(_SIGNATURE) + sum(len(chunk) for _, _, chunk in _chunks(content)):
        told["something behind its end"] = None
    return Medium(MediaKind.IMAGE, SUFFIX, b"".join(kept), width, height, tuple(told))


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """(name, data, the whole chunk) up to and including IEND. Raises UnusableMedia if a chunk is damaged."""
    at = len(_SIGNATURE)
    while at < len(content):
        end = at + 12 + int.from_bytes(content[at : at + 4], "big")
        chunk = content[at:end]
        if len(chunk) < end - at or zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:], "big"):
            raise UnusableMedia("is a PNG that is cut off or broken")
        yield chunk[4:8], chunk[8:-4], chunk
        if chunk[4:8] == b"IEND":
            return
        at = end


def _told(name: bytes, data: bytes) -> tuple[str, ...]:
    if name in _KEPT or name in _SILENT:
        return ()
    if name == b"eXIf":
        exif = read_exif(data)
        if not exif.is_upright:
            raise UnusableMedia("is stored turned, and only a note inside says how to show it")
        return exif.descriptions
    if name in _WORDS:
        return ("words that nobody sees",)
    if name == b"tIME":
        return ("the moment when it was made",)
    return (f"a part that no picture needs ({name.decode('latin-1')})",)
