"""A translation is written in the script of its language: no Latin word in Arabic, no Cyrillic letter that looks
Latin."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from kuule.core.problems import Severity
from kuule.languages.checks.check_context import CheckContext
from kuule.languages.checks.finding import Finding
from kuule.languages.cldr.tags import script_of
from kuule.languages.terminology.word_matching import strip_markup, words_in
from kuule.languages.workflow.entries import Entry

CODE = "LANG_040"

_NAMES = {
    "Latn": ("LATIN",), "Cyrl": ("CYRILLIC",), "Grek": ("GREEK",), "Arab": ("ARABIC",), "Hebr": ("HEBREW",),
    "Armn": ("ARMENIAN",), "Geor": ("GEORGIAN",), "Deva": ("DEVANAGARI",), "Beng": ("BENGALI",), "Thai": ("THAI",),
    "Ethi": ("ETHIOPIC",), "Hans": ("CJK",), "Hant": ("CJK",), "Jpan": ("CJK", "HIRAGANA", "KATAKANA"),
    "Kore": ("HANGUL", "CJK"),
}  # fmt: skip
"""How Unicode names the letters of a script (ISO 15924). A language in any other script is not checked."""
_ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK"})
_WORD = re.compile(r"[^\W\d_]+")
_TECHNICAL = re.compile(r"\bhttps?\b|\.[a-z]{2,6}\b")
"""The beginning and the end of an address, which have no other spelling."""
_LATIN_WORDS = {"el": frozenset({"cookie", "cookies", "email", "Email", "hash", "Hash", "JavaScript"})}
"""Words that a language writes in Latin letters although its script is another."""
_SHORT = 4
"""Words in capitals are accepted up to this many letters: SMS, HIV."""
_STAYS = re.compile(r"\bstays? as (?:it is|they are)\b")
"""How a note says that words are not translated."""


def check(entry: Entry, spoken: CheckContext) -> Iterator[Finding]:
    """A word in two scripts is an error; a word in another script is a warning, unless it is a name from the source."""
    expected = scripts_of(spoken.language)
    if expected and _scripts_in(entry.text) <= expected:
        return
    loans = _LATIN_WORDS.get(spoken.language.partition("-")[0], frozenset[str]())
    named = frozenset(words_in(entry.source)) if expected != frozenset({"LATIN"}) else frozenset()
    loans |= _kept(entry)
    for word in _WORD.findall(_TECHNICAL.sub(" ", strip_markup(entry.text))):
        found = _scripts_in(word)
        if len(found & _ALIKE) > 1:
            scripts = " and ".join(sorted(found)).title()
            cause = f"the word {word!r} mixes letters of scripts that look alike ({scripts})"
            yield Finding(cause, "type the word anew in one script")
        elif expected and found and not found & expected and word not in loans and not _is_name(word, named):
            cause = f"the word {word!r} is not written in the script of this language"
            yield Finding(cause, "write it in that script, or leave it out", Severity.WARNING)


def _kept(entry: Entry) -> frozenset[str]:
    """The words that a note says stay as they are: codes in a file, names of formats."""
    if not _STAYS.search(entry.source_note):
        return frozenset()
    noted, written = (frozenset(_WORD.findall(strip_markup(text))) for text in (entry.source_note, entry.source))
    return noted & written


def _is_name(word: str, named: frozenset[str]) -> bool:
    # A capital in both suggests a name; a small letter suggests a word that was left untranslated.
    return (word[0].isupper() and word.casefold() in named) or (word.isupper() and 1 < len(word) <= _SHORT)


@lru_cache(maxsize=256)
def scripts_of(language: str) -> frozenset[str]:
    """The Unicode names of the letters that a language is written in; empty if unknown."""
    return frozenset(_NAMES.get(script_of(language), ()))


def _scripts_in(text: str) -> frozenset[str]:
    """The Unicode names of the letters of a text."""
    return frozenset(map(_script, set(text))) - {""}


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    name = unicodedata.name(letter, "").split(" ")[0]
    return name if any(name in names for names in _NAMES.values()) else ""
