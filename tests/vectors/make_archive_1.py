"""How `archive-1.json` was made: `python tests/vectors/make_archive_1.py`. It never writes over a vector.

The archive holds three rows. A broken one is the good one with bytes cut, or with bytes put in the place of others;
each says which reasons it must give, or which code where it cannot be read at all.
"""

from __future__ import annotations

import base64
import json
import sys
import tempfile
from pathlib import Path

from kuule.opening.private_key import PrivateKey
from kuule.sealing.archive import write_archive
from kuule.sealing.envelope import seal

SECRET = bytes.fromhex("9f" * 16 + "3c" * 16)
KEY = PrivateKey.generate(SECRET, rehearsal=True)
STUDY, EDITION, SIZE = "our-voice", "5a" * 32, 1280
STRIDE = 8 + SIZE
FILES = {"edition.json": b'{"format":"a file of the edition"}'}


def good() -> bytes:
    rows = [
        seal(f"person {number}".encode(), key=KEY.public, study_id=STUDY, edition_id=EDITION, row_id=row, size=SIZE)
        for number, row in enumerate((12, 2**40, 2**63 - 1))
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive"
        write_archive(path, manifest={"study": STUDY, "edition": EDITION}, files=FILES, envelopes=rows)
        return path.read_bytes()


def broken(archive: bytes) -> list[dict[str, object]]:
    part = archive.index(b"parts/000001") + len("parts/000001")
    first, second = (archive[part + at : part + at + STRIDE] for at in (0, STRIDE))
    manifest = archive.rindex(b'"count"')

    def put(name: str, at: int, content: bytes, **outcome: object) -> dict[str, object]:
        return {"name": name, "at": at, "put": content.hex(), **outcome}

    swapped = first[:8] + second[8:] + second[:8] + first[8:]
    return [
        put("a row altered", part + 700, bytes(2), opened=2, unopened=["not_authentic"]),
        put("a row id altered", part + STRIDE, b"\x7f", opened=2, unopened=["not_authentic"]),
        put("a row twice", part + STRIDE, first, opened=2, unopened=["repeated_row"]),
        put("two envelopes swapped", part, swapped, opened=1, unopened=["not_authentic"] * 2),
        put("a row blotted out", part, bytes(STRIDE), opened=2, unopened=["not_an_envelope"]),
        put("another name for the part", archive.rindex(b"parts/000001"), b"parts/000009", code="OPEN_006"),
        put("the manifest altered", manifest, b'"cound"', code="OPEN_004"),
        put("the edition altered", archive.index(b"a file of"), b"b", code="OPEN_005"),
        {"name": "the end cut off", "cut": len(archive) - 1, "code": "OPEN_002"},
        {"name": "the second half cut off", "cut": len(archive) // 2, "code": "OPEN_002"},
        {"name": "nothing left", "cut": 0, "code": "OPEN_002"},
    ]


def main() -> None:
    target = Path(__file__).with_name("archive-1.json")
    if target.exists():
        sys.exit(f"{target.name} is there, and a released vector is not edited")
    archive = good()
    content = {
        "secret": SECRET.hex(),
        "rehearsal": True,
        "archive": base64.b64encode(archive).decode("ascii"),
        "records": [f"person {number}" for number in range(3)],
        "broken": broken(archive),
    }
    target.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
