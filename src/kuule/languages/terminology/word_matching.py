"""The words and numbers of a text, without placeholders, addresses and Markdown signs."""

from __future__ import annotations

import re
import unicodedata

from kuule.core.text_cache import cache_by_text
from kuule.languages.cldr.numbers import ascii_digits

_NOT_WORDS = re.compile(r"\$?\{[^{}]*\}|https?://\S+|www\.\S+")
_SIGNS = re.compile(r"[*_`#]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_DIGIT = re.compile(r"\d")
_GROUPED = re.compile(r"(?<![0-9])([0-9]{1,3})((?:[ .,'’٬\u00a0\u202f][0-9]{3})+)(?![0-9])")
_NUMBER = re.compile(r"(?<![A-Za-z])[0-9]+")
_KEPT = 4096
"""The size of the cache: every check of every language asks about the same sources."""


@cache_by_text(_KEPT)
def strip_markup(text: str) -> str:
    """`text` without anything that is not language: outputs, addresses, signs of emphasis."""
    if "{" in text or "://" in text or "www." in text:
        text = _NOT_WORDS.sub(" ", text)
    return _SIGNS.sub("", text) if any(sign in text for sign in "*_`#") else text


@cache_by_text(_KEPT)
def words_in(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, in their order."""
    return tuple(word.casefold() for word in _WORD.findall(strip_markup(text)))


@cache_by_text(_KEPT)
def numbers_in(text: str) -> tuple[str, ...]:
    """Every number in the digits of any script, without grouping: "1,000" and "١٬٠٠٠" are 1000, and "1.5" is 1 and
    5."""
    normal = unicodedata.normalize("NFKC", strip_markup(text).replace("٬", ""))
    if not _DIGIT.search(normal):
        return ()
    plain = ascii_digits(normal)
    joined = _GROUPED.sub(lambda found: found[1] + re.sub(r"[^0-9]", "", found[2]), plain)
    return tuple(number.lstrip("0") or "0" for number in _NUMBER.findall(joined))


def fold_text(text: str) -> str:
    """For comparing words: lower case, without vowel marks and tatweel (optional in Arabic and Hebrew)."""
    decomposed = unicodedata.normalize("NFKC", text).replace("\u0640", "").casefold()
    return decomposed if decomposed.isascii() else decomposed.translate(_UNMARKED)


class _Unmarked(dict[int, int | None]):
    """Each character, or None for a mark, looked up once."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.category(chr(code)) == "Mn" else code
        return self[code]


_UNMARKED = _Unmarked()
