"""How long a translation may be, as the note beside its source says it: for files whose readers are programs."""

from __future__ import annotations

import re

_LIMIT = re.compile(r"\bat most (\d+) characters\b", re.IGNORECASE)


def length_limit(note: str) -> int | None:
    """The most characters (code points) that a translation may have; None where the note for translators names no
    length."""
    found = _LIMIT.search(note)
    return int(found[1]) if found else None
