"""Looking for traces in files: a text in whatever form it may have been written, and the time of a visit.

Forms: UTF-8 and UTF-16, JSON and HTML escapes, percent, base64 in its three alignments, hexadecimal; each as it stands,
inside zlib and gzip streams at any offset, and inside members of ZIP files, to a depth of three.
"""

from __future__ import annotations

import base64
import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

from tests.store.files import any_of

_DEPTH = 3
_LARGEST = 50_000_000
_STREAM = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")
_SHORTEST_CORE = 6


def forms_of(text: str) -> dict[bytes, str]:
    """Every form of a text that is looked for: the bytes, and what the form is called."""
    found = {
        quote(text).encode(): "percent",
        quote(text, safe="").lower().encode(): "percent, lower case",
        quote_plus(text).encode(): "percent, of a form",
        json.dumps(text)[1:-1].encode(): "JSON",
        escape(text).encode(): "HTML",
        "".join(f"&#{ord(letter)};" for letter in text).encode(): "HTML, numbers",
    }
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        raw = text.encode(encoding)
        found[raw] = encoding
        found[raw.hex().encode()] = f"{encoding}, hexadecimal"
        found[raw.hex().upper().encode()] = f"{encoding}, hexadecimal"
        for core in _base64_cores(raw):
            found[core] = f"{encoding}, base64"
            found[core.replace(b"+", b"-").replace(b"/", b"_")] = f"{encoding}, base64"
    return found


def _base64_cores(raw: bytes) -> Iterator[bytes]:
    """What stands in base64 whatever comes before and after, at each of the three alignments."""
    for offset in range(3):
        encoded = base64.b64encode(b"\0" * offset + raw)
        start = (offset * 8 + 5) // 6
        end = (offset + len(raw)) * 8 // 6
        core = encoded[start:end]
        if len(core) >= _SHORTEST_CORE:
            yield core


def time_forms(start: datetime, end: datetime) -> dict[bytes, str]:
    """How a time between `start` and `end` may be written: dates to the minute, and what is counted since 1970.

    As text: seconds and every smaller part of them. Binary, in both byte orders: whole seconds, milliseconds and
    microseconds in 8 bytes, and floating seconds. Nanoseconds and 4 bytes are not looked for: ciphertext has them.
    """
    found: dict[bytes, str] = {}
    for second in range(int(start.timestamp()), int(end.timestamp()) + 1):
        moment = datetime.fromtimestamp(second, UTC)
        for pattern in ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d/%b/%Y:%H:%M", "%d %b %Y %H:%M", "%b %d %H:%M"):
            found[moment.strftime(pattern).encode()] = f"time as {pattern}"
        found[str(second).encode()] = "time since 1970, as text"
        binary = (
            struct.pack(">q", second), struct.pack(">q", second * 10**3)[:6],
            struct.pack(">q", second * 10**6)[:5], struct.pack(">d", second)[:5],
        )  # fmt: skip
        for form in binary:
            found |= {form: "time since 1970, binary", form[::-1]: "time since 1970, binary"}
    return found


def traces_in(content: bytes, needles: Mapping[bytes, str], depth: int = _DEPTH) -> set[str]:
    """What of `needles` stands in some bytes, also where they hold something compressed."""
    found = set()
    if _any_of(tuple(needles)).search(content):  # all at once: most files have none
        found = {name for needle, name in needles.items() if needle in content}
    if depth:
        for inner in _inside(content):
            found |= traces_in(inner, needles, depth - 1)
    return found


@lru_cache(maxsize=8)
def _any_of(needles: tuple[bytes, ...]) -> Any:
    return any_of(needles)


def _inside(content: bytes) -> Iterator[bytes]:
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.infolist():
                yield member.filename.encode() + b"\n" + member.comment + b"\n" + member.extra
                yield archive.read(member)
    whole = memoryview(content)  # whose slices copy nothing: thousands of places in ciphertext look like streams
    for match in _STREAM.finditer(content):
        unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)
        try:
            unpacked = unpacker.decompress(whole[match.start() :], _LARGEST)
        except zlib.error:
            continue
        if unpacked:
            yield unpacked


def traces_below(folder: Path, needles: Mapping[bytes, str], without: tuple[Path, ...] = ()) -> dict[str, set[str]]:
    """Every file below a folder in which something stands, names of files included. `without` are folders left out."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not any(path.is_relative_to(left) for left in without):
            name = path.relative_to(folder).as_posix()
            traces = traces_in(name.encode() + b"\n" + path.read_bytes(), needles)
            if traces:
                found[name] = traces
    return found


def needles_for(texts: Mapping[str, str]) -> dict[bytes, str]:
    """All forms of all texts; the names say which text and which form."""
    return {form: f"{name} ({kind})" for name, text in texts.items() for form, kind in forms_of(text).items()}


def now() -> datetime:
    """The time, as the forms above expect it."""
    return datetime.now(UTC)
