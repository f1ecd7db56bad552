"""A text as a reader would copy it: without width variants, invisible characters and ornaments, with one kind of dot
and digit. Used only to look for contacts; nothing that is shown goes through it."""

from __future__ import annotations

import re
import unicodedata

_DOTS = "。｡․．﹒"
"""Other full stops that a browser treats as a dot (UTS 46), and their wide and narrow forms."""
_ALIKE = {**dict.fromkeys("\u2044\u2215\u29f8", "/"), **dict.fromkeys("\ua789\u2236\ufe55", ":")}
"""Characters that look like a slash or a colon."""
BLANKS = "\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5"
"""Letters and signs that show nothing although their category is not that of formatting characters."""
_ORNAMENT = re.compile(r"(?:CIRCLED|SQUARED|PARENTHESIZED|SYMBOL|TAG) .*?(?:LETTER )?([A-Z])$")
DOT_WORDS = (
    *("dot", "punkt", "piste", "punto", "ponto", "point", "punct", "pont", "tečka", "bodka", "kropka", "pika", "točka"),
    *(
        "tačka",
        "точка",
        "крапка",
        "тачка",
        "τελεία",
        "nokta",
        "نقطة",
        "نقطه",
        "taškas",
        "punkts",
        "prik",
        "punktur",
        "punt",
    ),
)
AT_WORDS = ("at", "ät", "arobase", "arroba", "chiocciola", "zavináč", "małpa", "собака", "равлик", "куче", "παπάκι")
_IN_BRACKETS = re.compile(rf"\s*[\[({{<]\s*(\.|{'|'.join(DOT_WORDS)})\s*[\])}}>]\s*", re.IGNORECASE)
_AT_IN_BRACKETS = re.compile(rf"\s*[\[({{<]\s*(?:@|{'|'.join(AT_WORDS)})\s*[\])}}>]\s*", re.IGNORECASE)
_BRACKET = re.compile(r"[\[({<]")
_DOT_BEHIND_SPACE = re.compile(r"\s\.")
_SPACED = re.compile(r"(?<=\w)(?:[^\S\n]+|[^\S\n]*\n[^\S\n]*)\.[^\S\n]*(?=\w)")
"""A single line break is shown as a space."""


class _Plain(dict[int, str]):
    """The replacement of each character, looked up once."""

    def __missing__(self, code: int) -> str:
        self[code] = plain_character(chr(code))
        return self[code]


def plain_character(character: str) -> str:
    """One character as a reader would copy it: "" where nothing of it is seen."""
    if character in _DOTS:
        return "."
    if character in _ALIKE:
        return _ALIKE[character]
    if unicodedata.category(character) in ("Cf", "Mn", "Mc", "Me") or character in BLANKS:
        tag = ord(character) - 0xE0000
        return chr(tag) if 0x20 <= tag < 0x7F else ""  # tag characters are ASCII that nobody sees
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    ornament = _ORNAMENT.search(unicodedata.name(character, "")) if ord(character) > 0x2000 else None
    return ornament[1].lower() if ornament else character


_PLAIN = _Plain()
_UNCHANGED: set[str] = set()
"""Characters that are known to stay as they are, so that most texts need not be translated letter by letter."""


def plain_spelling(text: str) -> str:
    """NFKC without marks and invisible characters; digits as 0-9; `[.]`, `(dot)` and ` . ` as a dot, `(at)` as @."""
    plain = text
    if not text.isascii():
        plain = unicodedata.normalize("NFKC", text)
        if not _UNCHANGED.issuperset(plain):
            plain = unicodedata.normalize("NFKC", _plain_characters(plain))
    if _BRACKET.search(plain):
        plain = _AT_IN_BRACKETS.sub("@", _IN_BRACKETS.sub(".", plain))
    return _SPACED.sub(".", plain) if _DOT_BEHIND_SPACE.search(plain) else plain


def _plain_characters(text: str) -> str:
    _UNCHANGED.update(one for one in set(text) if _PLAIN[ord(one)] == one)
    return text.translate(_PLAIN)
