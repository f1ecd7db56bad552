"""Names of people and places: those on a list, what follows a title or a word of kin, and capitals in the middle of a
sentence. What stands together is one suggestion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kuule.qualitative.identifiers.answer_reading import ReadAnswer, Word
from kuule.qualitative.identifiers.capital_words import capital_words
from kuule.qualitative.identifiers.identifier_suggestion import FoundSpan
from kuule.qualitative.identifiers.language_words import LanguageWords, language_words
from kuule.qualitative.identifiers.listed_names import ListedNames, Places, listed_names, names_from_elsewhere
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory as Category

_STRONGEST = (
    "name:given",
    "name:title",
    "place:country",
    "place:list",
    "name:family",
    "name:elsewhere",
    "name:capital",
)
"""Of words that stand together, the rule of the one that says most."""
_CATEGORY = {
    "name:given": Category.PERSON,
    "name:title": Category.PERSON,
    "name:family": Category.PERSON,
    "name:capital": Category.PERSON,
    "name:elsewhere": Category.PERSON,
    "place:country": Category.PLACE,
    "place:list": Category.PLACE,
}
_KIND = {"name:given": "person", "name:title": "person", "place:country": "place", "place:list": "place",
         "name:elsewhere": "person"}  # fmt: skip
"""A capital and a family name go with either."""
_BRIDGES = frozenset(
    [
        *("of", "by", "the", "upon", "on", "de", "del", "della", "di", "da", "do", "dos", "das", "du", "la", "le"),
        *("les", "el", "sur", "sous", "von", "van", "der", "den", "am", "an", "ibn", "bin", "al"),
    ]
)
"""What stands inside names: "Villanueva del Río", "Saltburn-by-the-Sea"."""
_LONGEST_BRIDGE = 2
_SHORTEST_IN_SMALL_LETTERS = 4
_WHOSE = ("ي", "ها", "ه", "نا")
"""Mine, hers, his, ours."""
_NO_ARABIC_NAME = re.compile("^(?:ال|[يوبلفكس])|(?:ت|وا|ون|ين|ني)$|^..?$")
"""What verbs, and words with others written before or behind them, begin or end in. Some names do as well, and are
found if they are on the list."""
_NOUNS_HAVE_CAPITALS = frozenset({"de", "lb", "gsw"})


def capitals_tell(language: str) -> bool:
    """Whether a capital in the middle of a sentence tells a name in a language."""
    return ReadAnswer("", language).cased and language.partition("-")[0] not in _NOUNS_HAVE_CAPITALS


def find_names(answer: ReadAnswer) -> Iterator[FoundSpan]:
    """People and places. A name after a word of kin is a relative's."""
    rules = _Labels(answer).label_words()
    number = 0
    while number < len(rules):
        if not rules[number]:
            number += 1
            continue
        end = number
        while following := _following(answer, rules, end):
            end = following
        yield _found(answer, number, end, {one for one in rules[number : end + 1] if one})
        number = end + 1


def _following(answer: ReadAnswer, rules: list[str], number: int) -> int:
    """The next word of the same name, 0 where it ends."""
    at = number + 1
    while (
        at < len(rules) and at - number <= _LONGEST_BRIDGE and answer.words[at].key in _BRIDGES and answer.joins(at - 1)
    ):
        at += 1
    if at < len(rules) and answer.joins(at - 1) and _are_one(rules[number], rules[at]):
        return at
    return 0


def _are_one(rule: str, following: str) -> bool:
    """Whether two words that stand together are one name: a place and a person are not."""
    one, other = _KIND.get(rule, ""), _KIND.get(following, "")
    return bool(following) and (one == other or not one or not other)


def _found(answer: ReadAnswer, first: int, last: int, rules: set[str]) -> FoundSpan:
    rule = next(one for one in _STRONGEST if one in rules)
    category = _CATEGORY[rule]
    words = language_words(answer.language)
    kin = first > 0 and answer.joins(first - 1) and words.is_one_of(answer.words[first - 1].key, words.kin)
    if category is Category.PERSON and kin:
        category = Category.RELATIVE
    return FoundSpan(answer.words[first].start, answer.words[last].end, category, rule)


@dataclass
class _Labels:
    """Which rule each word fits, "" for none."""

    answer: ReadAnswer

    def label_words(self) -> list[str]:
        words, names = language_words(self.answer.language), listed_names(self.answer.language)
        count = len(self.answer.words)
        rules = [""] * count
        for number in range(count):
            if not rules[number]:
                self._label(number, rules, words, names)
        for number in range(count - 1):
            self._join_family_name(number, rules, words, names)
        return rules

    def _label(self, number: int, rules: list[str], words: LanguageWords, names: ListedNames) -> None:
        word = self.answer.words[number]
        stems = tuple(words.inflection.stems_of_word(word.key))
        if self._is_elided(number):
            rules[number] = "name:capital"
            return
        if not self._may_be_name(word):
            if self.answer.cased and self.answer.names_are_small:
                rules[number] = _label_in_small_letters(stems, names)
            return
        follows_given = self.answer.joins(number - 1) and rules[number - 1] == "name:given"
        if follows_given and _is_in(stems, names.family):
            rules[number] = "name:family"  # before places: a surname may be one as well
            return
        usual = _is_in(stems, capital_words(self.answer.language))
        for places, rule in ((names.countries, "place:country"), ({} if usual else names.places, "place:list")):
            length = _place_length(self.answer.words[number : number + 4], stems, places)
            if length and not (length == 1 and _is_in(stems, names.given)):
                rules[number : number + length] = [rule] * length
                return
        rules[number] = "" if usual else self._person(number, stems, words, names)

    def _may_be_name(self, word: Word) -> bool:
        if len(word.key) < 2:
            return False
        return word.capital or not self.answer.cased

    def _is_elided(self, number: int) -> bool:
        """Whether it is the beginning of a name like O'Rourke."""
        word = self.answer.words[number]
        followed = self.answer.text[word.end : word.end + 1] in ("'", "’") and self.answer.joins(number)
        return (
            len(word.key) == 1
            and word.capital
            and word.key in "od"
            and followed
            and self.answer.words[number + 1].capital
        )

    def _person(self, number: int, stems: tuple[str, ...], words: LanguageWords, names: ListedNames) -> str:
        word = self.answer.words[number]
        if _is_in(stems, names.given):
            return "name:given"
        if self._follows_title(number, words):
            return "" if words.is_one_of(word.key, words.kin) or word.key in words.stop else "name:title"
        if self._begins_name(number, words):
            return "name:title"
        if not self.answer.cased or not self.answer.has_capitals:
            return ""
        if word.begins or not capitals_tell(self.answer.language):
            return _label_from_elsewhere(stems, names) if word.begins else ""
        return "name:family" if _is_in(stems, names.family) else "name:capital"

    def _follows_title(self, number: int, words: LanguageWords) -> bool:
        if not self.answer.joins(number - 1):
            return False
        before = self.answer.words[number - 1].key
        if before in words.title or before in words.name_part:
            return True
        if words.language == "ar":
            return _names_kin_of_somebody(before, words) and not _NO_ARABIC_NAME.search(self.answer.words[number].key)
        return self.answer.cased and words.is_one_of(before, words.kin)

    def _begins_name(self, number: int, words: LanguageWords) -> bool:
        """Whether it is a word like "ibn", with a name behind it, and not somebody's son."""
        if self.answer.cased or self.answer.words[number].key not in words.name_part or not self.answer.joins(number):
            return False
        return self.answer.words[number + 1].key not in words.kin | words.stop

    def _join_family_name(self, number: int, rules: list[str], words: LanguageWords, names: ListedNames) -> None:
        """A family name beside a given one: also where it alone would say nothing, and also an initial."""
        if not self.answer.joins(number):
            return
        for one, other in ((number, number + 1), (number + 1, number)):
            word = self.answer.words[one]
            if rules[one] or rules[other] not in ("name:given", "name:title", "name:family"):
                continue
            if word.capital and one > other and rules[other] == "name:given" and self.answer.has_capitals:
                rules[one] = "name:family"
            initial = len(word.key) == 1 and word.capital and self.answer.text[word.end] == "." and one < other
            stems = tuple(words.inflection.stems_of_word(word.key))
            fits = (word.capital and one > other) or not self.answer.cased
            article = words.language == "ar" and word.key.startswith("ال") and word.key not in words.stop
            surname = article or _is_in(stems, names.family) or _is_in(stems, names.given)
            if initial or (fits and surname and one > other) or (fits and _is_in(stems, names.family)):
                rules[one] = "name:family"


def _names_kin_of_somebody(key: str, words: LanguageWords) -> bool:
    """In Arabic: a word of kin with whose it is ("أختي"), behind which a name comes as often as a verb."""
    return key.endswith(_WHOSE) and words.is_one_of(key, words.kin)


def _label_in_small_letters(stems: tuple[str, ...], names: ListedNames) -> str:
    """Of somebody who writes names without capitals: only what is on a list, and long enough to be no other word."""
    long = tuple(stem for stem in stems if len(stem) >= _SHORTEST_IN_SMALL_LETTERS)
    if _is_in(long, names.given):
        return "name:given"
    return "place:list" if any(() in names.places.get(stem, ()) for stem in long) else ""


def _label_from_elsewhere(stems: tuple[str, ...], names: ListedNames) -> str:
    """Where a capital tells nothing: a given name of another language, if it is no word of this one."""
    elsewhere = any(stem in names_from_elsewhere() for stem in stems)
    return "name:elsewhere" if elsewhere and not _is_in(stems, names.ordinary) else ""


def _is_in(stems: tuple[str, ...], names: frozenset[str]) -> bool:
    return any(stem in names for stem in stems)


def _place_length(words: tuple[Word, ...], stems: tuple[str, ...], places: Places) -> int:
    """How many words a name has that begins here, 0 where none does."""
    for stem in stems:
        for further in places.get(stem, ()):
            if len(further) < len(words) and all(
                word.key == part or word.key.startswith(part) for word, part in zip(words[1:], further, strict=False)
            ):
                return 1 + len(further)
    return 0
