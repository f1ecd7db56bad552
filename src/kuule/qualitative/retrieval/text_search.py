"""Searching texts as people write: whatever the case, the width of letters, the marks above them or the script.

A search for "šel" finds "sel" and "ŠEL", and in Arabic a word with vowel signs
is found without. Positions are not given; a page marks what it shows by itself.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from kuule.qualitative.project_model.answer_text import AnswerText, TextId

_ALIKE = {
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe",
    "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي", "ـ": "",
}  # fmt: skip
"""Letters that no mark can be taken from, and that people type one for the other."""
_MARKS = ((0x0300, 0x036F), (0x0483, 0x0489), (0x0591, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670),
          (0x06D6, 0x06ED), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE20, 0xFE2F))  # fmt: skip
"""Marks above and below Latin, Greek, Cyrillic, Hebrew and Arabic letters. The signs of Indic and Thai vowels stay."""
_INVISIBLE = ((0x00AD, 0x00AD), (0x061C, 0x061C), (0x180B, 0x180E), (0x200B, 0x200F), (0x202A, 0x202E),
              (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF))  # fmt: skip
_TABLE: dict[int, str | None] = {
    **{ord(letter): other for letter, other in _ALIKE.items()},
    **{code: None for first, last in (*_MARKS, *_INVISIBLE) for code in range(first, last + 1)},
}


def search_form(text: str) -> str:
    """A text as it is compared: compatible forms, small letters, no marks, no invisible characters, single spaces."""
    if text.isascii():
        return " ".join(text.casefold().split())
    split = unicodedata.normalize("NFKD", text.casefold()).translate(_TABLE)
    return " ".join(unicodedata.normalize("NFKC", split).casefold().split())


class TextIndex:
    """The search forms of texts. They are as secret as the texts and exist in memory alone."""

    def __init__(self) -> None:
        self._forms: dict[TextId, str] = {}

    def put(self, text: AnswerText, *others: str) -> None:
        """Put in a text, or put it anew with its translations."""
        self._forms[text.id] = "\n".join(search_form(words) for words in (text.words, *others))

    def keep(self, texts: Iterable[TextId]) -> frozenset[TextId]:
        """Drop what is not among these any more. Returns those that are still to be put in."""
        there = frozenset(texts)
        for gone in self._forms.keys() - there:
            del self._forms[gone]
        return there - self._forms.keys()

    def search(self, query: str) -> frozenset[TextId]:
        """The texts that have every word of a query somewhere, or all of it as it stands if it is in quotes."""
        stripped = query.strip()
        exact = len(stripped) > 1 and stripped[0] == stripped[-1] == '"'
        wanted = [search_form(stripped.strip('"'))] if exact else search_form(stripped).split()
        return frozenset(text for text, form in self._forms.items() if all(word in form for word in wanted))
