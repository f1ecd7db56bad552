"""A pause code becomes the id under which a draft is stored, and the key that opens it. Neither is stored anywhere
else.

Argon2id (RFC 9106): 64 MiB, 3 passes, 1 lane, and a salt made from the study, since there is no account that could have
one. A draft is ChaCha20-Poly1305 with a random nonce and, as a token, has one of few lengths. Layout of the bytes:

    version (1 byte, 0x01) | nonce (12) | ciphertext of the compressed and padded content, with its tag (16)

Version and draft id are authenticated, so that no draft can stand in for another.
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

from kuule.core.computing_place import step_aside
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
"""How many codes a worker hashes at one time: each takes 64 MiB, and a worker has hundreds of threads."""
MAX_WAITING = 6
"""How many may wait for that. They hold no place of the waiting room meanwhile, but there is a limit to those as well:
with more, a handful of made-up codes a second would leave no room for people who send."""
WAIT_SECONDS = 10.0
DRAFT_SIZES = (3_072, 12_288, 49_152, 65_024)
"""Bytes of a draft: what a token of 4, 16 or 64 KiB holds, and what one page of the database holds without overflow,
for a visit that only just fits its token. (A token is compressed with the names of its edition; a draft is not, as it
outlives them.)"""
MAX_DRAFT_CONTENT = 1024 * 1024

DRAFT_VERSION = b"\x01"
_NONCE_LENGTH = 12
_TAG_LENGTH = 16
_OVERHEAD = len(DRAFT_VERSION) + _NONCE_LENGTH + _TAG_LENGTH
SLOTS = BoundedSemaphore(MAX_CONCURRENT)
"""Who may use the memory of a hash now."""
_QUEUE = BoundedSemaphore(MAX_CONCURRENT + MAX_WAITING)


class KeyDerivationBusy(Exception):
    """Too many people pause or come back at this moment. Nothing was looked up or stored."""


class UnreadableDraft(ValueError):
    """What is stored under the id is not a draft that this code sealed."""


class DraftKey:
    """The id of a draft (63 bits) and its key, which only this module uses. `repr` and pickle show nothing."""

    __slots__ = ("_key", "draft_id")

    draft_id: int

    def __init__(self, draft_id: int, key: bytes) -> None:
        self.draft_id = draft_id
        self._key = key

    def __repr__(self) -> str:
        return "<DraftKey>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a draft key is not pickled or copied")


def derive_draft_key(study_id: str, code: ReturnCode) -> DraftKey:
    """The id and the key of a code. Takes about a quarter of a second of one core, and 64 MiB. Raises
    KeyDerivationBusy."""
    study = study_id.encode()
    salt = hashlib.sha256(b"kuule pause 1" + len(study).to_bytes(2, "big") + study).digest()
    with _slot():
        kdf = Argon2id(salt=salt, length=32, iterations=PASSES, lanes=LANES, memory_cost=MEMORY_KIB)
        root = kdf.derive(code.digits.encode())
    draft_id = int.from_bytes(_derive(root, b"kuule draft id 1", 8), "big") >> 1
    return DraftKey(draft_id, _derive(root, b"kuule draft key 1", 32))


def seal_draft(content: bytes, key: DraftKey) -> bytes:
    """`content`, compressed (zlib), padded and sealed. Raises ContentTooLong where it does not fit the largest size."""
    content = zlib.compress(content)
    room = next((size for size in DRAFT_SIZES if len(content) + MIN_PADDING + _OVERHEAD <= size), DRAFT_SIZES[-1])
    nonce = secrets.token_bytes(_NONCE_LENGTH)
    padded = pad(content, room - _OVERHEAD)
    return DRAFT_VERSION + nonce + ChaCha20Poly1305(key._key).encrypt(nonce, padded, _associated_data(key))


def open_draft(sealed: bytes, key: DraftKey) -> bytes:
    """The content that was sealed. Raises UnreadableDraft."""
    if len(sealed) not in DRAFT_SIZES or not sealed.startswith(DRAFT_VERSION):
        raise UnreadableDraft("this is no draft of this version")
    nonce, closed = sealed[1 : 1 + _NONCE_LENGTH], sealed[1 + _NONCE_LENGTH :]
    try:
        packed = unpad(ChaCha20Poly1305(key._key).decrypt(nonce, closed, _associated_data(key)))
        return zlib.decompressobj().decompress(packed, MAX_DRAFT_CONTENT)
    except (InvalidTag, MalformedPadding, zlib.error) as error:
        raise UnreadableDraft("this draft was altered, or is of another code") from error


def _associated_data(key: DraftKey) -> bytes:
    return DRAFT_VERSION + key.draft_id.to_bytes(8, "big")


@contextmanager
def _slot() -> Iterator[None]:
    with _acquire(_QUEUE, 0.0), step_aside(), _acquire(SLOTS, WAIT_SECONDS):
        yield


@contextmanager
def _acquire(some: BoundedSemaphore, seconds: float) -> Iterator[None]:
    """Take one of these, where it comes free in time. Raises KeyDerivationBusy."""
    if not some.acquire(timeout=seconds):
        raise KeyDerivationBusy
    try:
        yield
    finally:
        some.release()


def _derive(root: bytes, label: bytes, length: int) -> bytes:
    return HKDFExpand(algorithm=SHA256(), length=length, info=label).derive(root)
