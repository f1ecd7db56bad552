"""The key of an onion service as tor keeps it in two files, and as one text that can be kept elsewhere.

It seals nothing: whoever has it can serve another site under the same address. Problems never quote it.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

VERSION = 1
SECRET_HEADER = b"== ed25519v1-secret: type0 ==\x00\x00\x00"
PUBLIC_HEADER = b"== ed25519v1-public: type0 ==\x00\x00\x00"
_SCALAR_BYTES, _SECRET_BYTES, _PUBLIC_BYTES = 32, 64, 32
_PRIME = 2**255 - 19
_FIRST = "kuule key of an onion service, version"
_TEXT = re.compile(
    rf"{_FIRST} ([0-9]+)\n(http://[a-z2-7]{{56}}\.onion)\n([A-Za-z0-9+/=\n]+)\ncheck ([0-9a-f]{{64}})\n?"
)


@dataclass(frozen=True, slots=True)
class OnionKey:
    """`secret`: 64 bytes, as tor derives them from its seed; `public`: 32. Its repr omits the secret."""

    secret: bytes
    public: bytes

    def __repr__(self) -> str:
        return f"OnionKey({self.public.hex()})"

    @property
    def belongs_together(self) -> bool:
        """Whether the secret half is that of the public one.

        Both are one point of the curve, once as Ed25519 writes it and once as X25519 does (RFC 7748, section 4.1).
        """
        y = int.from_bytes(self.public, "little") & (1 << 255) - 1
        if (1 - y) % _PRIME == 0:
            return False
        u = (1 + y) * pow(1 - y, -1, _PRIME) % _PRIME
        own = X25519PrivateKey.from_private_bytes(self.secret[:_SCALAR_BYTES]).public_key()
        return own.public_bytes(Encoding.Raw, PublicFormat.Raw) == u.to_bytes(_PUBLIC_BYTES, "little")

    @property
    def files(self) -> tuple[bytes, bytes]:
        """The contents of tor's files, the secret one first."""
        return SECRET_HEADER + self.secret, PUBLIC_HEADER + self.public


def key_from_files(secret: bytes, public: bytes) -> OnionKey | None:
    """The key of the contents of tor's two files; None where they are not that, or not of each other."""
    if not (secret.startswith(SECRET_HEADER) and public.startswith(PUBLIC_HEADER)):
        return None
    key = OnionKey(secret.removeprefix(SECRET_HEADER), public.removeprefix(PUBLIC_HEADER))
    return (
        key if (len(key.secret), len(key.public)) == (_SECRET_BYTES, _PUBLIC_BYTES) and key.belongs_together else None
    )


def key_as_text(key: OnionKey, address: str) -> str:
    """One text of five lines, which can be printed or encrypted as a file."""
    encoded = base64.b64encode(key.secret + key.public).decode()
    half = len(encoded) // 2
    said = f"{_FIRST} {VERSION}\n{address}\n{encoded[:half]}\n{encoded[half:]}\n"
    return f"{said}check {sha256(said.encode()).hexdigest()}\n"


def key_from_text(text: str) -> tuple[OnionKey, str] | None:
    """The key and the address in a text of `key_as_text`; None where a letter is wrong or it is something else."""
    found = _TEXT.fullmatch(text)
    if found is None or int(found[1]) != VERSION:
        return None
    if sha256(text[: found.end(3) + 1].encode()).hexdigest() != found[4]:
        return None
    try:
        both = base64.b64decode(found[3].replace("\n", ""), validate=True)
    except binascii.Error:
        return None
    key = key_from_files(SECRET_HEADER + both[:_SECRET_BYTES], PUBLIC_HEADER + both[_SECRET_BYTES:])
    return (key, found[2]) if key is not None else None
