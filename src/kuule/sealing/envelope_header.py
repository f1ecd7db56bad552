"""The clear part of an envelope, version 1: its format, how and to which key it is sealed, and its edition.

The layout is in docs/reference/envelope.md, section 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from kuule.sealing.keys import KEY_ID_LENGTH

MAGIC = b"KUULE"
VERSION = 1
SUITE = bytes.fromhex("647a00010003")
"""The HPKE ids, two bytes each: KEM 0x647a (X-Wing), KDF 0x0001 (HKDF-SHA256), AEAD 0x0003 (ChaCha20-Poly1305)."""
EDITION_LENGTH = 32

_VERSION_AT = len(MAGIC)
_SUITE_AT = _VERSION_AT + 1
_KEY_AT = _SUITE_AT + len(SUITE)
EDITION_OFFSET = _KEY_AT + KEY_ID_LENGTH
"""Where the edition's id begins, counted from 0. A database finds the envelopes of an edition by it."""
HEADER_LENGTH = EDITION_OFFSET + EDITION_LENGTH
_CACHE_SIZE = 64
"""How many headers are cached as read: those of one edition are the same, byte for byte."""


class HeaderFlaw(StrEnum):
    """Why a header cannot be read."""

    FOREIGN = "foreign"
    VERSION = "version"
    SUITE = "suite"
    SHORT = "short"


class UnreadableHeader(ValueError):
    """The bytes are not an envelope, or not of a version that is known here."""

    def __init__(self, flaw: HeaderFlaw) -> None:
        super().__init__(str(flaw))
        self.flaw = flaw


@dataclass(frozen=True, slots=True)
class EnvelopeHeader:
    """The header. `key_id` is 8 bytes, `edition_id` 64 hexadecimal digits."""

    key_id: bytes
    edition_id: str

    def to_bytes(self) -> bytes:
        return MAGIC + bytes([VERSION]) + SUITE + self.key_id + edition_bytes(self.edition_id)


def edition_bytes(edition_id: str) -> bytes:
    """The 32 bytes of an edition's id. Raises ValueError unless it is 64 hexadecimal digits."""
    raw = bytes.fromhex(edition_id)
    if len(raw) != EDITION_LENGTH or edition_id != raw.hex():
        raise ValueError(f"an edition's id has {2 * EDITION_LENGTH} lower-case hexadecimal digits")
    return raw


def read_header(envelope: bytes) -> EnvelopeHeader:
    """The header of an envelope. It is not proved: only opening shows whether it was altered. Raises
    UnreadableHeader."""
    return _read(envelope[:HEADER_LENGTH])


@lru_cache(_CACHE_SIZE)
def _read(envelope: bytes) -> EnvelopeHeader:
    if not envelope.startswith(MAGIC):
        raise UnreadableHeader(HeaderFlaw.SHORT if envelope and MAGIC.startswith(envelope) else HeaderFlaw.FOREIGN)
    if len(envelope) > _VERSION_AT and envelope[_VERSION_AT] != VERSION:
        raise UnreadableHeader(HeaderFlaw.VERSION)
    if len(envelope) < HEADER_LENGTH:
        raise UnreadableHeader(HeaderFlaw.SHORT)
    if envelope[_SUITE_AT:_KEY_AT] != SUITE:
        raise UnreadableHeader(HeaderFlaw.SUITE)
    return EnvelopeHeader(envelope[_KEY_AT:EDITION_OFFSET], envelope[EDITION_OFFSET:HEADER_LENGTH].hex())
