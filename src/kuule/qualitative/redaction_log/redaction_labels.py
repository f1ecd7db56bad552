"""What is read in place of words that were taken out of a text, in the language of the text: `[sukulaisen nimi]`.

The labels are a catalogue (`languages/catalogues/redaction`). What takes words out is beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kuule.languages import catalogues
from kuule.languages.cldr.tags import is_language_tag
from kuule.languages.gettext.catalogue import read_pot
from kuule.languages.gettext.shipped_words import SOURCE_LANGUAGE
from kuule.languages.gettext.spoken_texts import catalogue_in, spoken_texts
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory

LABEL_TEMPLATE = catalogues.REDACTION / "interface.pot"
_PREFIX = "redaction:"
_UNSETTLED = "unsettled"
_SPOKEN_ALIKE = {"no": "nb", "nn": "nb", "prs": "fa"}
_IN_BRACKETS = re.compile(r"\[([^\[\]]{1,60})\]")


@dataclass(frozen=True, slots=True)
class RedactionLabels:
    """The labels in `language`, which is English where nobody has translated them. They are without brackets, by
    category; that of None is read while two readers see different things in one span."""

    language: str
    words: Mapping[IdentifierCategory | None, str]

    def in_brackets(self, category: IdentifierCategory | None) -> str:
        """What replaces a span."""
        return f"[{self.words[category]}]"

    def categories_in(self, words: str) -> tuple[IdentifierCategory | None, ...]:
        """The categories whose labels occur in some words, in order."""
        known = {label: category for category, label in self.words.items()}
        return tuple(known[one] for one in _IN_BRACKETS.findall(words) if one in known)


@lru_cache(maxsize=128)
def redaction_labels(tag: str) -> RedactionLabels:
    """The labels in a language, else in one that its readers share, else in English."""
    base = tag.partition("-")[0]
    sources = read_pot(LABEL_TEMPLATE)
    for language in (tag, base, _SPOKEN_ALIKE.get(base, base), *_of_base(base)) if is_language_tag(tag) else ():
        spoken = spoken_texts(language, sources, catalogue_in(LABEL_TEMPLATE.parent, language, sources), missing=None)
        if spoken is not None:
            return RedactionLabels(language, {one: spoken.texts[_key(one)] for one in (*IdentifierCategory, None)})
    return redaction_labels(SOURCE_LANGUAGE)


def with_own_labels(words: str, *, language: str, into: str) -> str:
    """A translation in which labels are those of its own language, also where its translator left those of the
    original or wrote the English ones."""
    own = redaction_labels(into)
    kept = set(own.words.values())
    known = {
        label: own.words[category]
        for tag in (SOURCE_LANGUAGE, language)
        for category, label in redaction_labels(tag).words.items()
    }
    return _IN_BRACKETS.sub(lambda one: one[0] if one[1] in kept else f"[{known.get(one[1], one[1])}]", words)


def missing_labels(words: str, translated: str, *, language: str, into: str) -> tuple[Counter[str], Counter[str]]:
    """The labels in brackets that a translation lacks beside its original, and those that it has beyond it."""
    own = redaction_labels(into)
    wanted = Counter(own.in_brackets(one) for one in redaction_labels(language).categories_in(words))
    there = Counter(own.in_brackets(one) for one in own.categories_in(translated))
    return wanted - there, there - wanted


def _of_base(base: str) -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in LABEL_TEMPLATE.parent.glob(f"{base}-*.po")))


def _key(category: IdentifierCategory | None) -> str:
    return _PREFIX + (_UNSETTLED if category is None else category)
