"""A stream that only the secret of a key opens: a new content key, sealed by HPKE as an envelope is, then pieces of
64 KiB, each with ChaCha20-Poly1305 under its number. Layout: docs/reference/backup.md.

The key is one that was made for backups. It opens no answer, so that a machine on which a backup is restored never has
the key of a study.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from kuule.sealing.envelope import ENCAPSULATED_LENGTH, HPKE_SUITE, TAG_LENGTH
from kuule.sealing.keys import KEY_ID_LENGTH, PublicKey, hpke_key

MAGIC = b"KUULE-BACKUP-SEALED 1\n"
CONTENT_KEY_LENGTH = 32
PIECE = 1 << 16
INFO = b"kuule backup 1"
_ENCRYPTED_KEY_LENGTH = ENCAPSULATED_LENGTH + CONTENT_KEY_LENGTH + TAG_LENGTH
HEADER_LENGTH = len(MAGIC) + KEY_ID_LENGTH + _ENCRYPTED_KEY_LENGTH
_COUNTER_LENGTH = 11


class AlteredStream(ValueError):
    """The stream was altered, or its end is cut off."""


@dataclass(frozen=True, slots=True)
class SealedHeader:
    """What stands before the pieces: which key, and the content key sealed to it."""

    key_id: bytes
    encrypted_key: bytes

    def to_bytes(self) -> bytes:
        """The header as it is in the file."""
        return MAGIC + self.key_id + self.encrypted_key


class ContentKey:
    """The key of the pieces of one file. Its repr shows nothing."""

    __slots__ = ("_cipher",)

    def __init__(self, raw: bytes) -> None:
        self._cipher = ChaCha20Poly1305(raw)

    def encrypt_piece(self, number: int, content: bytes, *, last: bool) -> bytes:
        """Seal a piece under its number."""
        return self._cipher.encrypt(_nonce(number, last=last), content, None)

    def decrypt_piece(self, number: int, sealed: bytes, *, last: bool) -> bytes:
        """Open a piece. Raises AlteredStream."""
        try:
            return self._cipher.decrypt(_nonce(number, last=last), sealed, None)
        except InvalidTag as error:
            raise AlteredStream from error

    def __repr__(self) -> str:
        return "<ContentKey>"


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(_COUNTER_LENGTH, "big") + (b"\x01" if last else b"\x00")


def make_content_key(public: PublicKey) -> tuple[SealedHeader, ContentKey]:
    """A new content key, and the header from which the secret of `public` gives it back."""
    raw = secrets.token_bytes(CONTENT_KEY_LENGTH)
    sealed = HPKE_SUITE.encrypt(raw, hpke_key(public.raw), INFO + public.key_id)
    return SealedHeader(public.key_id, sealed), ContentKey(raw)


def read_sealed_header(file: BinaryIO) -> SealedHeader | None:
    """The header at the beginning of a file; None, and back at the beginning, if the file is not sealed. Raises
    AlteredStream if it is cut off."""
    if file.read(len(MAGIC)) != MAGIC:
        file.seek(0)
        return None
    rest = file.read(KEY_ID_LENGTH + _ENCRYPTED_KEY_LENGTH)
    if len(rest) != KEY_ID_LENGTH + _ENCRYPTED_KEY_LENGTH:
        raise AlteredStream
    return SealedHeader(rest[:KEY_ID_LENGTH], rest[KEY_ID_LENGTH:])


class SealingWriter:
    """Takes bytes and writes them sealed. `finish` writes the last piece; without it the stream does not open."""

    def __init__(self, file: BinaryIO, key: ContentKey) -> None:
        self._file, self._key = file, key
        self._held = bytearray()
        self._number = 0

    def write(self, content: bytes) -> int:
        """Take bytes. A piece is written once there is more than it holds, so that the last one is known."""
        self._held += content
        while len(self._held) > PIECE:
            self._write_piece(bytes(self._held[:PIECE]), last=False)
            del self._held[:PIECE]
        return len(content)

    def finish(self) -> None:
        """Write the last piece."""
        self._write_piece(bytes(self._held), last=True)
        self._held.clear()

    def _write_piece(self, content: bytes, *, last: bool) -> None:
        self._file.write(self._key.encrypt_piece(self._number, content, last=last))
        self._number += 1


class OpeningReader:
    """Reads what a SealingWriter wrote. `read` raises AlteredStream."""

    def __init__(self, file: BinaryIO, key: ContentKey) -> None:
        self._file, self._key = file, key
        self._next = file.read(PIECE + TAG_LENGTH)
        self._held = bytearray()
        self._number = 0
        self._ended = False

    def read(self, size: int) -> bytes:
        """At most so many bytes; fewer only at the end."""
        while len(self._held) < size and not self._ended:
            self._read_piece()
        found = bytes(self._held[:size])
        del self._held[:size]
        return found

    def _read_piece(self) -> None:
        sealed, self._next = self._next, self._file.read(PIECE + TAG_LENGTH)
        self._ended = not self._next
        self._held += self._key.decrypt_piece(self._number, sealed, last=self._ended)
        self._number += 1
