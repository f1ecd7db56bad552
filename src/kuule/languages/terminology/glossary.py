"""The glossary.csv of a study: how a language says what matters most, and what it avoids. See
docs/reference/study.md."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kuule.core.conflict_marks import CONFLICT_REMEDY, conflict_cause, conflict_line
from kuule.core.problems import Problem, StudyError
from kuule.core.regular_files import read_regular_file
from kuule.core.text_cache import cache_by_text
from kuule.languages.terminology.word_matching import fold_text, strip_markup

GLOSSARY_COLUMNS = ("language", "source", "agreed", "avoid", "note")
_LANG_041 = "LANG_041"


@dataclass(frozen=True, slots=True)
class Term:
    """How one language translates one term of the source. Without a source, the words in `avoid` are never used at all.
    A `*` at the beginning or end of a word stands for any letters: `seksuaali* väkival*`."""

    language: str
    source: str
    agreed: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms of every language, in the order of the file."""

    terms: tuple[Term, ...] = ()

    def terms_of(self, language: str) -> tuple[Term, ...]:
        """The terms of one language. Those of `pt` also apply to `pt-BR`, which can override them."""
        own = [term for term in self.terms if term.language == language]
        named = {term.source for term in own if term.source}
        wider = [
            term
            for term in self.terms
            if language.startswith(f"{term.language}-") and (not term.source or term.source not in named)
        ]
        return (*own, *wider)


def contains_term(term: str, text: str) -> bool:
    """Whether a text contains a term as whole words, in any case, with or without vowel marks."""
    bare = _bare(text)
    return _letters(term) in bare and _pattern(term).search(bare) is not None


@lru_cache(maxsize=4096)  # sources are the same for all languages, and most languages agree on the same terms
def terms_within(terms: tuple[str, ...], text: str) -> frozenset[str]:
    """Those of the terms that a text contains (`contains_term`)."""
    return frozenset(term for term in terms if contains_term(term, text))


def has_letters_of(term: str, text: str) -> bool:
    """Whether a text has the letters of a term in a row, or those of its longest part; without them it cannot contain
    it. Takes a tenth of the time of `contains_term`."""
    return _letters(term) in _bare(text)


@cache_by_text(4096)
def _bare(text: str) -> str:
    # A text is searched for every term of its language, and a source text once for every language.
    return fold_text(strip_markup(text))


@lru_cache(maxsize=4096)
def _letters(term: str) -> str:
    """The longest part of a term that a text has to have as it is."""
    return max((part for word in fold_text(term).split() for part in word.split("*")), key=len, default="")


@lru_cache(maxsize=4096)
def _pattern(term: str) -> re.Pattern[str]:
    words = [re.escape(word).replace(r"\*", r"\w*") for word in fold_text(term).split()]
    joined = r"\s+".join(words)
    return re.compile(rf"(?<!\w){joined}(?!\w)")


def read_glossary(path: Path) -> Glossary:
    """Read a glossary. Raises StudyError LANG_041 for every row that cannot be understood."""
    try:
        content = read_regular_file(path).decode("utf-8-sig")
    except OSError as error:
        raise StudyError(
            _problem(path, 0, f"it cannot be read ({error.strerror})", "see that it is readable")
        ) from None
    except UnicodeDecodeError:
        raise StudyError(_problem(path, 0, "it is not UTF-8", "save it as UTF-8")) from None
    marked = conflict_line(content, ruled=False)
    if marked:
        raise StudyError(_problem(path, marked, conflict_cause(marked), CONFLICT_REMEDY))
    rows = list(csv.reader(content.splitlines()))
    if not rows or tuple(rows[0]) != GLOSSARY_COLUMNS:
        cause = f"its first line is not {','.join(GLOSSARY_COLUMNS)}"
        raise StudyError(_problem(path, 1, cause, "write the columns so, in this order, with commas between"))
    terms, problems = [], []
    for number, row in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in row):
            found = list(_wrong(path, number, row))
            problems += found
            terms += [] if found else [_term(row)]
    problems += _twice(path, terms)
    if problems:
        raise StudyError(*problems)
    return Glossary(tuple(terms))


def _term(row: Sequence[str]) -> Term:
    language, source, agreed, avoid, note = (cell.strip() for cell in row)
    return Term(language, source, _several(agreed), _several(avoid), note)


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _wrong(path: Path, number: int, row: Sequence[str]) -> Iterator[Problem]:
    if len(row) != len(GLOSSARY_COLUMNS):
        cause = f"it has {len(row)} cells, not {len(GLOSSARY_COLUMNS)}"
        yield _problem(path, number, cause, "put a text with a comma in it into quotes")
        return
    term = _term(row)
    if not term.language:
        yield _problem(path, number, "it names no language", "write a tag like sv into the first cell")
    if not term.agreed and not term.avoid:
        yield _problem(path, number, "it has neither agreed terms nor terms to avoid", "write at least one of them")
    if term.agreed and not term.source:
        yield _problem(path, number, "it agrees on a term for nothing", "write the term of the source language")
    for word in (term.source, *term.agreed, *term.avoid):
        if "*" in word and not word.replace("*", "").strip():
            yield _problem(path, number, f"{word!r} would be every word", "write letters beside the *")


def _twice(path: Path, terms: Sequence[Term]) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for term in terms:
        key = (term.language, fold_text(term.source))
        if term.source and key in seen:
            cause = f"{term.language} has {term.source!r} twice"
            yield _problem(path, 0, cause, "keep one row for it, with | between terms")
        seen.add(key)


def _problem(path: Path, line: int, cause: str, remedy: str) -> Problem:
    return Problem(_LANG_041, f"{path.name}, line {line}" if line else path.name, cause, remedy)
