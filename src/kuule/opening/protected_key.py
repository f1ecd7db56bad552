"""A secret key in a file protected by a passphrase: Argon2id, then ChaCha20-Poly1305 (docs/reference/key-file.md)."""

from __future__ import annotations

import struct
import unicodedata
from dataclasses import dataclass
from typing import NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from kuule.core.problems import KeyMaterialError, Problem
from kuule.opening.private_key import SECRET_LENGTH, PrivateKey
from kuule.opening.slip39_words import UnknownWord, typed_words
from kuule.sealing.key_text import KeyText, read_key_text, rehearsal_byte, write_key_text
from kuule.sealing.keys import KEY_ID_LENGTH

PROTECTED_KIND = "protected"
SALT_LENGTH = 16
PASSPHRASE_WORDS = 8
"""Eight words are 80 bits, and Argon2id makes each guess cost half a gigabyte and a second."""

_LABEL = b"kuule protected key 1\x00"
_ARGON2ID = 1
_CLEAR = struct.Struct(f">BIIB{SALT_LENGTH}s{KEY_ID_LENGTH}s")
_LENGTH = _CLEAR.size + SECRET_LENGTH + 16
_NONCE = bytes(12)
"""The nonce need not change: the salt is random, so that each key of the cipher encrypts one text only."""


@dataclass(frozen=True, slots=True)
class Argon2Parameters:
    """What a guess at the passphrase costs: KiB of memory, passes over it, parallel lanes."""

    memory: int
    passes: int
    lanes: int

    @property
    def is_allowed(self) -> bool:
        """Whether the parameters are accepted: at least Argon2's own minimum, and not so high that a file only keeps a
        machine busy."""
        return 1 <= self.lanes <= _MOST.lanes and 1 <= self.passes <= _MOST.passes and self._memory_allowed

    @property
    def _memory_allowed(self) -> bool:
        return 8 * self.lanes <= self.memory <= _MOST.memory and self.memory * self.passes <= _MOST_WORK


DEFAULT_ARGON2 = Argon2Parameters(memory=512 * 1024, passes=3, lanes=4)
_MOST = Argon2Parameters(memory=4 * 1024 * 1024, passes=64, lanes=16)
_MOST_WORK = 16 * 1024 * 1024
"""KiB written in all passes: eleven times the work of a file that Kuule writes."""


class Passphrase:
    """A passphrase. It is a secret: repr, str and pickle show nothing of it; `text` does."""

    __slots__ = ("text",)

    text: str

    def __init__(self, typed: str) -> None:
        """Take a passphrase as it was typed. If all of it is words of the SLIP-39 list, they are completed; otherwise
        the text stays as it is, in NFC."""
        try:
            words = typed_words(typed)
        except UnknownWord:
            words = []
        self.text = " ".join(words) if words else unicodedata.normalize("NFC", typed.strip())

    def __repr__(self) -> str:
        return "<Passphrase>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a passphrase is not pickled or copied")


@dataclass(frozen=True, slots=True)
class ProtectedKey:
    """A key file that was read but not unlocked. `key_id` is not proved until then."""

    key_id: bytes
    rehearsal: bool
    cost: Argon2Parameters
    salt: bytes
    ciphertext: bytes
    place: str

    @classmethod
    def from_text(cls, text: str, place: str = "key file") -> ProtectedKey:
        """Raises KeyMaterialError KEY_001 to KEY_004, and KEY_041 if its parameters are not accepted."""
        read = read_key_text(text, kind=PROTECTED_KIND, length=_LENGTH, place=place)
        function, memory, passes, lanes, salt, key_id = _CLEAR.unpack_from(read.content)
        cost = Argon2Parameters(memory, passes, lanes)
        if function != _ARGON2ID or not cost.is_allowed:
            cause = "it asks for a way of protecting, or for so much memory or time, that this version does not use"
            remedy = "use the version of Kuule that made it, or take another copy of the file"
            raise KeyMaterialError(Problem("KEY_041", place, cause, remedy))
        return cls(key_id, read.rehearsal, cost, salt, read.content[_CLEAR.size :], place)

    def unlock(self, passphrase: Passphrase) -> PrivateKey:
        """Raises KeyMaterialError KEY_040 (a wrong passphrase, or altered), KEY_042 (too little memory on this
        machine)."""
        clear = _clear(self.cost, self.salt, self.key_id)
        cipher = ChaCha20Poly1305(derive_passphrase_key(passphrase, self.salt, self.cost, self.place))
        try:
            secret = cipher.decrypt(_NONCE, self.ciphertext, _bound(clear, rehearsal=self.rehearsal))
        except InvalidTag:
            remedy = "type the words of the sheet once more; their first four letters are enough"
            raise KeyMaterialError(
                Problem("KEY_040", self.place, "the passphrase does not open the key", remedy)
            ) from None
        key = PrivateKey(secret, rehearsal=self.rehearsal)
        if key.public.key_id != self.key_id:
            cause = "the file holds another key than it says"
            raise KeyMaterialError(Problem("KEY_040", self.place, cause, "take another copy of the file"))
        return key


def protect_key(
    key: PrivateKey, passphrase: Passphrase, *, salt: bytes, cost: Argon2Parameters = DEFAULT_ARGON2
) -> str:
    """The text of a key file. `salt` is 16 random bytes from the caller that were never used before.

    Raises KeyMaterialError KEY_042 if this machine has too little memory.
    """
    if len(salt) != SALT_LENGTH or not cost.is_allowed or not passphrase.text:
        raise ValueError("a key is protected with a salt of 16 bytes, an allowed cost and a passphrase")
    clear = _clear(cost, salt, key.public.key_id)
    cipher = ChaCha20Poly1305(derive_passphrase_key(passphrase, salt, cost, "the new key"))
    sealed = cipher.encrypt(_NONCE, key.reveal(), _bound(clear, rehearsal=key.public.rehearsal))
    remark = f"opens, with its passphrase, what was sealed to fingerprint {key.public.fingerprint}; keep it offline"
    return write_key_text(KeyText(PROTECTED_KIND, key.public.rehearsal, clear + sealed), remark)


def _clear(cost: Argon2Parameters, salt: bytes, key_id: bytes) -> bytes:
    return _CLEAR.pack(_ARGON2ID, cost.memory, cost.passes, cost.lanes, salt, key_id)


def _bound(clear: bytes, *, rehearsal: bool) -> bytes:
    return _LABEL + rehearsal_byte(rehearsal) + clear


def derive_passphrase_key(passphrase: Passphrase, salt: bytes, cost: Argon2Parameters, place: str) -> bytes:
    """32 bytes that only this passphrase gives with this salt. `place` is what is opened, for the error.

    Raises KeyMaterialError KEY_042 if this machine has too little memory.
    """
    argon = Argon2id(salt=salt, length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory)
    try:
        return argon.derive(passphrase.text.encode("utf-8"))
    except MemoryError:
        cause = f"the passphrase is tried with {cost.memory // 1024} MiB of memory, and this machine does not have it"
        raise KeyMaterialError(
            Problem("KEY_042", place, cause, "close other programs, or use a larger machine")
        ) from None
