"""A translation is not still in the source language. A word or two may well be the same: `Man`, `Radio`, a name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from kuule.core.problems import Severity
from kuule.languages.checks.finding import Finding
from kuule.languages.terminology.word_matching import strip_markup, words_in
from kuule.languages.workflow.entries import Entry

CODE = "LANG_033"

_WORDS = 4
"""So many words are not the same by chance: in 8 translations of 523 texts each, two was the most."""
_RUN = 5


def check(entry: Entry) -> Iterator[Finding]:
    """The whole text, or five of its words in a row."""
    small = strip_markup(entry.text).casefold()
    if not any(word in small for word in _every_fifth(entry.source)):
        return
    source, text = words_in(entry.source), words_in(entry.text)
    if source == text and len(source) >= _WORDS:
        yield Finding("it is still in the source language", "translate it")
        return
    runs = {source[start : start + _RUN] for start in range(len(source) - _RUN + 1)}
    for start in range(len(text) - _RUN + 1):
        run = text[start : start + _RUN]
        if run in runs:
            cause = f"it has words of the source language ({' '.join(run)!r})"
            yield Finding(cause, "translate the rest of it", Severity.WARNING)
            return


@lru_cache(maxsize=4096)  # sources are the same for all languages
def _every_fifth(source: str) -> tuple[str, ...]:
    """Words of a source of which five in a row, or all of four, have one: a text without any of them has neither."""
    words = words_in(source)
    return words[_RUN - 1 :: _RUN] or words[_WORDS - 1 :]
