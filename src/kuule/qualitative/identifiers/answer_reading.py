"""An answer as rules see it: its words, which of them have capitals, and which begin a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from kuule.qualitative.identifiers.word_folding import LONGEST_WORD, fold_word

_MARKS = (
    r"\u0300-\u036f\u0483-\u0487\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
)
_UNSEEN = r"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe20-\ufe2f\ufeff"
_WORD = re.compile(rf"[^\W\d_](?:[^\W_]|[{_MARKS}{_UNSEEN}])*")
_SENTENCE_END = re.compile(r"[.!?…:;؟؛。\n•–—|]")
_JOINT = re.compile(r"(?:[^\S\n]{1,2}|-|['’]|\.[^\S\n]?)")
_UNCASED = frozenset({"ar", "fa", "he", "ur", "hi", "bn", "th", "zh", "ja", "ko", "ka", "am", "prs", "ps", "ckb"})
_GAP = 24
"""What stands between two words is looked at so far."""


@dataclass(frozen=True, slots=True)
class Word:
    """`key` is it folded. `begins`: it is the first of a sentence, where a capital says nothing."""

    start: int
    end: int
    key: str
    capital: bool
    begins: bool


@dataclass(frozen=True)
class ReadAnswer:
    """`text` is as it was written, and no longer than a piece that is read at once."""

    text: str
    language: str

    @cached_property
    def words(self) -> tuple[Word, ...]:
        found: list[Word] = []
        done = 0
        for match in _WORD.finditer(self.text):
            start, end = match.span()
            written = match[0][:LONGEST_WORD]
            between = self.text[max(done, start - _GAP) : start]
            begins = not found or _SENTENCE_END.search(between) is not None
            found.append(Word(start, end, fold_word(written), written[0].isupper(), begins))
            done = end
        return tuple(found)

    @cached_property
    def digits(self) -> str:
        """The text with every decimal digit as 0-9, character for character."""
        if self.text.isascii():
            return self.text
        return re.sub(r"\d", lambda match: str(int(match[0])), self.text)

    @cached_property
    def has_capitals(self) -> bool:
        """Whether its writer uses capitals, and not for everything: only then do they tell a name."""
        capital = sum(word.capital for word in self.words)
        shouted = sum(self.text[word.start : word.end].isupper() for word in self.words)
        return capital > 0 and shouted * 2 < len(self.words)

    @cached_property
    def names_are_small(self) -> bool:
        """Whether nothing has a capital but what begins a sentence, as telephones write it by themselves: its writer
        may write names in small letters too."""
        return not any(word.capital and not word.begins and len(word.key) > 1 for word in self.words)

    @property
    def cased(self) -> bool:
        """Whether the language's script has capitals."""
        return self.language.partition("-")[0] not in _UNCASED

    def joins(self, number: int) -> bool:
        """Whether a word and the next one stand together as parts of a name do."""
        words = self.words
        if number < 0 or number + 1 >= len(words):
            return False
        end, start = words[number].end, words[number + 1].start
        if start - end > 3 or not _JOINT.fullmatch(self.text[end:start]):
            return False
        stop = "." in self.text[end:start]
        return not stop or words[number].end - words[number].start <= 3
