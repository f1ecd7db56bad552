"""The private key of a study: one 32-byte X-Wing secret. Only `to_text` and `reveal` show it."""

from __future__ import annotations

import hashlib
import hmac
from typing import NoReturn

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey

from kuule.sealing.key_text import KeyText, read_key_text, write_key_text
from kuule.sealing.keys import PublicKey

SECRET_LENGTH = 32
_SEED_LENGTH = 64
_RECORD_KEYS = b"kuule record keys 1"


class PrivateKey:
    """The key that opens, made from 32 random bytes that the caller provides. repr, str and pickle show nothing of
    them.

    `wipe` overwrites the copy that is kept here. Others remain until their memory is used again: the caller's bytes,
    and the keys inside OpenSSL, which claims to clear them when they are freed. Python can promise no more.
    """

    __slots__ = ("_hpke_key", "_record_keys", "_secret", "public")

    public: PublicKey

    def __init__(self, secret: bytes | bytearray, *, rehearsal: bool) -> None:
        if len(secret) != SECRET_LENGTH:
            raise ValueError(f"an X-Wing secret has {SECRET_LENGTH} bytes")
        # X-Wing draft, section 5.2: SHAKE256 gives the ML-KEM seed d || z and the X25519 scalar.
        expanded = hashlib.shake_256(secret).digest(_SEED_LENGTH + 32)
        mlkem = MLKEM768PrivateKey.from_seed_bytes(expanded[:_SEED_LENGTH])
        x25519 = X25519PrivateKey.from_private_bytes(expanded[_SEED_LENGTH:])
        raw = mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()
        self._secret = bytearray(secret)
        self._record_keys = hmac.digest(secret, _RECORD_KEYS, "sha256")
        self._hpke_key = MLKEM768X25519PrivateKey(mlkem, x25519)
        self.public = PublicKey(raw, rehearsal)

    @classmethod
    def generate(cls, secret: bytes, rehearsal: bool) -> PrivateKey:
        """The key of 32 bytes from the system's random source. The same bytes give the same key."""
        return cls(secret, rehearsal=rehearsal)

    @property
    def hpke_key(self) -> MLKEM768X25519PrivateKey:
        """The key for the HPKE implementation."""
        return self._hpke_key

    def record_key(self, row_id: int) -> int:
        """A number below 2^32 for the noise in what is published (decision 0025). It is the same whenever a row is
        opened, uniformly distributed, and unknown to whoever has the row but not this key."""
        return int.from_bytes(hmac.digest(self._record_keys, row_id.to_bytes(8, "big"), "sha256")[:4], "big")

    def reveal(self) -> bytes:
        """The 32 bytes, for what stores them: a file, a file with a passphrase, sheets of words. Raises ValueError
        after `wipe`."""
        if not self._secret:
            raise ValueError("this key was wiped")
        return bytes(self._secret)

    def wipe(self) -> None:
        """Overwrite the secret that is kept here. The key still opens while it exists, but can no longer be written."""
        self._secret[:] = bytes(len(self._secret))
        self._secret.clear()

    def to_text(self) -> str:
        """The text of the secret key. Whoever reads it can read every response that was sealed to its public key."""
        remark = f"opens what was sealed to fingerprint {self.public.fingerprint}; keep it offline"
        return write_key_text(KeyText("secret", self.public.rehearsal, self.reveal()), remark)

    @classmethod
    def from_text(cls, text: str, place: str = "secret key") -> PrivateKey:
        """The key that `to_text` wrote. Raises KeyMaterialError KEY_001 to KEY_004, which never quote the text."""
        key = read_key_text(text, kind="secret", length=SECRET_LENGTH, place=place)
        return cls(key.content, rehearsal=key.rehearsal)

    def __repr__(self) -> str:
        return f"<PrivateKey {self.public.key_id.hex()}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a private key is not pickled or copied")
