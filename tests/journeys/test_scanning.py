"""The search for traces finds what is planted, in each form; and finds nothing where nothing is."""

from __future__ import annotations

import base64
import gzip
import io
import json
import struct
import zipfile
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from tests.journeys.scanning import needles_for, time_forms, traces_below, traces_in

MARKER = "märk Zq7vX2 نص"
NEEDLES = needles_for({"marker": MARKER})
START = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
TIMES = time_forms(START, START + timedelta(seconds=50))


def zipped(content: bytes, method: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr("inner.txt", content)
    return file.getvalue()


RAW = MARKER.encode()
PLANTED = {
    "utf-8": RAW,
    "utf-16-le": MARKER.encode("utf-16-le"),
    "utf-16-be": MARKER.encode("utf-16-be"),
    "percent": quote(MARKER).encode(),
    "percent of a form": urlencode({"wish": MARKER}).encode(),
    "json": json.dumps({"wish": MARKER}).encode(),
    "html numbers": "".join(f"&#{ord(letter)};" for letter in MARKER).encode(),
    "hex": RAW.hex().encode(),
    "hex of utf-16": MARKER.encode("utf-16-le").hex().upper().encode(),
    **{f"base64 after {n}": base64.b64encode(b"x" * n + RAW + b"tail") for n in range(3)},
    **{f"urlsafe base64 after {n}": base64.urlsafe_b64encode(b"x" * n + RAW + b"tail") for n in range(3)},
    **{f"base64 of utf-16 after {n}": base64.b64encode(b"x" * n + MARKER.encode("utf-16-le")) for n in range(3)},
    "zlib": zlib.compress(RAW),
    "zlib, best": zlib.compress(RAW * 9, 9),
    "gzip": gzip.compress(RAW),
    "zip": zipped(RAW, zipfile.ZIP_DEFLATED),
    "zip, stored": zipped(RAW, zipfile.ZIP_STORED),
    "zip in gzip in zlib": zlib.compress(gzip.compress(zipped(RAW, zipfile.ZIP_DEFLATED))),
    "base64 in zip": zipped(base64.b64encode(b"a" + RAW), zipfile.ZIP_DEFLATED),
}


@pytest.mark.parametrize("form", PLANTED)
@pytest.mark.parametrize("around", [b"", b"\x00\x78\x9c other things "])
def test_planted_marker_is_found(form: str, around: bytes):
    content = PLANTED[form] if form.startswith("zip") else around + PLANTED[form] + around
    assert traces_in(content, NEEDLES) != set()


def test_other_texts_are_no_trace():
    other = "mark Zq7vX3 نصوص".encode()
    contents = [other, zlib.compress(other), base64.b64encode(other), other.hex().encode(), bytes(range(256)) * 64]
    assert [traces_in(content, NEEDLES) for content in contents] == [set()] * len(contents)


@pytest.mark.parametrize(
    "content",
    [
        b"[2026-03-04T05:06:30Z] GET", b"2026-03-04 05:06:30", b"04/Mar/2026:05:06:30 +0000",
        b"Wed, 04 Mar 2026 05:06:30 GMT", b'{"at": 1772600790}', b'{"at": 1772600790.25}', b"1772600790250",
        struct.pack("<q", 1772600790), struct.pack(">q", 1772600790250), struct.pack("<q", 1772600790250000),
        struct.pack("<d", 1772600790.25), struct.pack(">d", 1772600790.25),
    ],
)  # fmt: skip
def test_planted_time_is_found(content: bytes):
    assert traces_in(b"before " + content + b" after", TIMES) != set()


@pytest.mark.parametrize("content", [b"2025-03-04T05:06", b"2026-W10", b"1672600790", struct.pack("<q", 1672600790)])
def test_other_times_are_no_trace(content: bytes):
    assert traces_in(content, TIMES) == set()


def test_files_are_named_with_what_stands_in_them_and_left_out_folders_are_not_read(tmp_path: Path):
    (tmp_path / "dataset").mkdir()
    (tmp_path / "dataset" / "open_text").write_text(MARKER)
    (tmp_path / "log").write_text(f"said {MARKER}")
    (tmp_path / "clean").write_text("nothing")
    (tmp_path / "Zq7vX2-name").touch()
    found = traces_below(tmp_path, needles_for({"marker": MARKER, "short": "Zq7vX2"}), without=(tmp_path / "dataset",))
    assert set(found) == {"log", "Zq7vX2-name"}
    assert "marker (utf-8)" in found["log"]
