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


def find_organisations(answer: ReadAnswer) -> Iterator[FoundSpan]:
    """Organisations with a name. "The school" alone points at nobody, and is not suggested."""
    words = language_words(answer.language)
    for number, word in enumerate(answer.words):
        if words.is_one_of(word.key, words.organisation):
            yield from _around(answer, number, words)
        elif word.key in words.saint and answer.cased and answer.joins(number) and answer.words[number + 1].capital:
            last = max(number + 1, _names_after(answer, number, words))
            yield _found(answer, number, last, "organisation:saint")
        elif word.capital and _is_compound(word.key, words):
            yield _found(answer, _names_before(answer, number, words), number, "organisation:compound")
    if answer.cased and answer.has_capitals:
        yield from _acronyms(answer)


def _around(answer: ReadAnswer, number: int, words: LanguageWords) -> Iterator[FoundSpan]:
    if not answer.cased:
        last = _uncased_after(answer, number, words)
        if last > number:
            yield _found(answer, number, last, "organisation:word")
        return
    first = _names_before(answer, number, words)
    last = _names_after(answer, number, words)
    end = answer.words[last].end
    beside = _QUOTED.match(answer.text, end) or _NUMBER.match(answer.text, end)
    if first < number or last > number or beside:
        stop = beside.end() if beside else end
        yield FoundSpan(answer.words[first].start, stop, Category.ORGANISATION, "organisation:word")


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
        elif answer.words[at].key not in words.link:
            break
    return last


def _is_name(answer: ReadAnswer, number: int, words: LanguageWords) -> bool:
    """Whether a word beside is part of a name: a capital that a sentence does not explain, or on a list."""
    word = answer.words[number]
    if not word.capital or word.key in capital_words(answer.language) or word.key in words.link:
        return len(word.key) == 1 and number > 0 and answer.text[word.start - 1] in "'’"
    nouns = answer.language.partition("-")[0] == "de"
    listed = listed_names(answer.language)
    stems = tuple(words.inflection.stems_of_word(word.key))
    if any(stem in listed.given or stem in listed.places for stem in stems):
        return True
    return not word.begins and (not nouns or word.key in {"st", "sankt", "heilig"})


def _is_compound(key: str, words: LanguageWords) -> bool:
    for ending in words.compound:
        for stem in words.inflection.stems_of_word(key):
            if stem.endswith(ending) and len(stem) - len(ending) >= _SHORTEST_NAME:
                return not stem.startswith(tuple(words.generic)) if words.generic else True
    return False


def _uncased_after(answer: ReadAnswer, number: int, words: LanguageWords) -> int:
    """In a script without capitals: up to two words behind that a list has or, in Arabic, that have the article. What a
    name begins with ("ibn") is no further word."""
    listed = listed_names(answer.language)
    last = number
    named = 0
    while named < _MOST_UNCASED and answer.joins(last):
        key = answer.words[last + 1].key
        stems = tuple(words.inflection.stems_of_word(key))
        known = any(one in listed.given or one in listed.family or one in listed.places for one in stems)
        part = key in words.name_part
        if key in words.stop or not (known or part or key.startswith("ال")):
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
