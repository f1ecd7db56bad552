"""The six digits of an app for codes (RFC 6238), at a moment."""

from __future__ import annotations

import base64
import hmac
import struct
from datetime import datetime

PERIOD = 30


def app_code(secret: str, moment: str) -> str:
    """The code of a secret in base 32 at an ISO date and time with its zone."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    counter = int(datetime.fromisoformat(moment).timestamp()) // PERIOD
    digest = hmac.digest(key, struct.pack(">Q", counter), "sha1")
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"
