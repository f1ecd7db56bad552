"""The public key of a study: X-Wing (ML-KEM-768 with X25519, HPKE KEM 0x647a), its id, its fingerprint and its text."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PublicKey

from kuule.core.problems import KeyMaterialError, Problem
from kuule.sealing.fingerprint import words_for_fingerprint
from kuule.sealing.key_text import KeyText, read_key_text, rehearsal_byte, write_key_text

MLKEM_LENGTH = 1184
PUBLIC_LENGTH = MLKEM_LENGTH + 32
"""Bytes of a public key: the ML-KEM-768 encapsulation key, then the X25519 public key (X-Wing draft, section 5.2)."""
KEY_ID_LENGTH = 8

_GROUPS = 6
_GROUP_BYTES = 5
SMALL_ORDER = frozenset(
    bytes.fromhex(point)
    for point in (
        "00" * 32,
        "01" + "00" * 31,
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ec" + "ff" * 30 + "7f",
        "ed" + "ff" * 30 + "7f",
        "ee" + "ff" * 30 + "7f",
    )
)
"""X25519 points, without their top bit, with which every key agreement gives zero (RFC 7748, section 6.1)."""
_TOP_BIT = 0x80


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The key that seals. `raw` is 1,216 bytes; `rehearsal` is hashed into the id and the fingerprint.

    Raises KeyMaterialError KEY_005 if the bytes are not a key that can seal.
    """

    raw: bytes
    rehearsal: bool

    def __post_init__(self) -> None:
        try:
            hpke_key(self.raw)
        except ValueError as error:
            remedy = "ask whoever made it for the file again"
            raise KeyMaterialError(Problem("KEY_005", "public key", "it cannot seal anything", remedy)) from error

    @property
    def key_id(self) -> bytes:
        """8 bytes that name the key in an envelope."""
        return _hash("kuule key id 1", self.rehearsal, self.raw)[:KEY_ID_LENGTH]

    @property
    def fingerprint(self) -> str:
        """30 digits in 6 groups (99 bits) for people to compare: each group is 5 bytes of the hash, modulo 100,000."""
        digest = _hash("kuule fingerprint 1", self.rehearsal, self.raw)
        groups = (digest[at : at + _GROUP_BYTES] for at in range(0, _GROUPS * _GROUP_BYTES, _GROUP_BYTES))
        return " ".join(f"{int.from_bytes(group, 'big') % 100_000:05d}" for group in groups)

    @property
    def fingerprint_words(self) -> str:
        """The fingerprint as twelve words (96 bits)."""
        return words_for_fingerprint(self.fingerprint)

    def to_text(self) -> str:
        """The text of the public key, for a file or a page."""
        return write_key_text(KeyText("public", self.rehearsal, self.raw), f"fingerprint {self.fingerprint}")

    @classmethod
    def from_text(cls, text: str, place: str = "public key") -> PublicKey:
        """The key that `to_text` wrote. Raises KeyMaterialError KEY_001 to KEY_005. The text of a secret key is refused
        and not kept."""
        key = read_key_text(text, kind="public", length=PUBLIC_LENGTH, place=place)
        return cls(key.content, key.rehearsal)


@lru_cache(maxsize=16)
def _hash(label: str, rehearsal: bool, raw: bytes) -> bytes:
    return hashlib.sha256(label.encode("ascii") + b"\x00" + rehearsal_byte(rehearsal) + raw).digest()


@lru_cache(maxsize=16)
def hpke_key(raw: bytes) -> MLKEM768X25519PublicKey:
    """The key for the HPKE implementation. Raises ValueError if the bytes are not a key."""
    if len(raw) != PUBLIC_LENGTH:
        raise ValueError(f"an X-Wing public key has {PUBLIC_LENGTH} bytes, not {len(raw)}")
    if _as_agreed(raw[MLKEM_LENGTH:]) in SMALL_ORDER:
        raise ValueError("the X25519 part is a point of small order")
    mlkem = MLKEM768PublicKey.from_public_bytes(raw[:MLKEM_LENGTH])
    return MLKEM768X25519PublicKey(mlkem, X25519PublicKey.from_public_bytes(raw[MLKEM_LENGTH:]))


def _as_agreed(point: bytes) -> bytes:
    """The point as X25519 reads it: the top bit of its last byte is ignored (RFC 7748, section 5)."""
    return point[:-1] + bytes([point[-1] & ~_TOP_BIT])
