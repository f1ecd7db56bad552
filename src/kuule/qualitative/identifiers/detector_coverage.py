"""Which kinds of identifiers are looked for in a language, and how; and, loudly, which are not.

Nothing is dropped in silence: a language that has no lists, and a kind that nothing looks for, are stated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from kuule.languages.cldr.month_names import month_names
from kuule.languages.cldr.tags import english_name, is_language_tag
from kuule.qualitative.identifiers.identity_rules import schemes_of
from kuule.qualitative.identifiers.identity_schemes import EVERYWHERE
from kuule.qualitative.identifiers.language_countries import countries_of
from kuule.qualitative.identifiers.language_data import NAME_LISTS, list_language, read_rows
from kuule.qualitative.identifiers.language_words import language_words
from kuule.qualitative.identifiers.name_model import NameModel
from kuule.qualitative.identifiers.name_rules import capitals_tell
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory as Category

LEFT_TO_PEOPLE = (Category.AGE, Category.OCCUPATION, Category.UNUSUAL)
"""What no rule here looks for in any language: what identifies by combination."""
_NO_LISTS = "There is no detector for {}: nobody has listed its names and words."
_ONLY_CAPITALS = (
    "Of names, only capitals inside a sentence are suggested, as people, whatever they are; where a sentence"
    " begins, given names of other languages."
)
ENOUGH_NAMES = 250
"""With fewer on its list, a language counts as having hardly any."""


class DetectorMeans(StrEnum):
    """By what something is found."""

    CONTACTS = "contacts"
    PHONES = "phones"
    """Of the countries of the language; without one, numbers with a plus only."""
    CHECK_DIGITS = "check-digits"
    LONG_NUMBERS = "long-numbers"
    MONTHS = "months"
    DIGITS = "digits"
    NAME_LIST = "name-list"
    PLACE_LIST = "place-list"
    COUNTRIES = "countries"
    CAPITALS = "capitals"
    WORDS = "words"
    """Words beside a name: titles, kin, what organisations and streets are called."""
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class DetectorCoverage:
    """What is looked for in `language`. `means` has every kind; nothing in it means that nobody looks but the reader.
    `lists` is False for a language that nobody listed any words for."""

    language: str
    lists: bool
    means: Mapping[Category, tuple[DetectorMeans, ...]]
    given_names: int
    places: int
    model: str = ""
    """The name of the model that is asked in addition, "" without one."""

    @property
    def missing(self) -> tuple[Category, ...]:
        """Kinds that nothing looks for in this language, though it does in others."""
        return tuple(kind for kind, means in self.means.items() if not means and kind not in LEFT_TO_PEOPLE)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What a reader is told before the first text, in English. The first sentence is the one that matters most."""
        name = english_name(self.language)
        found = [] if self.lists else [_NO_LISTS.format(name)]
        if not self.lists and capitals_tell(self.language):
            found.append(_ONLY_CAPITALS)
        if self.missing:
            found.append(f"Not looked for in {name}: {', '.join(self.missing)}. Only you can see these.")
        if self.lists and self.given_names < ENOUGH_NAMES:
            found.append(f"Hardly any names of people are listed for {name} ({self.given_names}).")
        if not capitals_tell(self.language) and Category.PERSON not in self.missing:
            found.append(f"In {name} capitals do not tell a name: names that are on no list are not found.")
        if self.model:
            found.append(f"The model {self.model} is asked in addition. How much of {name} it finds is not known.")
        found.append("Left to readers in every language: ages, occupations, and unusual facts.")
        return (*found, "An answer without suggestions may still point at a person: read every word.")


def detector_coverage(language: str, model: NameModel | None = None) -> DetectorCoverage:
    """What is looked for in answers of a language, with the model that there is, if it knows the language."""
    given, places = _list_lengths(list_language(language))
    words = language_words(language)
    cldr = is_language_tag(language)
    means: dict[Category, list[DetectorMeans]] = {kind: [] for kind in Category}
    means[Category.CONTACT] = [DetectorMeans.CONTACTS, *([DetectorMeans.PHONES] if countries_of(language) else [])]
    checked = len(schemes_of(language)) > len(EVERYWHERE)
    means[Category.NUMBER] = [*([DetectorMeans.CHECK_DIGITS] if checked else []), DetectorMeans.LONG_NUMBERS]
    means[Category.DATE] = [*([DetectorMeans.MONTHS] if month_names(language) else []), DetectorMeans.DIGITS]
    people = [
        *([DetectorMeans.NAME_LIST] if given else []),
        *([DetectorMeans.CAPITALS] if capitals_tell(language) else []),
        *([DetectorMeans.WORDS] if words.title else []),
    ]
    means[Category.PERSON] = people
    means[Category.RELATIVE] = people if words.kin else []
    means[Category.PLACE] = [
        *([DetectorMeans.PLACE_LIST] if places else []),
        *([DetectorMeans.COUNTRIES] if cldr else []),
        *([DetectorMeans.WORDS] if words.street else []),
    ]
    means[Category.ORGANISATION] = [DetectorMeans.WORDS] if words.organisation else []
    asked = model.name if model is not None and model.knows(language) else ""
    if model is not None and asked:
        for kind in model.categories:
            means[kind].append(DetectorMeans.MODEL)
    complete = {kind: tuple(found) for kind, found in means.items()}
    return DetectorCoverage(language, bool(list_language(language)), complete, given, places, asked)


@lru_cache(maxsize=64)
def _list_lengths(language: str) -> tuple[int, int]:
    rows = tuple(read_rows(NAME_LISTS, language))
    return sum(kind == "given" for kind, _ in rows), sum(kind == "place" for kind, _ in rows)
