"""JPEG: its size, and the same picture with only the segments that it needs. Nothing is recompressed.

Source: ITU-T T.81, annex B; T.871 (JFIF); Exif 2.32, 4.7; CIPA DC-007 (MPF).
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.study.media.exif import read_exif
from kuule.study.media.medium import MediaKind, Medium, UnusableMedia

SUFFIX = "jpg"
CONTENT_TYPE = "image/jpeg"

_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
"""Baseline, extended and progressive: what browsers show."""
_KEPT = frozenset({*_FRAMES, 0xC4, 0xDB, 0xDD, _SCAN})
_OTHER_FRAMES = frozenset(range(0xC3, 0xD0)) - {0xC4}
_JFIF = b"JFIF\0"
_JFIF_LENGTH = 14
_ADOBE = b"Adobe"
_PROFILE = b"ICC_PROFILE\0"
_BROKEN = "is a JPEG that is cut off or broken"


def matches(content: bytes) -> bool:
    return content.startswith(b"\xff\xd8\xff")


def read(content: bytes) -> Medium:
    """Raises UnusableMedia."""
    kept, told = [b"\xff\xd8"], dict[str, None]()
    width = height = end = 0
    for marker, data, segment, after in _segments(content):
        if marker in _OTHER_FRAMES:
            raise UnusableMedia("is a kind of JPEG that browsers do not show")
        if marker in _KEPT:
            kept.append(segment)
        elif marker == 0xE0 and data.startswith(_JFIF):
            kept.append(_jfif(data))
        elif marker == 0xEE and data.startswith(_ADOBE):
            kept.append(segment)  # it says how the colours are stored
        else:
            told |= dict.fromkeys(_told(marker, data))
        if marker in _FRAMES:
            height, width = int.from_bytes(data[1:3], "big"), int.from_bytes(data[3:5], "big")
        end = after
    if not width or not any(part[1:2] == bytes([_SCAN]) for part in kept):
        raise UnusableMedia(_BROKEN)
    if content[end:].strip(b"\0"):
        told["something behind its end"] = None
    return Medium(MediaKind.IMAGE, SUFFIX, b"".join([*kept, b"\xff\xd9"]), width, height, tuple(told))


def _segments(content: bytes) -> Iterator[tuple[int, bytes, bytes, int]]:
    """(marker, data, the whole segment, where the next one begins). A scan includes its compressed data."""
    at = 2
    while content[at : at + 1] == b"\xff":
        while content[at + 1 : at + 2] == b"\xff":
            at += 1  # a marker may have any number of these before it
        marker = content[at + 1] if at + 1 < len(content) else 0
        if marker == _END:
            yield _END, b"", b"", at + 2
            return
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if marker in (0, _START) or end < at + 4 or end > len(content):
            raise UnusableMedia(_BROKEN)
        data = content[at + 4 : end]
        if marker == _SCAN:
            end = _after_scan(content, end)
        yield marker, data, content[at:end], end
        at = end
    raise UnusableMedia(_BROKEN)


def _after_scan(content: bytes, at: int) -> int:
    """The next marker that is neither a stuffed byte nor a restart."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise UnusableMedia(_BROKEN)
        if content[at + 1] not in (0x00, 0xFF, *range(0xD0, 0xD8)):
            return at
        at += 1 if content[at + 1] == 0xFF else 2


def _jfif(data: bytes) -> bytes:
    """The segment without its thumbnail."""
    plain = data[: _JFIF_LENGTH - 2].ljust(_JFIF_LENGTH - 2, b"\0") + b"\0\0"
    return b"\xff\xe0" + (len(plain) + 2).to_bytes(2, "big") + plain


def _told(marker: int, data: bytes) -> tuple[str, ...]:
    if marker == _END or data.startswith(_PROFILE):
        return ()
    if data.startswith(b"Exif\0"):
        exif = read_exif(data[6:])
        if not exif.is_upright:
            raise UnusableMedia("is stored turned, and only a note inside says how to show it")
        return exif.descriptions
    if data.startswith((b"http://ns.adobe.com/", b"Photoshop 3.0")):
        return ("who made it and what was done to it (XMP, IPTC)",)
    if data.startswith(b"MPF\0"):
        return ("another picture inside it",)
    if marker == 0xFE:
        return ("words that nobody sees",)
    return (f"a part that no picture needs (0x{marker:X})",)
