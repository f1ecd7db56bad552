"""A translation has the numbers of its source, in the digits of any script: an age band must not become another one.

One language may write a number as a word where another uses digits. So only answers, which are compared with each
other, are checked strictly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kuule.core.problems import Severity
from kuule.languages.checks.finding import Finding
from kuule.languages.terminology.word_matching import numbers_in, words_in
from kuule.languages.workflow.entries import Entry

CODE = "LANG_032"

_WORDS = {
    "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14",
    "fifteen": "15", "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19", "twenty": "20",
    "thirty": "30", "forty": "40", "fifty": "50", "hundred": "100", "once": "1", "twice": "2", "first": "1",
}  # fmt: skip
"""Numbers that an English source may write as words and a translation in digits."""
_LONG = 3
"""A number with this many digits is hardly ever written as a word; one up to twenty often is."""
_SPELLED = 20


def check(entry: Entry) -> Iterator[Finding]:
    """Errors for answers and for long numbers, otherwise warnings."""
    if numbers_in(entry.source) == numbers_in(entry.text):
        return
    wanted, found = Counter(numbers_in(entry.source)), Counter(numbers_in(entry.text))
    spelled = Counter(_WORDS[word] for word in words_in(entry.source) if word in _WORDS)
    for number in sorted(wanted - found):
        if int(number) <= _SPELLED and not _is_strict(entry, number):
            continue
        yield _finding(entry, number, f"the number {number} of the source is missing", "write it as the source has it")
    for number in sorted(found - wanted - spelled):
        yield _finding(entry, number, f"it has the number {number}, which the source does not have", "take it out")


def _finding(entry: Entry, number: str, cause: str, remedy: str) -> Finding:
    return Finding(cause, remedy, Severity.ERROR if _is_strict(entry, number) else Severity.WARNING)


def _is_strict(entry: Entry, number: str) -> bool:
    return len(number) >= _LONG or (entry.key.startswith("choice:") and bool(numbers_in(entry.source)))
