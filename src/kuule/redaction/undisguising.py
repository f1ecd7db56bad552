"""Contacts as they are written so that no program finds them, written out: `[.]`, "dot", spaces between letters,
look-alikes of other scripts.

For finding only: nothing that is shown goes through it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kuule.languages.checks.contact_checks.plain_spelling import AT_WORDS, DOT_WORDS
from kuule.redaction.mapped_text import MappedText

_COMMON_ENDINGS = r"(?:c[o0]m|[o0]rg|net|inf[o0]|[o0]ni[o0]n|xyz|i2p)(?![a-z0-9])"
"""After these a dot that is written as a word, or has spaces around it, is that of a host."""
_ENDINGS_AFTER_DOT = (
    r"(?:com|org|net|info|onion|xyz|i2p|io|gg|ru|su|co|me|cc|tk|to|site|online|link|top|club"
    r"|de|uk|eu|fi|se|fr|es|nl|pl)\b"
)
_DOTS_AS_WORDS = "|".join(sorted(DOT_WORDS, key=len, reverse=True))
_AT_AS_WORDS = "|".join(sorted(AT_WORDS, key=len, reverse=True))
_OPEN, _CLOSE = r"[\[({<|*\"'`~_-]", r"[\])}>|*\"'`~_-]"
_NEXT = r"[a-z0-9-]{1,63}"
_SAID = f"(?:{_DOTS_AS_WORDS})"
_SAID_ENDINGS = r"(?:com|org|info|onion|xyz|i2p)\b"
"""Without "net", which ends sentences in French after "point"."""
_MIDDLE_DOTS = "·•‧∙⋅・⸱٫۔।。｡․°"
_LOOK_ALIKES = str.maketrans("аеорсухікѕјһԁɡαορνικϲ", "aeopcyxiksjhdgaopvikc")
_WORD = re.compile(r"\S{1,300}")
_LATIN = re.compile(r"[A-Za-z]")


def _flags(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_GAP, _BREAK = r"[^\S\n]{0,3}", r"[\s_-]{1,4}"
_SPELT_OUT = _flags(r"(?<![^\s(\"'])(?:[\w.:/@][^\S\n]){4,}[\w.:/@](?![^\s.,;!?)\"'])")
"""Five or more single characters with spaces between: "e x a m p l e . c o m"."""
_IN_BRACKETS = (
    (_flags(rf"{_GAP}{_OPEN}{{1,2}}\s{{0,3}}(?:\.|{_DOTS_AS_WORDS})\s{{0,3}}{_CLOSE}{{1,2}}{_GAP}(?=\w)"), "."),
    (_flags(rf"\s{{0,3}}[\[({{<]\s{{0,3}}(?:@|{_AT_AS_WORDS})\s{{0,3}}[\])}}>]\s{{0,3}}"), "@"),
    (_flags(r"[\[({<]\s{0,3}(:?[/\\]{1,2}|:)\s{0,3}[\])}>]"), r"\1"),
)
_STEPS = (
    (_flags(rf"(?<=\w)_{{1,3}}(?:{_AT_AS_WORDS})_{{1,3}}(?=\w)"), "@"),
    (_flags(r"(?<=\w)-at-(?=\w{1,63}(?:\.|-dot-|_dot_|\s{1,4}dot\s))"), "@"),
    (_flags(rf"(?<=\w){_GAP}(?:[\\/^|{_MIDDLE_DOTS}]{_GAP}|[,;])(?=(?:c[o0]m|onion|org)(?![a-z0-9/]))"), "."),
    (_flags(rf"(?<=[a-z0-9]){_BREAK}dot{_BREAK}(?={_NEXT}(?:{_BREAK}dot{_BREAK}|\.){_ENDINGS_AFTER_DOT})"), "."),
    (_flags(rf"(?<=\w){_BREAK}dot{_BREAK}(?={_ENDINGS_AFTER_DOT})"), "."),
    (_flags(rf"(?<=[a-z0-9])\s{{1,4}}{_SAID}\s{{1,4}}(?={_NEXT}(?:\s{{1,4}}{_SAID}\s{{1,4}}|\.){_SAID_ENDINGS})"), "."),
    (_flags(rf"(?<=\w){_BREAK}{_SAID}{_BREAK}(?={_SAID_ENDINGS})"), "."),
    (_flags(rf"(?<=[a-z0-9]){_SAID}(?=(?:com|org|onion)(?![a-z0-9]))"), "."),
    (_flags(r"(?<=\w)\s{1,3}\.[^\S\n]{0,3}(?=\w)"), "."),
    (re.compile(rf"(?<=\w)\.[^\S\n]+(?={_COMMON_ENDINGS})"), "."),
    (
        _flags(r"(?<![a-z])h[^\S\n]?[tx*]{2}[^\S\n]?p[^\S\n]?(s?)[^\S\n]{0,3}[:;][^\S\n]{0,3}[/\\|]{1,3}[^\S\n]{0,3}"),
        r"http\1://",
    ),
    (_flags(r"(?<=\.com)[^\S\n]{1,3}/[^\S\n]{0,3}"), "/"),
)
"""What is found, and what it is written as, one after the other."""


def undisguise(original: str) -> MappedText:
    """The text as a reader of a disguised contact would type it, with Latin letters where a word mixes scripts."""
    text = _rewritten(MappedText.from_original(original).join(_SPELT_OUT), _IN_BRACKETS)
    return _rewritten(_with_latin_letters(text), _STEPS)


def _rewritten(text: MappedText, steps: Sequence[tuple[re.Pattern[str], str]]) -> MappedText:
    for pattern, written in steps:
        text = text.replace(pattern, written)
    return text


def _with_latin_letters(text: MappedText) -> MappedText:
    """Letters of other scripts in a word that has Latin ones as well, as the Latin ones that they look like."""
    if text.text.isascii():
        return text
    replaced = _WORD.sub(lambda match: _latin_where_mixed(match[0]), text.text)
    return MappedText(replaced, text.places)


def _latin_where_mixed(word: str) -> str:
    return word.translate(_LOOK_ALIKES) if _LATIN.search(word) else word
