"""An opener that was written from docs/reference/envelope.md, RFC 9180 and the draft of X-Wing, without Kuule's code.

It shows that the description is enough, and how little is needed: ML-KEM-768, X25519 and ChaCha20-Poly1305 come from
`cryptography` (from 48 on), everything else is in Python's standard library. `check_opener.py` says how it is called.
It is for reading and for checking, not for opening a study: it protects no memory.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import sys
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

SUITE = bytes.fromhex("647a00010003")
CLEAR, ENCAPSULATED, SMALLEST = 52, 1120, 1189


class Refused(Exception):
    """Why an envelope stays closed: one of the reasons of section 6, or `unreadable_key`."""


def read_key(text: str) -> tuple[bytes, bytes]:
    """The 32 bytes of a secret key in its text form (section 5), and its kind byte."""
    lines = [line.strip() for line in text.splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    kinds = {"for rehearsal": b"\x01", "for real answers": b"\x00"}
    head = lines[0] if lines else ""
    start = "kuule secret key, version 1, "
    if not head.startswith(start) or head.removeprefix(start) not in kinds:
        raise Refused("unreadable_key")
    kind = kinds[head.removeprefix(start)]
    try:
        raw = base64.b64decode("".join(lines[1:]), validate=True)
    except binascii.Error:
        raise Refused("unreadable_key") from None
    key, check = raw[:-4], raw[-4:]
    if len(key) != 32 or hashlib.sha256(b"kuule secret key check 1\x00" + kind + key).digest()[:4] != check:
        raise Refused("unreadable_key")
    return key, kind


class XWing:
    """The KEM: ML-KEM-768 and X25519 of one secret (draft-connolly-cfrg-xwing-kem, section 5)."""

    def __init__(self, secret: bytes) -> None:
        expanded = hashlib.shake_256(secret).digest(96)
        self._mlkem = MLKEM768PrivateKey.from_seed_bytes(expanded[:64])
        self._x25519 = X25519PrivateKey.from_private_bytes(expanded[64:])
        self._x25519_public = self._x25519.public_key().public_bytes_raw()
        self.public = self._mlkem.public_key().public_bytes_raw() + self._x25519_public

    def shared_secret(self, encapsulated: bytes) -> bytes:
        """What the sender's `enc` and this secret have in common."""
        point = encapsulated[1088:]
        lattice = self._mlkem.decapsulate(encapsulated[:1088])
        curve = self._x25519.exchange(X25519PublicKey.from_public_bytes(point))
        return hashlib.sha3_256(lattice + curve + point + self._x25519_public + b"\\.//^\\").digest()


def _extract(salt: bytes, label: bytes, given: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + b"HPKE" + SUITE + label + given, "sha256")


def _expand(secret: bytes, label: bytes, context: bytes, length: int) -> bytes:
    # one block of HKDF-Expand is enough: nothing that is asked for here is longer than 32 bytes
    labelled = length.to_bytes(2, "big") + b"HPKE-v1" + b"HPKE" + SUITE + label + context
    return hmac.digest(secret, labelled + b"\x01", "sha256")[:length]


class KeySchedule(NamedTuple):
    """What the shared secret and `info` give (RFC 9180, section 5.1), in base mode, for the first message."""

    context: bytes
    key: bytes
    nonce: bytes


def key_schedule(shared: bytes, info: bytes) -> KeySchedule:
    """Steps 4 and 5 of section 8."""
    context = b"\x00" + _extract(b"", b"psk_id_hash", b"") + _extract(b"", b"info_hash", info)
    secret = _extract(shared, b"secret", b"")
    return KeySchedule(context, _expand(secret, b"key", context, 32), _expand(secret, b"base_nonce", context, 12))


def info_of(study: str, edition: bytes, row: int, key_id: bytes) -> bytes:
    """What an envelope is bound to (section 3)."""
    fields = (b"kuule envelope 1", study.encode(), edition, key_id, row.to_bytes(8, "big"))
    return b"".join(len(field).to_bytes(2, "big") + field for field in fields)


def open_envelope(
    envelope: bytes, secret: bytes, kind: bytes, *, study: str, edition: bytes, row: int, row_key: bytes
) -> bytes:
    """The record in an envelope, or the first reason of section 6 that holds."""
    key = XWing(secret)
    key_id = hashlib.sha256(b"kuule key id 1\x00" + kind + key.public).digest()[:8]
    _check_clear_part(envelope, key_id, edition, row_key)
    if row >= 2**63:
        raise Refused("not_authentic")
    info, body = info_of(study, edition, row, key_id), CLEAR + ENCAPSULATED
    try:
        derived = key_schedule(key.shared_secret(envelope[CLEAR:body]), info)
        padded = ChaCha20Poly1305(derived.key).decrypt(derived.nonce, envelope[body:], b"")
    except (InvalidTag, ValueError):  # ValueError: a point of small order
        raise Refused("not_authentic") from None
    record, mark, zeros = padded.rpartition(b"\x80")
    if not mark or zeros.strip(b"\x00"):
        raise Refused("malformed_padding")
    return record


def _check_clear_part(envelope: bytes, key_id: bytes, edition: bytes, row_key: bytes) -> None:
    """Rows 1 to 9 of the table, in their order."""
    reasons = (
        ("cut_short", 0 < len(envelope) < 5 and b"KUULE".startswith(envelope)),
        ("not_an_envelope", not envelope.startswith(b"KUULE")),
        ("other_version", envelope[5:6] not in (b"", b"\x01")),
        ("cut_short", len(envelope) < CLEAR),
        ("other_suite", envelope[6:12] != SUITE),
        ("key_id_differs", envelope[12:20] != row_key),
        ("other_edition", envelope[20:52] != edition),
        ("other_key", envelope[12:20] != key_id),
        ("cut_short", len(envelope) < SMALLEST),
    )
    for reason, holds in reasons:
        if holds:
            raise Refused(reason)


def main(arguments: list[str]) -> int:
    """KEY-FILE STUDY EDITION ROW ROW-KEY, with the envelope on standard input."""
    if len(arguments) != 5:
        print("usage: example_opener.py KEY-FILE STUDY EDITION ROW ROW-KEY < ENVELOPE", file=sys.stderr)
        return 2
    key_file, study, edition, row, row_key = arguments
    try:
        secret, kind = read_key(Path(key_file).read_text("utf-8"))
        record = open_envelope(
            sys.stdin.buffer.read(), secret, kind, study=study, edition=bytes.fromhex(edition), row=int(row),
            row_key=bytes.fromhex(row_key),
        )  # fmt: skip
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    sys.stdout.buffer.write(record)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
