"""How old one has to be to read the English words around the questions: `python -m tests.web.reading_age` says.

Flesch-Kincaid: a grade from words a sentence and syllables a word, plus five for the age. Syllables are groups of
vowels, so that a figure is right to about half a year. It sees no kindness and no strange word: people do that.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable

from kuule.languages.gettext.catalogue import read_pot
from kuule.languages.gettext.shipped_words import INTERFACE_FOLDER

SHORTEST = 15
"""Words. Of fewer, one long word decides."""
_SHOWN = 15
_SCHOOL_BEGINS = 5


def sentences(text: str) -> list[str]:
    """A colon ends one too: one breathes there."""
    return [part for part in re.split(r"(?<=[.?!:])\s+", text) if words(part)]


def words(text: str) -> list[str]:
    """A placeholder counts as one word of two syllables."""
    return re.findall(r"[A-Za-z0-9’']+", re.sub(r"\{\w+\}", "seven", text))


def reading_age(texts: Iterable[str]) -> float:
    """In years, of some English texts together."""
    found = [part for text in texts for part in sentences(text)]
    said = [word for part in found for word in words(part)]
    grade = 0.39 * len(said) / len(found) + 11.8 * sum(map(_syllables, said)) / len(said) - 15.59
    return grade + _SCHOOL_BEGINS


def worst() -> list[tuple[float, str]]:
    """(age, name) of each text that has SHORTEST words or more, the hardest first."""
    long = [source for source in read_pot(INTERFACE_FOLDER / "interface.pot") if len(words(source.text)) >= SHORTEST]
    return sorted(((reading_age([source.text]), source.key) for source in long), reverse=True)


def _syllables(word: str) -> int:
    silent = word.lower().endswith("e") and not word.lower().endswith(("le", "ee"))
    return max(1, len(re.findall(r"[aeiouy]+", word.lower())) - silent)


if __name__ == "__main__":
    for age, name in worst()[:_SHOWN]:
        sys.stdout.write(f"{age:5.1f}  {name}\n")
