"""The two style sheets and the one script of a preview, each at an address with a hash of what is in it."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "static"
ASSET_TYPES = {"frame.css": "text/css", "marks.css": "text/css", "frame.js": "text/javascript"}


@cache
def asset_content(name: str) -> bytes:
    """The bytes of one of ASSET_TYPES."""
    return (_FOLDER / name).read_bytes()


@cache
def asset_address(name: str) -> str:
    """Its address, which changes with its content."""
    return f"/preview/{hashlib.sha256(asset_content(name)).hexdigest()[:12]}/{name}"
