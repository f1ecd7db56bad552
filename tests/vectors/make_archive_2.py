"""How `archive-2.json` was made: `python tests/vectors/make_archive_2.py`. It never writes over a vector.

The archive holds three rows and a list of what was taken back, in which the second of them stands: as where two
transactions crossed. A broken one is the good one with bytes put in the place of others.
"""

from __future__ import annotations

import base64
import json
import sys
import tempfile
from datetime import date
from pathlib import Path

from kuule.opening.private_key import PrivateKey
from kuule.sealing.archive import write_archive
from kuule.sealing.envelope import seal
from kuule.sealing.withdrawal_list import WithdrawalList

SECRET = bytes.fromhex("9f" * 16 + "3c" * 16)
KEY = PrivateKey.generate(SECRET, rehearsal=True)
STUDY, EDITION, SIZE = "our-voice", "5a" * 32, 1280
ROWS = (12, 2**40, 2**63 - 1)
FILES = {"edition.json": b'{"format":"a file of the edition"}'}
GONE = WithdrawalList.from_row_ids([7, ROWS[1]], until=date(2027, 12, 31), closed=True)


def good() -> bytes:
    rows = [
        seal(f"person {number}".encode(), key=KEY.public, study_id=STUDY, edition_id=EDITION, row_id=row, size=SIZE)
        for number, row in enumerate(ROWS)
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive"
        manifest = {"study": STUDY, "edition": EDITION}
        write_archive(path, manifest=manifest, files=FILES, envelopes=rows, withdrawn=GONE)
        return path.read_bytes()


def broken(archive: bytes) -> list[dict[str, object]]:
    ids = archive.index(GONE.to_bytes())
    return [
        {"name": "an id altered", "at": ids, "put": "01", "code": "OPEN_011"},
        {"name": "two ids in another order", "at": ids, "put": _swapped().hex(), "code": "OPEN_011"},
        {"name": "an id blotted out", "at": ids + 8, "put": bytes(8).hex(), "code": "OPEN_011"},
    ]


def _swapped() -> bytes:
    content = GONE.to_bytes()
    return content[8:] + content[:8]


def main() -> None:
    target = Path(__file__).with_name("archive-2.json")
    if target.exists():
        sys.exit(f"{target.name} is there, and a released vector is not edited")
    archive = good()
    content = {
        "secret": SECRET.hex(),
        "rehearsal": True,
        "archive": base64.b64encode(archive).decode("ascii"),
        "records": ["person 0", "person 2"],
        "withdrawn": sorted(GONE.row_ids),
        "until": str(GONE.until),
        "closed": GONE.closed,
        "broken": broken(archive),
    }
    target.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
