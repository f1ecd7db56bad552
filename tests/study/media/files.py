"""Small pictures and sounds made from code: plain colours and silence, each as its specification has it."""

from __future__ import annotations

import struct
import zlib

from kuule.study.media import ogg

PLACE = struct.pack("<2sHIH", b"II", 42, 8, 2) + struct.pack("<HHIHH", 0x0112, 3, 1, 1, 0)
PLACE += struct.pack("<HHIII", 0x8825, 4, 1, 38, 0)
"""An Exif part that says upright, and that a position follows."""


def exif(orientation: int = 1) -> bytes:
    """An Exif part that says how the picture is turned, and nothing else."""
    return struct.pack("<2sHIH", b"II", 42, 8, 1) + struct.pack("<HHIHHI", 0x0112, 3, 1, orientation, 0, 0)


def png_chunk(name: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")


def png(width: int = 4, height: int = 3, *chunks: bytes, colour: bytes = b"\x1f\x4f\x48", after: bytes = b"") -> bytes:
    """One colour; `chunks` stand before the picture, `after` behind its end."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + colour * width) * height, 9)
    body = [png_chunk(b"IHDR", head), *chunks, png_chunk(b"IDAT", rows), png_chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(body) + after


_TABLES = (
    # all quantisers 1; one DC and one AC code each: difference 0, and end of block
    b"\xff\xdb\x00\x43\x00" + b"\x01" * 64
    + b"\xff\xc4\x00\x14\x00" + b"\x01" + bytes(15) + b"\x00"
    + b"\xff\xc4\x00\x14\x10" + b"\x01" + bytes(15) + b"\x00"
)  # fmt: skip


def segment(marker: int, data: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(data) + 2).to_bytes(2, "big") + data


JFIF = segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")


def jpeg(width: int = 8, height: int = 8, *segments: bytes, after: bytes = b"") -> bytes:
    """Middle grey; `segments` stand before the picture. Whole blocks of 8 by 8 only."""
    frame = segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00")
    blocks = width // 8 * (height // 8)
    bits = "00" * blocks
    bits += "1" * (-len(bits) % 8)
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + int(bits, 2).to_bytes(len(bits) // 8, "big")
    return b"\xff\xd8" + b"".join(segments) + _TABLES + frame + scan + b"\xff\xd9" + after


def riff(*chunks: tuple[bytes, bytes]) -> bytes:
    body = b"WEBP"
    for name, data in chunks:
        body += name + len(data).to_bytes(4, "little") + data + b"\0" * (len(data) % 2)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def vp8l(width: int = 5, height: int = 2) -> bytes:
    """The head of a lossless picture; what follows it is not looked at."""
    return b"\x2f" + ((width - 1) | (height - 1) << 14).to_bytes(4, "little") + b"\x00\x88\x88"


def vp8x(width: int, height: int, flags: int) -> bytes:
    return bytes([flags, 0, 0, 0]) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")


def mp3(frames: int = 40, before: bytes = b"", after: bytes = b"") -> bytes:
    """Silence: MPEG 1 layer III, 64 kbit/s, 44.1 kHz, mono; 26 ms a frame."""
    head = b"\xff\xfb\x50\xc4"
    return before + (head + bytes(208 - len(head))) * frames + after


def id3(*notes: tuple[bytes, bytes]) -> bytes:
    body = b"".join(name + len(text).to_bytes(4, "big") + b"\0\0" + text for name, text in notes)
    size = bytes(len(body) >> 7 * place & 0x7F for place in (3, 2, 1, 0))
    return b"ID3\x03\0\0" + size + body


def ogg_page(flags: int, granule: int, number: int, body: bytes, stream: int = 77) -> bytes:
    lacing = bytes([255] * (len(body) // 255) + [len(body) % 255])
    head = b"OggS\0" + bytes([flags]) + struct.pack("<qII", granule, stream, number)
    tail = bytes([len(lacing)]) + lacing + body
    return head + struct.pack("<I", ogg._sum(head + bytes(4) + tail)) + tail


OPUS_HEAD = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 0, 48_000, 0, 0)


def opus_notes(*notes: bytes) -> bytes:
    made = b"".join(len(note).to_bytes(4, "little") + note for note in notes)
    return b"OpusTags" + (4).to_bytes(4, "little") + b"made" + len(notes).to_bytes(4, "little") + made


def opus(notes: bytes = b"", packets: int = 3) -> bytes:
    """Silence: CELT frames of 20 ms."""
    sound = [
        ogg_page(4 if number == packets - 1 else 0, 960 * (number + 1), number + 2, b"\xf8\xff\xfe")
        for number in range(packets)
    ]
    first = ogg_page(2, 0, 0, OPUS_HEAD) + ogg_page(0, 0, 1, notes or opus_notes())
    return first + b"".join(sound)


def box(name: bytes, *inside: bytes) -> bytes:
    body = b"".join(inside)
    return (len(body) + 8).to_bytes(4, "big") + name + body


DATED = bytes(4) + struct.pack(">II", 3_500_000_000, 3_500_000_001)


def m4a(*in_moov: bytes, handler: bytes = b"soun", codec: bytes = b"mp4a", before: bytes = b"") -> bytes:
    """The boxes of a recording, with the times of its making; nothing that would sound."""
    minf = box(b"minf", box(b"stbl", box(b"stsd", bytes(8), box(codec, bytes(28)))))
    hdlr = box(b"hdlr", bytes(8), handler, bytes(13))
    mdia = box(b"mdia", box(b"mdhd", DATED, bytes(12)), hdlr, minf)
    trak = box(b"trak", box(b"tkhd", DATED, bytes(72)), mdia)
    moov = box(b"moov", box(b"mvhd", DATED, bytes(88)), trak, *in_moov)
    return box(b"ftyp", b"M4A \0\0\0\0mp42") + before + moov + box(b"mdat", b"sound")
