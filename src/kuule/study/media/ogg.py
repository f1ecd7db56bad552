"""Opus in Ogg: the same sound without comments; its pages get new numbers and checksums.

Source: RFC 3533 (Ogg), 6; RFC 7845 (Opus in Ogg), 3 to 5.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kuule.study.media.medium import MediaKind, Medium, UnusableMedia

SUFFIX = "ogg"
CONTENT_TYPE = "audio/ogg"

_HEAD = 27
_FULL = 255
_FIRST = 2
_NO_NOTES = b"OpusTags" + bytes(8)
_PLAIN_NOTES = (b"ENCODER=", b"ENCODER_OPTIONS=")
_BROKEN = "is an Ogg that is cut off or broken"


@dataclass(frozen=True, slots=True)
class _Page:
    """One page. `whole` is the page as it was, with its number and checksum."""

    whole: bytes
    number: int
    flags: int
    granule: bytes
    stream: bytes
    lacing: bytes
    body: bytes

    def to_bytes(self, number: int) -> bytes:
        if number == self.number:
            return self.whole
        head = b"OggS\0" + bytes([self.flags]) + self.granule + self.stream + number.to_bytes(4, "little")
        tail = bytes([len(self.lacing)]) + self.lacing + self.body
        return head + _sum(head + bytes(4) + tail).to_bytes(4, "little") + tail


def matches(content: bytes) -> bool:
    return content.startswith(b"OggS")


def read(content: bytes) -> Medium:
    """Raises UnusableMedia."""
    pages = list(_pages(content))
    if not pages or not pages[0].body.startswith(b"OpusHead") or not pages[0].flags & _FIRST:
        raise UnusableMedia("is an Ogg without Opus sound in it")
    if len({page.stream for page in pages}) > 1:
        raise UnusableMedia("has more than one stream")
    notes, used = b"", 1
    for page in pages[1:]:
        notes, used = notes + page.body, used + 1
        if page.lacing and page.lacing[-1] < _FULL:
            break
    if not notes.startswith(b"OpusTags") or used == len(pages):
        raise UnusableMedia(_BROKEN)
    empty = replace(pages[1], number=-1, lacing=bytes([len(_NO_NOTES)]), body=_NO_NOTES, flags=0, granule=bytes(8))
    written = [page.to_bytes(number) for number, page in enumerate([pages[0], empty, *pages[used:]])]
    told = ("notes about it (title, people, perhaps a place or a day)",) if _tells(notes) else ()
    return Medium(MediaKind.AUDIO, SUFFIX, b"".join(written), stripped_metadata=told)


def _pages(content: bytes) -> Iterator[_Page]:
    at = 0
    while at < len(content):
        head = content[at : at + _HEAD]
        if len(head) < _HEAD or not head.startswith(b"OggS\0"):
            raise UnusableMedia(_BROKEN)
        lacing = content[at + _HEAD : at + _HEAD + head[26]]
        start = at + _HEAD + head[26]
        end = start + sum(lacing)
        if end > len(content) or len(lacing) < head[26]:
            raise UnusableMedia(_BROKEN)
        number = int.from_bytes(head[18:22], "little")
        yield _Page(content[at:end], number, head[5], head[6:14], head[14:18], lacing, content[start:end])
        at = end


def _tells(notes: bytes) -> bool:
    """Whether a comment says more than the name of the encoder, or cannot be read."""
    at = 12 + int.from_bytes(notes[8:12], "little")
    count = int.from_bytes(notes[at : at + 4], "little")
    at += 4
    for _ in range(count):
        size = int.from_bytes(notes[at : at + 4], "little")
        note = notes[at + 4 : at + 4 + size]
        if not note.upper().startswith(_PLAIN_NOTES):
            return True
        at += 4 + size
    return bool(notes[at:].strip(b"\0"))


def _table() -> tuple[int, ...]:
    found = []
    for value in range(256):
        value <<= 24
        for _ in range(8):
            value = (value << 1 ^ 0x04C11DB7 if value & 0x80000000 else value << 1) & 0xFFFFFFFF
        found.append(value)
    return tuple(found)


_SUMS = _table()


def _sum(content: bytes) -> int:
    """Ogg's own checksum: the polynomial of zlib's, unreflected and from 0."""
    value = 0
    for byte in content:
        value = (value << 8 & 0xFFFFFFFF) ^ _SUMS[value >> 24 ^ byte]
    return value
