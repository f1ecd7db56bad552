"""Numbers and codes that keep their order in a plain text, whatever its direction. In HTML `<bdi dir="ltr">` does
that."""

from __future__ import annotations

from kuule.languages.cldr.tags import find_language

_LEFT_TO_RIGHT, _ENDED = "\u2066", "\u2069"
"""LEFT-TO-RIGHT ISOLATE and POP DIRECTIONAL ISOLATE: without them, the groups of a number change places in a text from
right to left (UAX 9)."""


def left_to_right(text: str, tag: str) -> str:
    """The text for a place in a text of the language `tag`; as it is where that runs from left to right. Raises
    KuuleError LANG_001."""
    return f"{_LEFT_TO_RIGHT}{text}{_ENDED}" if find_language(tag).rtl else text
