"""The envelope, version 1: one response, padded and sealed to a key that is not here. docs/reference/envelope.md.

Every envelope of an edition has one size; study, edition, key and row id are bound, so that none can be swapped.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from kuule.sealing.envelope_header import HEADER_LENGTH, EnvelopeHeader, edition_bytes
from kuule.sealing.keys import PublicKey, hpke_key
from kuule.sealing.padding import MIN_PADDING, ContentTooLong, pad

__all__ = ["OVERHEAD", "ContentTooLong", "SealedResponse", "seal"]

HPKE_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
ENCAPSULATED_LENGTH = 1120
TAG_LENGTH = 16
FIXED_LENGTH = HEADER_LENGTH + ENCAPSULATED_LENGTH + TAG_LENGTH
"""Bytes of an envelope around the padded record."""
OVERHEAD = FIXED_LENGTH + MIN_PADDING
"""Bytes of an envelope that are not the record, at the least: an envelope of `size` holds `size - OVERHEAD` bytes."""

_LABEL = b"kuule envelope 1"
ROW_IDS = range(2**63)
ROW_ID_LENGTH = 8
_MOST_KNOWN = 64
"""Editions of which what their bindings begin with is kept."""


@dataclass(frozen=True, slots=True)
class SealedResponse:
    """What is stored: a random id (63 bits), the id of the key (8 bytes) and the envelope."""

    row_id: int
    key_id: bytes
    envelope: bytes


def seal(record: bytes, *, key: PublicKey, study_id: str, edition_id: str, row_id: int, size: int) -> SealedResponse:
    """Close `record` into an envelope of exactly `size` bytes that only the secret of `key` opens.

    Raises ContentTooLong where the record has more than `size - OVERHEAD` bytes; ValueError where a name is not as
    specified.
    """
    key_id = key.key_id
    info = hpke_info(study_id=study_id, edition_id=edition_id, key_id=key_id, row_id=row_id)
    padded = pad(record, size - FIXED_LENGTH)
    header = EnvelopeHeader(key_id, edition_id).to_bytes()
    return SealedResponse(row_id, key_id, header + HPKE_SUITE.encrypt(padded, hpke_key(key.raw), info))


def hpke_info(*, study_id: str, edition_id: str, key_id: bytes, row_id: int) -> bytes:
    """The HPKE `info`: label, study, edition, key and row, each with its length in two bytes before it."""
    if row_id not in ROW_IDS:
        raise ValueError("a row id has 63 bits")
    return _bound(study_id, edition_id, key_id) + row_id.to_bytes(ROW_ID_LENGTH, "big")


@lru_cache(_MOST_KNOWN)
def _bound(study_id: str, edition_id: str, key_id: bytes) -> bytes:
    """What the bindings of all rows of one edition begin with, the length of the row's id included."""
    study = study_id.encode("utf-8")
    if not study:
        raise ValueError("a study has an id")
    fields = (_LABEL, study, edition_bytes(edition_id), key_id)
    return b"".join(len(field).to_bytes(2, "big") + field for field in fields) + ROW_ID_LENGTH.to_bytes(2, "big")
