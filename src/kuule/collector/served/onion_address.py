"""Addresses of onion services (Tor's rend-spec-v3, section 6): how one is made of a key, and whether one is whole.

The last bytes of an address are a checksum, so that one that was mistyped is found.
"""

from __future__ import annotations

import base64
import binascii
import re
from hashlib import sha3_256

KEY_BYTES = 32
_VERSION = b"\x03"
_CHECKSUM_BYTES = 2
_ADDRESS = re.compile(r"https?://(?:[a-z0-9-]+\.)*([a-z2-7]{56}\.onion)(?::[0-9]{1,5})?")
_SERVICE = re.compile(r"http://([a-z2-7]{56}\.onion)")
_OWN_PORT = ":80"


def onion_name(public_key: bytes) -> str:
    """The name of the service with this Ed25519 key, 56 letters and digits and `.onion`."""
    whole = public_key + _checksum(public_key) + _VERSION
    return f"{base64.b32encode(whole).decode().lower()}.onion"


def is_onion_address(address: str) -> bool:
    """Whether it is the address of a site at an onion service: no path, and nothing mistyped."""
    found = _ADDRESS.fullmatch(address)
    return found is not None and _is_whole(found[1])


def is_service_address(address: str) -> bool:
    """Whether it is the address of an onion service itself: `http://`, its name, and nothing else."""
    found = _SERVICE.fullmatch(address)
    return found is not None and _is_whole(found[1])


def is_host_of_service(host: str, address: str) -> bool:
    """Whether a Host header names this service. Names below it lead to it too."""
    name = address.removeprefix("http://")
    return f".{host.lower().removesuffix(_OWN_PORT)}".endswith(f".{name}")


def _is_whole(name: str) -> bool:
    try:
        decoded = base64.b32decode(name.removesuffix(".onion").upper())
    except binascii.Error:
        return False
    return onion_name(decoded[:KEY_BYTES]) == name


def _checksum(public_key: bytes) -> bytes:
    return sha3_256(b".onion checksum" + public_key + _VERSION).digest()[:_CHECKSUM_BYTES]
