"""Seals the rows of a project by themselves: each is bound to its project and its id, and its length is hidden in steps
of 256 bytes."""

from __future__ import annotations

import hmac
import secrets
import struct
from typing import NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

KEY_LENGTH = 64
"""32 bytes that seal, which change with the passphrase, and 32 that ids are made with, which all copies of a project
have for good."""
_SEALING_LENGTH = 32
ROW_ID_LENGTH = 16
PADDING_STEP = 256
_NONCE_LENGTH = 12
_LENGTH = struct.Struct(">I")
_LABEL = b"kuule project row 1\x00"
_SUM_BITS = 256


class UnopenedRow(Exception):
    """A row was altered, is of another project, or stands under another id."""


class RowSealer:
    """Seals and opens with the key of one project. repr and pickle show nothing of it.

    A nonce is 96 random bits, and one key seals every row: with a million rows, two nonces are alike in 6 of 10^18
    projects.
    """

    __slots__ = ("_cipher", "_ids", "_project", "_sums")

    def __init__(self, key: bytes, project: bytes) -> None:
        if len(key) != KEY_LENGTH:
            raise ValueError("the key of a project has 64 bytes")
        self._cipher = ChaCha20Poly1305(key[:_SEALING_LENGTH])
        self._ids = hmac.digest(key[_SEALING_LENGTH:], b"kuule project ids 1", "sha256")
        self._sums = hmac.digest(key[_SEALING_LENGTH:], b"kuule project sums 1", "sha256")
        self._project = project

    def seal(self, row_id: bytes, content: bytes) -> bytes:
        """The nonce and the sealed content."""
        nonce = secrets.token_bytes(_NONCE_LENGTH)
        filled = -(_LENGTH.size + len(content)) % PADDING_STEP
        padded = _LENGTH.pack(len(content)) + content + bytes(filled)
        return nonce + self._cipher.encrypt(nonce, padded, self._bound(row_id))

    def open(self, row_id: bytes, sealed: bytes) -> bytes:
        """What was sealed. Raises UnopenedRow."""
        try:
            padded = self._cipher.decrypt(sealed[:_NONCE_LENGTH], sealed[_NONCE_LENGTH:], self._bound(row_id))
        except (InvalidTag, ValueError):
            raise UnopenedRow from None
        (length,) = _LENGTH.unpack_from(padded)
        return padded[_LENGTH.size : _LENGTH.size + length]

    def keyed_id(self, *parts: str) -> bytes:
        """The id of a row that follows from what it is of. Without the key it cannot be told from a random one."""
        message = b"".join(
            _LENGTH.pack(len(part)) + part for part in (one.encode("utf-8", "surrogatepass") for one in parts)
        )
        return hmac.digest(self._ids, message, "sha256")[:ROW_ID_LENGTH]

    def sum_term(self, row_id: bytes) -> int:
        """What a row adds to the sum in the head, modulo 2^256."""
        return int.from_bytes(hmac.digest(self._sums, row_id, "sha256"), "big")

    def _bound(self, row_id: bytes) -> bytes:
        return _LABEL + self._project + row_id

    def __repr__(self) -> str:
        return "<RowSealer>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("the key of a project is not pickled or copied")


def new_key() -> bytes:
    """The key of a new project."""
    return secrets.token_bytes(KEY_LENGTH)


def renew_key(key: bytes) -> bytes:
    """A key that seals otherwise and gives the same ids."""
    return secrets.token_bytes(_SEALING_LENGTH) + key[_SEALING_LENGTH:]


def add_to_sum(before: int, term: int) -> int:
    """The sum with one more row."""
    return (before + term) % (1 << _SUM_BITS)


def take_from_sum(before: int, term: int) -> int:
    """The sum with one row less."""
    return (before - term) % (1 << _SUM_BITS)
