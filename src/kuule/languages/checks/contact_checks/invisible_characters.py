"""A translation contains no characters that reverse the direction of what follows and no invisible ones: they can make
a text read as something else, and hide a contact from anyone who looks for one.

Direction marks (U+200E, U+200F, U+061C) are ordinary in Arabic and Hebrew, and a closed isolate does no harm. Overrides
and embeddings are not needed on a web page, which declares its direction, and an isolate that stays open reverses what
comes after it: the answer that is inserted into a text (Unicode Technical Report 36, section 2.5). Joiners (U+200C,
U+200D) are ordinary in Persian and other languages. Any other invisible character is refused unless the source has it,
and so is a control character: XML cannot hold one, a page shows something else in its place, and a terminal obeys it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from kuule.languages.checks.contact_checks.plain_spelling import BLANKS
from kuule.languages.checks.finding import Finding
from kuule.languages.workflow.entries import Entry

CODE = "LANG_013"

_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e")
_OPENING = frozenset("\u2066\u2067\u2068")
_CLOSING = "\u2069"
_ISOLATES = _OPENING | {_CLOSING}
_WITHOUT_ISOLATES = dict.fromkeys(map(ord, _ISOLATES))
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""All but tab and line break."""
_NEEDED = frozenset("\u200c\u200d\u200e\u200f\u061c") | _TURNING | _ISOLATES


def check(entry: Entry) -> Iterator[Finding]:
    """Control characters, embeddings and overrides (U+202A to U+202E), isolates (U+2066 to U+2069) that are not paired
    within a line, and invisible characters that are not needed."""
    yield from control_findings(entry.text, entry.source)
    if entry.text.isascii():
        return
    yield from direction_findings(entry.text)
    for character in sorted(filter(_is_unseen, frozenset(entry.text))):
        if character in entry.source:
            continue
        yield Finding(f"it has the character U+{ord(character):04X}, which nobody sees", "take it out")


def control_findings(text: str, source: str = "") -> Iterator[Finding]:
    """Control characters in any text, but for those that its source has too."""
    if _CONTROL.search(text) is None:
        return
    for character in sorted({*_CONTROL.findall(text)}.difference(source)):
        yield Finding(f"it has the control character U+{ord(character):04X}, which nobody sees", "take it out")


def direction_findings(text: str) -> Iterator[Finding]:
    """Those of them that turn the direction of what is around them, in any text."""
    if text.isascii():
        return
    characters = frozenset(text)
    for character in sorted(_TURNING & characters):
        yield Finding(
            f"it has the invisible character U+{ord(character):04X}, which turns the direction", "take it out"
        )
    if not characters.isdisjoint(_ISOLATES) and not all(map(_is_paired, text.splitlines())):
        cause = (
            "it has an invisible isolate (U+2066 to U+2068) without its end (U+2069), or an end without its beginning"
        )
        yield Finding(cause, "take it out, or close it in the same line")


def remove_turning_characters(text: str) -> str:
    """The text without what `direction_findings` finds in it; nothing that anybody sees goes."""
    lines = text.translate(dict.fromkeys(map(ord, _TURNING))).splitlines(keepends=True)
    return "".join(line if _is_paired(line) else line.translate(_WITHOUT_ISOLATES) for line in lines)


@lru_cache(maxsize=4096)
def _is_unseen(character: str) -> bool:
    return character not in _NEEDED and (character in BLANKS or unicodedata.category(character) == "Cf")


def _is_paired(line: str) -> bool:
    depth = 0
    for character in line:
        if character in _OPENING:
            depth += 1
        elif character == _CLOSING:
            depth -= 1
            if depth < 0:
                return False
    return depth == 0
