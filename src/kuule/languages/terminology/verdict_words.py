"""Words that people who answer never see: verdicts and orders. One file a language, `<tag>.csv`, checked in our own
texts by the tests and in a study's by `kuule check` (STUDY_353).

A row is a word, texts in which it comforts instead of judging, and why it is left out. In words, `*` stands for any
letters, as in a glossary.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache

from kuule.languages import catalogues
from kuule.languages.terminology.glossary import contains_term
from kuule.languages.terminology.word_matching import fold_text

VERDICT_COLUMNS = ("word", "unless", "why")
_HERE = catalogues.VERDICTS


@dataclass(frozen=True, slots=True)
class Verdict:
    """`unless`: texts that hold the word and are kind, separated by | in the file."""

    word: str
    unless: tuple[str, ...]
    why: str


def verdicts_in(text: str, tag: str) -> tuple[Verdict, ...]:
    """The words of a text that its language leaves out; none where nobody has written a list for the language."""
    plain = fold_text(text)
    return tuple(verdict for verdict in verdicts_of(tag) if _judges(verdict, plain))


def verdict_languages() -> tuple[str, ...]:
    """The languages that have a list."""
    return tuple(sorted(path.stem for path in _HERE.glob("*.csv")))


@lru_cache(maxsize=128)
def verdicts_of(tag: str) -> tuple[Verdict, ...]:
    """The list of a language; `sv-FI` has that of `sv`."""
    for named in (tag, tag.partition("-")[0]):
        if named in verdict_languages():
            lines = (_HERE / f"{named}.csv").read_text("utf-8").splitlines()
            return tuple(
                Verdict(row["word"], tuple(filter(None, row["unless"].split("|"))), row["why"])
                for row in csv.DictReader(lines)
            )
    return ()


def _judges(verdict: Verdict, plain: str) -> bool:
    for kind in verdict.unless:
        plain = plain.replace(_folded(kind), " ")
    return contains_term(verdict.word, plain)


@lru_cache(maxsize=1024)
def _folded(kind: str) -> str:
    return fold_text(kind)
