"""A translation has no characters that turn the direction of what follows: they can make a text read as another one.

Marks of one place (U+200E, U+200F, U+061C) are ordinary in Arabic and Hebrew; overrides and embeddings are not needed
in a web page, which declares its direction (Unicode Technical Report 36, section 2.5).
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.languages.checks.finding import Finding
from kuule.languages.texts import Entry

CODE = "LANG_013"

_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e")


def check(entry: Entry) -> Iterator[Finding]:
    """Embeddings and overrides, U+202A to U+202E."""
    for character in sorted(_TURNING & set(entry.text)):
        yield Finding(
            f"it has the invisible character U+{ord(character):04X}, which turns the direction", "take it out"
        )
