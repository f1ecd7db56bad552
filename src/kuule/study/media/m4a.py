"""AAC in MP4 (M4A): the same file with all notes and dates blanked in place, so that no offset changes.

Source: ISO/IEC 14496-12 (boxes), 4.2 and 8; a phone's recorder writes the location into `udta`.
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.study.media.medium import MediaKind, Medium, UnusableMedia

SUFFIX = "m4a"
CONTENT_TYPE = "audio/mp4"

_INSIDE = {
    b"": frozenset({b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide"}),
    b"moov": frozenset({b"mvhd", b"trak", b"iods"}),
    b"trak": frozenset({b"tkhd", b"edts", b"mdia"}),
    b"mdia": frozenset({b"mdhd", b"hdlr", b"minf"}),
}
"""The boxes that are allowed inside those that we look into; everything else is blanked."""
_DATED = frozenset({b"mvhd", b"tkhd", b"mdhd"})
_BLANK = frozenset({b"free", b"skip", b"wide"})
_PLACES = (b"\xa9xyz", b"location", b"loci")
_SOUND = b"soun"
_BROKEN = "is an M4A that is cut off or broken"


def matches(content: bytes) -> bool:
    return content[4:8] == b"ftyp"


def read(content: bytes) -> Medium:
    """Raises UnusableMedia."""
    kept, told, tracks = bytearray(content), dict[str, None](), list[bytes]()
    _blank(kept, b"", 0, len(kept), told, tracks)
    if tracks != [_SOUND]:
        raise UnusableMedia("is an MP4 that is not one sound alone")
    if b"mp4a" not in content:
        raise UnusableMedia("is an M4A without AAC in it, which not every browser plays")
    return Medium(MediaKind.AUDIO, SUFFIX, bytes(kept), stripped_metadata=tuple(told))


def _blank(kept: bytearray, around: bytes, start: int, end: int, told: dict[str, None], tracks: list[bytes]) -> None:
    for name, at, body, after in _boxes(kept, start, end):
        if name in (b"moof", b"mvex"):
            raise UnusableMedia("is an M4A in fragments, as for a stream")
        if name not in _INSIDE[around] or name in _BLANK:
            if name not in _BLANK:
                told |= dict.fromkeys(_told(bytes(kept[body:after])))
                kept[at + 4 : at + 8] = b"free"
            kept[body:after] = bytes(after - body)
        elif name in _INSIDE:
            _blank(kept, name, body, after, told, tracks)
        elif name in _DATED:
            length = 16 if kept[body] == 1 else 8
            kept[body + 4 : body + 4 + length] = bytes(length)
        elif name == b"hdlr":
            tracks.append(bytes(kept[body + 8 : body + 12]))


def _boxes(kept: bytearray, start: int, end: int) -> Iterator[tuple[bytes, int, int, int]]:
    """(name, start, start of the body, end)."""
    at = start
    while at < end:
        size, body = int.from_bytes(kept[at : at + 4], "big"), at + 8
        if size == 1:
            size, body = int.from_bytes(kept[at + 8 : at + 16], "big"), at + 16
        after = end if size == 0 else at + size
        if body > after or after > end:
            raise UnusableMedia(_BROKEN)
        yield bytes(kept[at + 4 : at + 8]), at, body, after
        at = after


def _told(body: bytes) -> tuple[str, ...]:
    if any(place in body for place in _PLACES):
        return ("the place where it was recorded",)
    return ("notes about it (title, people, perhaps a day)",) if body.strip(b"\0") else ()
