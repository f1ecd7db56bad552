"""The six digits of an app for codes (RFC 6238), from its secret."""

from __future__ import annotations

import base64
import hmac
import struct
import time

PERIOD = 30


def code(secret: str, *, later: int = 0) -> str:
    """The code of now, or of so many periods later: the site takes one period more or less, and each code once."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // PERIOD + later), "sha1")
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"
