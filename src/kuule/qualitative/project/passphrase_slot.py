"""The key of a project, sealed to the team's passphrase: Argon2id, then ChaCha20-Poly1305, as in a key file."""

from __future__ import annotations

import secrets
import struct
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from kuule.opening.protected_key import SALT_LENGTH, Argon2Parameters, Passphrase, derive_passphrase_key
from kuule.qualitative.project.row_sealing import KEY_LENGTH
from kuule.qualitative.project_model.project_problems import project_error

PROJECT_ARGON2 = Argon2Parameters(memory=256 * 1024, passes=4, lanes=4)
"""Half of the memory that a key file takes, since the desk has to open a project within 500 MiB; one pass more."""
PROJECT_ID_LENGTH = 16
_LABEL = b"kuule project key 1\x00"
_ARGON2ID = 1
_CLEAR = struct.Struct(f">BIIB{SALT_LENGTH}s")
_SEALED_LENGTH = KEY_LENGTH + 16
_NONCE = bytes(12)
"""The salt is random and new for each passphrase, so that each key of the cipher seals one text only."""


@dataclass(frozen=True, slots=True)
class PassphraseSlot:
    """The sealed key of a project, with what a guess at the passphrase costs."""

    cost: Argon2Parameters
    salt: bytes
    sealed: bytes

    def to_bytes(self) -> bytes:
        return _clear(self.cost, self.salt) + self.sealed

    @classmethod
    def from_bytes(cls, content: bytes) -> PassphraseSlot:
        """Raises ValueError if it is not such a slot, or asks for more than this version gives."""
        if len(content) != _CLEAR.size + _SEALED_LENGTH:
            raise ValueError("a slot has a fixed length")
        function, memory, passes, lanes, salt = _CLEAR.unpack_from(content)
        cost = Argon2Parameters(memory, passes, lanes)
        if function != _ARGON2ID or not cost.is_allowed:
            raise ValueError("its parameters are not accepted")
        return cls(cost, salt, content[_CLEAR.size :])

    def open(self, passphrase: Passphrase, project: bytes, place: str) -> bytes:
        """The key. Raises ProjectError PROJECT_005 (a wrong passphrase), KeyMaterialError KEY_042."""
        cipher = ChaCha20Poly1305(derive_passphrase_key(passphrase, self.salt, self.cost, place))
        try:
            return cipher.decrypt(_NONCE, self.sealed, _bound(self.cost, self.salt, project))
        except InvalidTag:
            remedy = "type it once more; of words on a list, the first four letters of each are enough"
            raise project_error("PROJECT_005", place, "the passphrase does not open the project", remedy) from None


def make_slot(
    key: bytes, passphrase: Passphrase, project: bytes, *, cost: Argon2Parameters = PROJECT_ARGON2
) -> PassphraseSlot:
    """Seal the key of a project to a passphrase. Raises KeyMaterialError KEY_042 if this machine has too little
    memory."""
    salt = secrets.token_bytes(SALT_LENGTH)
    cipher = ChaCha20Poly1305(derive_passphrase_key(passphrase, salt, cost, "the project"))
    return PassphraseSlot(cost, salt, cipher.encrypt(_NONCE, key, _bound(cost, salt, project)))


def _clear(cost: Argon2Parameters, salt: bytes) -> bytes:
    return _CLEAR.pack(_ARGON2ID, cost.memory, cost.passes, cost.lanes, salt)


def _bound(cost: Argon2Parameters, salt: bytes, project: bytes) -> bytes:
    return _LABEL + project + _clear(cost, salt)
