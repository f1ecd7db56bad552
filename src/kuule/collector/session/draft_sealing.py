"""A pause code to the lock of a draft: the id under which it lies, and the key that opens it. Neither is kept anywhere.

Argon2id (RFC 9106): 64 MiB, 3 passes, 1 lane, and a salt bound to the study, since there is no account to keep another
in. A draft is ChaCha20-Poly1305 with a random nonce; one of few lengths, as a token is. Layout of the bytes:

    version (1 byte, 0x01) | nonce (12) | ciphertext of the packed and padded content, with its tag (16)

Version and draft id are authenticated, so that no draft passes for another.
"""

from __future__ import annotations

import hashlib
import secrets
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from kuule.sealing.padding import MIN_PADDING, ContentTooLong, MalformedPadding, pad, unpad
from kuule.sealing.return_codes import ReturnCode

__all__ = [
    "ContentTooLong",
    "DraftKey",
    "KeyDerivationBusy",
    "UnreadableDraft",
    "derive_draft_key",
    "open_draft",
    "seal_draft",
]

MEMORY_KIB, PASSES, LANES = 64 * 1024, 3, 1
MAX_CONCURRENT = 2
"""Hashes of a worker at one time: each holds 64 MiB, and a worker has hundreds of threads."""
MAX_WAITING = 6
"""Who waits for one holds one of the few places of the waiting room. With more, a handful of codes a second that
somebody makes up would take every place from everyone else."""
WAIT_SECONDS = 10.0
DRAFT_SIZES = (3_072, 12_288, 49_152, 65_024)
"""Bytes of a draft: what a token of 4, 16 or 64 KiB holds, and what one page of the database takes without overflow,
for a visit that only just fits its token (which is packed with the names of its edition; a draft outlives those)."""
MAX_DRAFT_CONTENT = 1024 * 1024

_VERSION = b"\x01"
_NONCE_LENGTH = 12
_TAG_LENGTH = 16
_AROUND = len(_VERSION) + _NONCE_LENGTH + _TAG_LENGTH
TURNS = BoundedSemaphore(MAX_CONCURRENT)
"""Who may use the memory of a hash now."""
_CHAIRS = BoundedSemaphore(MAX_CONCURRENT + MAX_WAITING)


class KeyDerivationBusy(Exception):
    """Too many people pause or come back at this moment. Nothing was looked up or kept."""


class UnreadableDraft(ValueError):
    """What lies under the id is no draft that this code closed."""


class DraftKey:
    """`draft_id` has 63 bits. The key shows itself to nothing but this module."""

    __slots__ = ("_key", "draft_id")

    draft_id: int

    def __init__(self, draft_id: int, key: bytes) -> None:
        self.draft_id = draft_id
        self._key = key

    def __repr__(self) -> str:
        return "<Lock>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a lock is not pickled or copied")


def derive_draft_key(study_id: str, code: ReturnCode) -> DraftKey:
    """The lock of a code. Takes about a quarter of a second of one core, and 64 MiB. Raises Busy."""
    study = study_id.encode()
    salt = hashlib.sha256(b"kuule pause 1" + len(study).to_bytes(2, "big") + study).digest()
    with _turn():
        kdf = Argon2id(salt=salt, length=32, iterations=PASSES, lanes=LANES, memory_cost=MEMORY_KIB)
        root = kdf.derive(code.digits.encode())
    draft_id = int.from_bytes(_derived(root, b"kuule draft id 1", 8), "big") >> 1
    return DraftKey(draft_id, _derived(root, b"kuule draft key 1", 32))


def seal_draft(content: bytes, lock: DraftKey) -> bytes:
    """`content`, packed (zlib), padded and sealed. Raises TooLong where it has no room in the largest size."""
    content = zlib.compress(content)
    room = next((size for size in DRAFT_SIZES if len(content) + MIN_PADDING + _AROUND <= size), DRAFT_SIZES[-1])
    nonce = secrets.token_bytes(_NONCE_LENGTH)
    padded = pad(content, room - _AROUND)
    return _VERSION + nonce + ChaCha20Poly1305(lock._key).encrypt(nonce, padded, _bound(lock))


def open_draft(sealed: bytes, lock: DraftKey) -> bytes:
    """The content that was closed. Raises UnreadableDraft."""
    if len(sealed) not in DRAFT_SIZES or not sealed.startswith(_VERSION):
        raise UnreadableDraft("this is no draft of this version")
    nonce, closed = sealed[1 : 1 + _NONCE_LENGTH], sealed[1 + _NONCE_LENGTH :]
    try:
        packed = unpad(ChaCha20Poly1305(lock._key).decrypt(nonce, closed, _bound(lock)))
        return zlib.decompressobj().decompress(packed, MAX_DRAFT_CONTENT)
    except (InvalidTag, MalformedPadding, zlib.error) as error:
        raise UnreadableDraft("this draft was altered, or is of another code") from error


def _bound(lock: DraftKey) -> bytes:
    return _VERSION + lock.draft_id.to_bytes(8, "big")


@contextmanager
def _turn() -> Iterator[None]:
    with _held(_CHAIRS, 0.0), _held(TURNS, WAIT_SECONDS):
        yield


@contextmanager
def _held(some: BoundedSemaphore, seconds: float) -> Iterator[None]:
    """One of some, where it comes free in time. Raises Busy."""
    if not some.acquire(timeout=seconds):
        raise KeyDerivationBusy
    try:
        yield
    finally:
        some.release()


def _derived(root: bytes, label: bytes, length: int) -> bytes:
    return HKDFExpand(algorithm=SHA256(), length=length, info=label).derive(root)
