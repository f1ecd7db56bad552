"""Opens and seals the stream of a sealed backup by its description alone (docs/reference/backup.md), with nothing of
ours."""

from __future__ import annotations

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

PIECE, TAG = 65_536, 16


def opened(stream: bytes, content_key: bytes) -> bytes:
    """What is inside of the pieces."""
    cipher = ChaCha20Poly1305(content_key)
    pieces = [stream[at : at + PIECE + TAG] for at in range(0, len(stream), PIECE + TAG)]
    return b"".join(cipher.decrypt(nonce(number, len(pieces)), one, None) for number, one in enumerate(pieces))


def sealed(inside: bytes, content_key: bytes) -> bytes:
    """The pieces."""
    cipher = ChaCha20Poly1305(content_key)
    pieces = [inside[at : at + PIECE] for at in range(0, len(inside), PIECE)]
    return b"".join(cipher.encrypt(nonce(number, len(pieces)), one, None) for number, one in enumerate(pieces))


def nonce(number: int, count: int) -> bytes:
    return number.to_bytes(11, "big") + bytes([number == count - 1])
