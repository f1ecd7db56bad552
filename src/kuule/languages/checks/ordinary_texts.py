"""Which texts have nothing but letters of their script and the marks of sentences, as most have: two thirds of the
checks look for what such a text cannot have, and need not be asked about it.

A mark is ordinary where no check can take it for anything else. A full stop ends a word; a text does not begin with a
hyphen; there is one line, without spaces at its edges, and neither a digit nor a bracket nor a sign of Markdown.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from kuule.languages.checks.contact_checks.contacts import may_spell_host
from kuule.languages.checks.contact_checks.plain_spelling import plain_character
from kuule.languages.checks.wording_checks.scripts import scripts_of

_LETTERS = (range(0x41, 0x250), range(0x370, 0x530), range(0x5D0, 0x5EB), range(0x620, 0x6D4))
"""Where the letters are that texts are searched for: Latin, Greek, Cyrillic, Hebrew, Arabic."""
_MARKS = ",;?!'\"‘’‚“”„–—«»¿¡،؛؟"
_NOTHING = re.compile(r"(?!)")


def is_ordinary_text(text: str, language: str) -> bool:
    """Whether a text in a language has nothing else."""
    return _ordinary(scripts_of(language)).fullmatch(text) is not None and not may_spell_host(text)


@lru_cache(maxsize=4096)  # sources are the same for all languages
def is_ordinary_source(text: str) -> bool:
    """The same of a text in a language that need not be known: its letters are of any script."""
    return _ordinary(frozenset(["LATIN", "GREEK", "CYRILLIC", "HEBREW", "ARABIC"])).fullmatch(text) is not None


@cache
def _ordinary(scripts: frozenset[str]) -> re.Pattern[str]:
    known = (chr(code) for part in _LETTERS for code in part)
    letters = "".join(letter for letter in known if _is_of(letter, scripts))
    if not letters:
        return _NOTHING
    inside = f"{letters}{_MARKS}"
    # One step for each run of letters and marks; what comes between two of them is a space, a hyphen or a full stop.
    # No step is taken back, so that a long text takes no longer than its length.
    return re.compile(rf"[{inside}]++(?:(?: |-|[.] | - )[{inside}]++)*+(?:[.][{re.escape(_MARKS)}]*+)?+")


def _is_of(letter: str, scripts: frozenset[str]) -> bool:
    """Whether a letter is of one of the scripts, and stays as it is where contacts are looked for."""
    if not letter.isalpha() or unicodedata.name(letter, "").split(" ")[0] not in scripts:
        return False
    return unicodedata.is_normalized("NFKC", letter) and plain_character(letter) == letter
