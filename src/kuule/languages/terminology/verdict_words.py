"""Words that respondents should never read: verdicts and orders. One file per language, `<tag>.csv`.

The tests check our own texts, and `kuule check` those of a study (STUDY_353). A row has a word, texts in which it
comforts instead of judging, and the reason to avoid it. In words, `*` stands for any letters, as in a glossary.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache

from kuule.languages import catalogues
from kuule.languages.terminology.glossary import contains_term, has_letters_of
from kuule.languages.terminology.word_matching import fold_text

VERDICT_COLUMNS = ("word", "unless", "why")
_HERE = catalogues.VERDICTS


@dataclass(frozen=True, slots=True)
class Verdict:
    """`unless`: texts that contain the word and are kind, separated by | in the file."""

    word: str
    unless: tuple[str, ...]
    why: str


def verdicts_in(text: str, tag: str) -> tuple[Verdict, ...]:
    """The judging words in a text; none if nobody has written a list for the language."""
    plain = fold_text(text)
    near = (verdict for verdict in verdicts_of(tag) if has_letters_of(verdict.word, plain))
    return tuple(verdict for verdict in near if _judges(verdict, plain))


def verdict_languages() -> tuple[str, ...]:
    """The languages that have a list."""
    return tuple(sorted(path.stem for path in _HERE.glob("*.csv")))


@lru_cache(maxsize=128)
def verdicts_of(tag: str) -> tuple[Verdict, ...]:
    """The list of a language; `sv-FI` uses that of `sv`."""
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
