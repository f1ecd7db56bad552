"""The one style sheet, under an address that changes with its content, so that a browser may keep it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).with_name("style.css")
CACHE_CONTROL = "public, max-age=31536000, immutable"
"""The style sheet is the same on every page and for everyone, and says nothing of the subject."""


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """`address` is its path on this site."""

    address: str
    content: bytes


@lru_cache(maxsize=1)
def style_sheet() -> StyleSheet:
    """Read once a process."""
    content = _FILE.read_bytes()
    return StyleSheet(f"/style-{hashlib.sha256(content).hexdigest()[:12]}.css", content)
