"""The token in which unsent answers travel with the page: sealed by the collector for itself, for 24 hours.

ChaCha20-Poly1305 with a random nonce. AES-256-GCM-SIV would forgive a nonce that is used twice, but a key lives for one
hour: at 1,000 tokens a second, two nonces are equal in one hour of 2^53. ChaCha20-Poly1305 is in every build of
OpenSSL, runs in constant time without AES in hardware, and is what the envelope uses. Layout of the bytes, before
base64:

    version (1 byte, 0x02) | key id (8) | nonce (12) | which visit (8), sealed with a key of its own, with its tag (16)
    | ciphertext of the padded content, with its tag (16)

The key id is a keyed hash of the hour, so that whoever finds a page cannot read the time from it. All that stands
before a ciphertext is authenticated with it. The text has exactly 2, 4, 16 or 64 KiB.

Which visit it is can be read for as long as the secret exists, so that a page that was left open for days shows nothing
of a visit that was sent or ended meanwhile. The answers cannot: each of their keys is for one hour. The key of visits
lives as long as the secret. Should two nonces ever be equal under it, that tells the difference of two random ids, and
nothing of an answer.
"""

from __future__ import annotations

import base64
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from kuule.core.limits import MAX_TOKEN_HOURS
from kuule.sealing.padding import MIN_PADDING, ContentTooLong, MalformedPadding, pad, unpad

__all__ = [
    "MAX_TOKEN_CONTENT",
    "TOKEN_SIZES",
    "ContentTooLong",
    "TokenError",
    "TokenFailure",
    "TokenKeys",
    "open_token",
    "read_visit_id",
    "seal_token",
]

SECRET_LENGTH = 32
TOKEN_SIZES = (2_048, 4_096, 16_384, 65_536)
"""The lengths of a token in characters: whole groups of base64, so that each token is written in one way only."""
VALID_HOURS = MAX_TOKEN_HOURS - 1
"""A token opens for at least so many hours, and for less than one hour more, unless the clock is set back."""
REMEMBERED_HOURS = 24 * 30
"""How many hours an old token is told from one that was never ours."""

TOKEN_VERSION = b"\x02"
_ID_LENGTH = 8
_NONCE_LENGTH = 12
_TAG_LENGTH = 16
_VISIT_LENGTH = 8
_HOUR = 3600
_AHEAD_HOURS = 24
"""A token that is up to so many hours ahead opens too: the clock was set back, or another collector's clock is ahead.
It costs keys of 23 more hours. Where a clock is set back, what was sealed before opens for as much longer, a day at
most."""
_NONCE_AT = len(TOKEN_VERSION) + _ID_LENGTH
_VISIT_AT = _NONCE_AT + _NONCE_LENGTH
_CONTENT_AT = _VISIT_AT + _VISIT_LENGTH + _TAG_LENGTH
_OVERHEAD = _CONTENT_AT + _TAG_LENGTH
_TEXT = re.compile(r"[A-Za-z0-9_-]*")


def _capacity(characters: int) -> int:
    """Bytes of padded content in a token of so many characters."""
    return characters // 4 * 3 - _OVERHEAD


_CAPACITIES = tuple(map(_capacity, TOKEN_SIZES))
MAX_TOKEN_CONTENT = _CAPACITIES[-1] - MIN_PADDING
"""Bytes of content that the largest token holds."""


class TokenFailure(StrEnum):
    """Why a token does not open. The page that came with it is shown all the same."""

    ALTERED = "altered"
    """It was sealed with one of our keys, and changed since."""
    EXPIRED = "expired"
    """It was sealed with one of our keys of a past day."""
    UNREADABLE = "unreadable"
    """It is no token, or one of another server or of a secret that is gone."""


class TokenError(Exception):
    """A token does not open; `reason` says why. The error holds nothing of the token."""

    def __init__(self, reason: TokenFailure) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class _HourKeys:
    """The keys of one hour: by key id those that open, the id of the one that seals, and the ids of those that no
    longer open."""

    hour: int
    opening: Mapping[bytes, ChaCha20Poly1305]
    sealing_id: bytes
    expired: frozenset[bytes]

    def __repr__(self) -> str:
        return f"<keys of hour {self.hour}>"


class TokenKeys:
    """The keys of every hour, from one secret of 32 bytes that collectors share. `repr`, `str` and pickle show nothing.

    Three keys are derived first: one for ids, one for the keys of hours, one for `visits`. None tells anything of
    another. The id of the `study` goes into each, so that where studies share a secret, no token of one opens at
    another.
    """

    __slots__ = ("_for_ids", "_for_keys", "_ring", "visits")

    visits: ChaCha20Poly1305

    def __init__(self, secret: bytes, study: str = "") -> None:
        if len(secret) != SECRET_LENGTH:
            raise ValueError(f"a token secret has {SECRET_LENGTH} bytes")
        self._for_ids = _derive(secret, b"kuule token ids 1" + study.encode())
        self._for_keys = _derive(secret, b"kuule token keys 1" + study.encode())
        self.visits = ChaCha20Poly1305(_derive(secret, b"kuule token visits 1" + study.encode()))
        self._ring: _HourKeys | None = None

    def sealing_key(self, now: datetime) -> tuple[bytes, ChaCha20Poly1305]:
        """The id and the key of this hour."""
        ring = self._ring_of(_hour_of(now))
        return ring.sealing_id, ring.opening[ring.sealing_id]

    def opening_key(self, key_id: bytes, now: datetime) -> ChaCha20Poly1305:
        """The key with this id. Raises TokenError (expired, unreadable)."""
        ring = self._ring_of(_hour_of(now))
        if key_id in ring.opening:
            return ring.opening[key_id]
        raise TokenError(TokenFailure.EXPIRED if key_id in ring.expired else TokenFailure.UNREADABLE)

    def _ring_of(self, hour: int) -> _HourKeys:
        """Made once an hour. Two threads may make it at once, with the same result."""
        ring = self._ring
        if ring is None or ring.hour != hour:
            good = range(hour - VALID_HOURS, hour + _AHEAD_HOURS + 1)
            past = range(hour - VALID_HOURS - REMEMBERED_HOURS, hour - VALID_HOURS)
            keys = {self._key_id(one): _derive(self._for_keys, _hour_bytes(one)) for one in good}
            opening = {key_id: ChaCha20Poly1305(key) for key_id, key in keys.items()}
            ring = self._ring = _HourKeys(hour, opening, self._key_id(hour), frozenset(map(self._key_id, past)))
        return ring

    def _key_id(self, hour: int) -> bytes:
        return hmac.digest(self._for_ids, _hour_bytes(hour), "sha256")[:_ID_LENGTH]

    def __repr__(self) -> str:
        return "<TokenKeys>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("token keys are not pickled or copied")


def seal_token(plaintext: bytes, keys: TokenKeys, now: datetime, *, visit: int = 0) -> str:
    """URL-safe base64 text of 2, 4, 16 or 64 KiB that only `open_token` reads. `visit` is less than 2^64.

    Raises ContentTooLong where `plaintext` has more than MAX_TOKEN_CONTENT bytes. `now` has a time zone.
    """
    room = next((size for size in _CAPACITIES if len(plaintext) + MIN_PADDING <= size), _CAPACITIES[-1])
    padded = pad(plaintext, room)
    key_id, key = keys.sealing_key(now)
    nonce = secrets.token_bytes(_NONCE_LENGTH)
    head = TOKEN_VERSION + key_id + nonce
    head += keys.visits.encrypt(nonce, visit.to_bytes(_VISIT_LENGTH, "big"), head)
    closed = key.encrypt(nonce, padded, head)
    return base64.urlsafe_b64encode(head + closed).decode("ascii")


def open_token(text: str, keys: TokenKeys, now: datetime) -> bytes:
    """The content that was sealed. Raises TokenError, and nothing else, whatever `text` is."""
    raw = _decode(text)
    key = keys.opening_key(raw[len(TOKEN_VERSION) : _NONCE_AT], now)
    try:
        padded = key.decrypt(raw[_NONCE_AT:_VISIT_AT], raw[_CONTENT_AT:], raw[:_CONTENT_AT])
        return unpad(padded)
    except (InvalidTag, MalformedPadding) as error:
        raise TokenError(TokenFailure.ALTERED) from error


def read_visit_id(text: str, keys: TokenKeys) -> int | None:
    """Which visit a token belongs to, however old it is; None where that cannot be read."""
    try:
        raw = _decode(text)
        box = raw[_VISIT_AT:_CONTENT_AT]
        return int.from_bytes(keys.visits.decrypt(raw[_NONCE_AT:_VISIT_AT], box, raw[:_VISIT_AT]), "big")
    except (TokenError, InvalidTag):
        return None


def _decode(text: str) -> bytes:
    """The bytes of a token of this version. Raises TokenError."""
    if len(text) not in TOKEN_SIZES or _TEXT.fullmatch(text) is None:
        raise TokenError(TokenFailure.UNREADABLE)
    raw = base64.urlsafe_b64decode(text)
    if not raw.startswith(TOKEN_VERSION):
        raise TokenError(TokenFailure.UNREADABLE)
    return raw


def _hour_of(now: datetime) -> int:
    if now.tzinfo is None:
        raise ValueError("the time of a token has a time zone")
    return int(now.timestamp()) // _HOUR


def _hour_bytes(hour: int) -> bytes:
    return hour.to_bytes(8, "big", signed=True)


def _derive(key: bytes, label: bytes) -> bytes:
    """HKDF-Expand (RFC 5869) with SHA-256. The secret is uniformly random, so nothing has to be extracted first."""
    return HKDFExpand(algorithm=SHA256(), length=SECRET_LENGTH, info=label).derive(key)
