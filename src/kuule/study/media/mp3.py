"""MP3: only the frames of sound, without the tags before and after them.

Source: ISO/IEC 11172-3, 2.4 (frames); id3.org, ID3v2.3 and 2.4 (tags).
"""

from __future__ import annotations

from kuule.study.media.medium import MediaKind, Medium, UnusableMedia

SUFFIX = "mp3"
CONTENT_TYPE = "audio/mpeg"

_RATES = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_FREQUENCIES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
_LAYER_3 = 1
_ID3_HEAD = 10
_PLAIN_NOTES = frozenset({b"TSSE", b"TLEN", b"TENC"})
"""The encoder and the length: nearly every file has these, and they say nothing about people."""
_NOTES = "notes about it (title, people, perhaps a picture or a day: ID3)"


def matches(content: bytes) -> bool:
    return content.startswith(b"ID3") or _frame_length(content, 0) > 0


def read(content: bytes) -> Medium:
    """Raises UnusableMedia."""
    start, told = _after_notes(content)
    end = start
    while (length := _frame_length(content, end)) and end + length <= len(content):
        end += length
    rest = content[end:]
    if end == start:
        raise UnusableMedia("is an MP3 without sound in it")
    if rest.startswith((b"TAG", b"APETAGEX", b"ID3", b"LYRICSBEGIN")):
        told = (_NOTES,)
    elif rest.strip(b"\0") and not _frame_length(content, end):
        raise UnusableMedia("is an MP3 that is broken in the middle")
    return Medium(MediaKind.AUDIO, SUFFIX, content[start:end], stripped_metadata=told)


def _frame_length(content: bytes, at: int) -> int:
    """Bytes of the frame that begins here; 0 if there is none."""
    head = content[at : at + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return 0
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    rate, frequency, padding = head[2] >> 4, head[2] >> 2 & 3, head[2] >> 1 & 1
    rates = _RATES[3 if version == 3 else 2]
    if layer != _LAYER_3 or version == 1 or not 0 < rate < len(rates) or frequency == 3:
        return 0
    samples = 144 if version == 3 else 72
    return samples * rates[rate] * 1000 // _FREQUENCIES[version][frequency] + padding


def _after_notes(content: bytes) -> tuple[int, tuple[str, ...]]:
    """Where the sound begins, and what the tags before it say."""
    at, told = 0, dict[str, None]()
    while content[at : at + 3] == b"ID3" and len(content) >= at + _ID3_HEAD:
        size = _syncsafe(content[at + 6 : at + _ID3_HEAD])
        footer = _ID3_HEAD if content[at + 5] & 0x10 else 0
        body = content[at + _ID3_HEAD : at + _ID3_HEAD + size]
        if not _note_names(body, content[at + 3]) <= _PLAIN_NOTES:
            told[_NOTES] = None
        at += _ID3_HEAD + size + footer
    return at, tuple(told)


def _note_names(body: bytes, version: int) -> frozenset[bytes]:
    """Names of the notes; of a version that is read otherwise, one that is in no list."""
    if version not in (3, 4):
        return frozenset({b"?"}) if body.strip(b"\0") else frozenset()
    names, at = set[bytes](), 0
    while body[at : at + 1] not in (b"", b"\0"):
        names.add(body[at : at + 4])
        size = body[at + 4 : at + 8]
        at += _ID3_HEAD + (_syncsafe(size) if version == 4 else int.from_bytes(size, "big"))
    return frozenset(names)


def _syncsafe(four: bytes) -> int:
    return sum((byte & 0x7F) << 7 * place for place, byte in enumerate(reversed(four)))
