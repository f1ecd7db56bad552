"""How `envelope-1.json` was made: `python tests/vectors/make_envelope_1.py`. It never writes over a vector.

Sealing is random, so another run would give other vectors. A released vector is not edited: where the envelope changes,
it gets a new version, a new file and a new script, and this file goes on being opened. `envelope-1-npm.json` was made
with `seal_with_npm.mjs`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from kuule.core.limits import MAX_PAGE_ENVELOPE
from kuule.opening.private_key import PrivateKey
from kuule.sealing.envelope import HPKE_SUITE, OVERHEAD, hpke_info, seal
from kuule.sealing.envelope_header import EnvelopeHeader
from kuule.sealing.keys import hpke_key

SECRET = bytes.fromhex("9f" * 16 + "3c" * 16)
KEY = PrivateKey.generate(SECRET, rehearsal=True)
OTHER = PrivateKey.generate(bytes(range(32)), rehearsal=True)
STUDY, EDITION, ROW = "our-voice", "5a" * 32, 4611686018427387905
RECORD = '{"answers":{"/data/wish":"att någon lyssnar"},"v":1}'.encode()


def vector(name: str, envelope: bytes, **other: object) -> dict[str, object]:
    names = {"study": STUDY, "edition": EDITION, "row_id": str(ROW), "key_id": KEY.public.key_id.hex()}
    return {"name": name, **names, "envelope": envelope.hex(), **other}


def sealed(record: bytes, size: int = 2048, key: PrivateKey = KEY) -> bytes:
    return seal(record, key=key.public, study_id=STUDY, edition_id=EDITION, row_id=ROW, size=size).envelope


def unpadded(padded: bytes) -> bytes:
    key_id = KEY.public.key_id
    info = hpke_info(study_id=STUDY, edition_id=EDITION, key_id=key_id, row_id=ROW)
    return EnvelopeHeader(key_id, EDITION).to_bytes() + HPKE_SUITE.encrypt(padded, hpke_key(KEY.public.raw), info)


def altered(envelope: bytes, at: int) -> bytes:
    return envelope[:at] + bytes([envelope[at] ^ 1]) + envelope[at + 1 :]


def good() -> Iterator[dict[str, object]]:
    cases = {
        "a record": (RECORD, 2048),
        "an empty record": (b"", 2048),
        "a record that fills its envelope": (b"r" * (2048 - OVERHEAD), 2048),
        "a record that ends like padding": (b"r\x80\x00\x00", 1280),
    }
    for name, (record, size) in cases.items():
        yield vector(name, sealed(record, size), record=record.hex())


def broken() -> Iterator[dict[str, object]]:
    whole = sealed(RECORD)
    other_id = OTHER.public.key_id
    yield vector("no envelope", b"%PDF-1.7 something else", reason="not_an_envelope")
    yield vector("nothing", b"", reason="not_an_envelope")
    yield vector("a later version", whole[:5] + b"\x02" + whole[6:], reason="other_version")
    yield vector("another suite", whole[:6] + bytes.fromhex("002000010003") + whole[12:], reason="other_suite")
    yield vector("cut in the clear part", whole[:40], reason="cut_short")
    yield vector("cut before the tag's end", whole[: OVERHEAD - 1], reason="cut_short")
    yield vector("cut by one byte", whole[:-1], reason="not_authentic")
    yield vector("one byte added", whole + b"\x00", reason="not_authentic")
    yield vector("to another key", sealed(RECORD, key=OTHER), key_id=other_id.hex(), reason="other_key")
    yield vector("a row that names another key", whole, key_id=other_id.hex(), reason="key_id_differs")
    yield vector("of another edition", whole, edition="a5" * 32, reason="other_edition")
    rewritten = whole[:20] + bytes.fromhex("a5" * 32) + whole[52:]
    yield vector("with its edition rewritten", rewritten, edition="a5" * 32, reason="not_authentic")
    yield vector("of another study", whole, study="our-voice-2", reason="not_authentic")
    yield vector("moved to another row", whole, row_id=str(ROW + 1), reason="not_authentic")
    yield vector("altered in the ML-KEM ciphertext", altered(whole, 60), reason="not_authentic")
    yield vector("altered in the X25519 point", altered(whole, 1150), reason="not_authentic")
    yield vector("altered in the ciphertext", altered(whole, 1200), reason="not_authentic")
    yield vector("altered in the tag", altered(whole, 2047), reason="not_authentic")
    yield vector("without a mark", unpadded(RECORD + bytes(90)), reason="malformed_padding")
    yield vector("with something after the mark", unpadded(RECORD + b"\x80\x00\x01"), reason="malformed_padding")


def main() -> None:
    target = Path(__file__).with_name("envelope-1.json")
    if target.exists():
        sys.exit(f"{target.name} is there, and a released vector is not edited")
    content = {
        "secret": SECRET.hex(),
        "rehearsal": True,
        "public": KEY.public.raw.hex(),
        "key_id": KEY.public.key_id.hex(),
        "fingerprint": KEY.public.fingerprint,
        "overhead": OVERHEAD,
        "largest_envelope": MAX_PAGE_ENVELOPE,
        "public_text": KEY.public.to_text(),
        "secret_text": KEY.to_text(),
        "vectors": [*good(), *broken()],
    }
    target.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
