"""How `archive-3.json` was made: `python tests/vectors/make_archive_3.py`. It never writes over a vector.

Archives that somebody made to keep a machine busy, each whole, with the problem by which it is refused before a row is
opened. Their key is the one of `archive-2.json`.
"""

from __future__ import annotations

import base64
import io
import json
import sys
import warnings
import zipfile
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
GOOD = base64.b64decode(json.loads((FOLDER / "archive-2.json").read_text("utf-8"))["archive"])
PART = "parts/000001"


def packed(manifest: dict[str, Any], more: dict[str, bytes]) -> bytes:
    """The good archive with another manifest, and with members more."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as new:
        for member in old.infolist():
            content = old.read(member)
            new.writestr(
                _like(member), json.dumps(manifest).encode() if member.filename == "manifest.json" else content
            )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for name, content in more.items():
                new.writestr(_like(old.infolist()[0], name), content)
    return made.getvalue()


def _like(member: zipfile.ZipInfo, name: str = "") -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name or member.filename, member.date_time)
    made.create_system, made.external_attr = member.create_system, member.external_attr
    return made


def longer(archive: bytes) -> bytes:
    """The directory says that the part is as long as 64 MiB: it would lie over all others."""
    content = bytearray(archive)
    entry = content.rindex(PART.encode()) - 46
    content[entry + 20 : entry + 28] = (2**26).to_bytes(4, "little") * 2
    return bytes(content)


def cases() -> dict[str, tuple[bytes, str]]:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        part = archive.read(PART)
    entry = manifest["parts"][0]
    again = manifest | {"parts": [entry, entry], "count": 2 * entry["rows"]}
    tiny = manifest | {"parts": [entry | {"rows": 1, "envelope_size": 0}], "count": 1}
    return {
        "a part named twice": (packed(again, {}), "OPEN_004"),
        "a part named twice, in another spelling of its rows": (
            packed(again | {"parts": [entry, entry | {"rows": 1}], "count": entry["rows"] + 1}, {}),
            "OPEN_004",
        ),
        "a count that is not that of the parts": (packed(manifest | {"count": entry["rows"] + 1}, {}), "OPEN_004"),
        "more rows than the file can hold": (
            packed(manifest | {"parts": _many(entry, 200), "count": 200_000}, {}),
            "OPEN_009",
        ),
        "a member twice": (packed(manifest, {PART: part}), "OPEN_006"),
        "a member that nothing lists": (packed(manifest, {"parts/000002": part}), "OPEN_006"),
        "a part over the others": (longer(packed(tiny, {})), "OPEN_009"),
    }


def _many(entry: dict[str, Any], number: int) -> list[dict[str, Any]]:
    return [entry | {"name": f"parts/{place:06d}", "rows": 1000} for place in range(1, number + 1)]


def main() -> None:
    target = FOLDER / "archive-3.json"
    if target.exists():
        sys.exit(f"{target.name} is there, and a released vector is not edited")
    broken = [
        {"name": name, "archive": base64.b64encode(archive).decode("ascii"), "code": code}
        for name, (archive, code) in cases().items()
    ]
    target.write_text(json.dumps({"broken": broken}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
