"""What an organisation is called: a word for what it is ("school", "-schule"), with a name or a number beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kuule.qualitative.identifiers.answer_reading import ReadAnswer
from kuule.qualitative.identifiers.capital_words import capital_words
from kuule.qualitative.identifiers.identifier_suggestion import FoundSpan
from kuule.qualitative.identifiers.language_words import LanguageWords, language_words
from kuule.qualitative.identifiers.listed_names import listed_names
from kuule.qualitative.identifiers.word_folding import fold_word
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory as Category

_NUMBER = re.compile(
    r"[^\S\n]{1,2}(?:№|N[ro]?[.°º]?|Nr\.?|no\.?|č\.?|nro|numero|رقم|شماره)?[^\S\n]{0,2}\d{1,4}\b", re.IGNORECASE
)
_QUOTED = re.compile(r"[^\S\n]{0,2}[«\"“„‚'‘](?P<name>[^«»\"“”„\n]{2,40})[»\"”“'’]")
_ACRONYM = re.compile(r"(?<![\w.'’])(?P<short>[^\W\d_a-z]{2,6})(?![\w.'’])(?:[^\S\n](?P<name>[^\W\d_]\w{2,30}))?")
_SHORTEST_ACRONYM = 3
_MOST_UNCASED = 2
_MOST_WORDS = 4
_SHORTEST_NAME = 3
_NOT_OF_IT = ("و", "ب", "ل", "ف")
"""And, in, for, so: written together with the word behind them."""


def find_organisations(answer: ReadAnswer) -> Iterator[FoundSpan]:
    """Organisations with a name. "The school" alone points at nobody, and is not suggested."""
    words = language_words(answer.language)
    for number, word in enumerate(answer.words):
        if length := _listed_length(answer, number, words):
            yield _found(answer, number, number + length - 1, "organisation:listed")
        if words.is_one_of(word.key, words.organisation):
            yield from _around(answer, number, words)
        elif word.key in words.saint and answer.cased and answer.joins(number) and answer.words[number + 1].capital:
            last = max(number + 1, _names_after(answer, number, words))
            yield _found(answer, number, last, "organisation:saint")
        elif word.capital and _is_compound(word.key, words, named=True):
            last = number + _is_followed_by_its_name(answer, number)
            yield _found(answer, _names_before(answer, number, words), last, "organisation:compound")
        elif _is_compound(word.key, words):
            yield from _around(answer, number, words)
    if answer.cased and answer.has_capitals:
        yield from _acronyms(answer)


def _around(answer: ReadAnswer, number: int, words: LanguageWords) -> Iterator[FoundSpan]:
    if not answer.cased:
        last = _uncased_after(answer, number, words)
        if last > number:
            yield _found(answer, number, last, "organisation:word")
        return
    first = _names_before(answer, number, words)
    last = max(_names_after(answer, number, words), number + _is_followed_by_its_name(answer, number))
    end = answer.words[last].end
    beside = _QUOTED.match(answer.text, end) or _NUMBER.match(answer.text, end)
    if first < number or last > number or beside:
        stop = beside.end() if beside else end
        start = _with_what_is_hyphened(answer, answer.words[first].start)
        yield FoundSpan(start, stop, Category.ORGANISATION, "organisation:word")


def _with_what_is_hyphened(answer: ReadAnswer, start: int) -> int:
    """Where a word begins of which a part is before a hyphen: "яхт-клуб"."""
    while start > 1 and answer.text[start - 1] == "-" and answer.text[start - 2].isalpha():
        start -= 1
        while start and answer.text[start - 1].isalpha():
            start -= 1
    return start


def _is_followed_by_its_name(answer: ReadAnswer, number: int) -> bool:
    """In German, where every noun has a capital: a noun right behind a compound, with nothing between, is its name
    ("Segelclub Plön")."""
    if answer.language.partition("-")[0] != "de" or not answer.joins(number):
        return False
    word, further = answer.words[number], answer.words[number + 1]
    between = answer.text[word.end : further.start]
    return between.isspace() and further.capital and _is_compound(word.key, language_words(answer.language))


def _listed_length(answer: ReadAnswer, number: int, words: LanguageWords) -> int:
    """How many words the name of a known organisation has that begins here, 0 where none does."""
    word = answer.words[number]
    if answer.cased and not word.capital:
        return 0
    for stem in words.inflection.stems_of_word(word.key):
        for further in words.known.get(stem, ()):
            following = answer.words[number + 1 : number + 1 + len(further)]
            fits = len(following) == len(further) and all(
                words.is_one_of(one.key, part) for one, part in zip(following, further, strict=True)
            )
            if fits and all(answer.joins(number + at) for at in range(len(further))):
                return 1 + len(further)
    return 0


def _found(answer: ReadAnswer, first: int, last: int, rule: str) -> FoundSpan:
    return FoundSpan(answer.words[first].start, answer.words[last].end, Category.ORGANISATION, rule)


def _names_before(answer: ReadAnswer, number: int, words: LanguageWords) -> int:
    """The first word of the name before the word for what it is."""
    first = number
    while number - first < _MOST_WORDS and answer.joins(first - 1) and _is_name(answer, first - 1, words):
        first -= 1
    return first


def _names_after(answer: ReadAnswer, number: int, words: LanguageWords) -> int:
    last = at = number
    while at - number <= _MOST_WORDS and answer.joins(at):
        at += 1
        if _is_name(answer, at, words) and answer.words[at].capital:
            last = at
        elif answer.words[at].key not in words.link and not _is_between_links(answer, at, words):
            break
    return last


def _is_between_links(answer: ReadAnswer, number: int, words: LanguageWords) -> bool:
    """Whether a word says what an organisation is for, and its name comes after: "club de voile de Sète"."""
    if not answer.joins(number) or answer.words[number].capital:
        return False
    return answer.words[number - 1].key in words.link and answer.words[number + 1].key in words.link


def _is_name(answer: ReadAnswer, number: int, words: LanguageWords) -> bool:
    """Whether a word beside is part of a name: a capital that a sentence does not explain, or on a list."""
    word = answer.words[number]
    if not word.capital or word.key in capital_words(answer.language) or word.key in words.link:
        return len(word.key) == 1 and number > 0 and answer.text[word.start - 1] in "'’"
    nouns = answer.language.partition("-")[0] == "de"
    listed = listed_names(answer.language)
    stems = tuple(words.inflection.stems_of_word(word.key))
    if len(word.key) > 1 and any(stem in listed.given or stem in listed.places for stem in stems):
        return True
    if len(word.key) == 1 and word.begins:
        return False
    return not word.begins and (not nouns or word.key in {"st", "sankt", "heilig"})


def _is_compound(key: str, words: LanguageWords, *, named: bool = False) -> bool:
    """Whether a word ends in what an organisation is; `named`, whether its beginning may be a name."""
    for stem in words.inflection.stems_of_word(key):
        if any(stem.endswith(one) and len(stem) - len(one) >= _SHORTEST_NAME for one in words.compound):
            return not (named and words.generic and stem.startswith(tuple(words.generic)))
    return False


def _uncased_after(answer: ReadAnswer, number: int, words: LanguageWords) -> int:
    """In a script without capitals: up to two words behind that a list has or, in Arabic, that have the article. What a
    name begins with ("ibn") is no further word. In Arabic a word without the article that stands before another is of
    it ("جمعية كفى"), unless it is an adjective or begins something else."""
    listed = listed_names(answer.language)
    last = number
    named = 0
    while named < _MOST_UNCASED and answer.joins(last):
        key = answer.words[last + 1].key
        stems = tuple(words.inflection.stems_of_word(key))
        known = any(one in listed.given or one in listed.family or one in listed.places for one in stems)
        part = key in words.name_part
        construct = words.language == "ar" and not answer.words[number].key.startswith(("ال", "لل"))
        construct = construct and named == 0 and len(key) >= _SHORTEST_NAME and not key.startswith(_NOT_OF_IT)
        if key in words.stop or not (known or part or key.startswith("ال") or construct):
            break
        last += 1
        named += not part
    return last


def _acronyms(answer: ReadAnswer) -> Iterator[FoundSpan]:
    """ "NSPCC" and, with a name behind it, "SV Altenhausen"."""
    for match in _ACRONYM.finditer(answer.text):
        if match["short"].isupper() and fold_word(match["short"]) not in capital_words(answer.language):
            alone = match["name"] is None or not match["name"][0].isupper() or match["name"].isupper()
            if alone and len(match["short"]) < _SHORTEST_ACRONYM:
                continue
            end = match.end("short") if alone else match.end()
            yield FoundSpan(match.start(), end, Category.ORGANISATION, "organisation:acronym")
