"""The one style sheet. Browsers do not keep it: left in a cache it would tell of a visit when the history is gone."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).with_name("style.css")


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
