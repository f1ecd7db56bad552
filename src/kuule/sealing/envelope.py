"""The envelope, version 1: one response, padded and sealed to a key that is not here (docs/reference/envelope.md).

All envelopes of an edition have the same size. Study, edition, key and row id are bound to each, so that none can be
exchanged for another.
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
"""The bytes of an envelope besides the padded record."""
OVERHEAD = FIXED_LENGTH + MIN_PADDING
"""The fewest bytes of an envelope that are not the record: an envelope of `size` holds at most `size - OVERHEAD`
bytes."""

_LABEL = b"kuule envelope 1"
ROW_IDS = range(2**63)
ROW_ID_LENGTH = 8
_CACHE_SIZE = 64
"""How many editions have the beginning of their bindings cached."""


@dataclass(frozen=True, slots=True)
class SealedResponse:
    """What is stored: a random row id (63 bits), the id of the key (8 bytes) and the envelope."""

    row_id: int
    key_id: bytes
    envelope: bytes


def seal(record: bytes, *, key: PublicKey, study_id: str, edition_id: str, row_id: int, size: int) -> SealedResponse:
    """Seal `record` in an envelope of exactly `size` bytes that only the secret of `key` opens.

    Raises ContentTooLong if the record has more than `size - OVERHEAD` bytes, and ValueError if a name is not as
    specified.
    """
    key_id = key.key_id
    info = hpke_info(study_id=study_id, edition_id=edition_id, key_id=key_id, row_id=row_id)
    padded = pad(record, size - FIXED_LENGTH)
    header = EnvelopeHeader(key_id, edition_id).to_bytes()
    return SealedResponse(row_id, key_id, header + HPKE_SUITE.encrypt(padded, hpke_key(key.raw), info))


def hpke_info(*, study_id: str, edition_id: str, key_id: bytes, row_id: int) -> bytes:
    """The HPKE `info`: label, study, edition, key and row, each after its length in two bytes."""
    if row_id not in ROW_IDS:
        raise ValueError("a row id has 63 bits")
    return _info_prefix(study_id, edition_id, key_id) + row_id.to_bytes(ROW_ID_LENGTH, "big")


@lru_cache(_CACHE_SIZE)
def _info_prefix(study_id: str, edition_id: str, key_id: bytes) -> bytes:
    """The beginning of the `info` for all rows of one edition, up to and with the length of the row id."""
    study = study_id.encode("utf-8")
    if not study:
        raise ValueError("a study has an id")
    fields = (_LABEL, study, edition_bytes(edition_id), key_id)
    return b"".join(len(field).to_bytes(2, "big") + field for field in fields) + ROW_ID_LENGTH.to_bytes(2, "big")
