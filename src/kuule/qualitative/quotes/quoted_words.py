"""The words of a quote: the span of the redacted text, in one line, without characters that cannot be seen."""

from __future__ import annotations

import re
import unicodedata

from kuule.qualitative.act_log.acts_in_force import ActLog
from kuule.qualitative.project_model.answer_text import AnswerText, TextSpan
from kuule.qualitative.quotes.quote_problems import quote_error
from kuule.qualitative.redaction_log.redacted_text import redacted_text
from kuule.qualitative.redaction_log.redaction_labels import missing_labels, redaction_labels, with_own_labels
from kuule.tables.released_quotes import LONGEST_QUOTE

_UNSEEN = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of what follows, also beyond the quote."""
_MOST_MARKS = 4
"""Combining marks on one letter; no orthography has more."""


def words_of_span(log: ActLog, text: AnswerText, span: TextSpan) -> str:
    """What would be shown of a span of the original: of a mark that it cuts, the whole label, in the text's
    language."""
    redacted = redacted_text(log, text)
    there = redacted.redacted_span(span)
    return in_one_line(redacted.words[there.start : there.end])


def translated_words(words: str, *, language: str, into: str, place: str) -> str:
    """A translation as it is kept: in one line, with its labels in its own language. Raises ProjectError QUOTE_011."""
    said = with_own_labels(in_one_line(words), language=language, into=into)
    check_quotable(said, place, language=into)
    return said


def check_labels_kept(words: str, translated: str, *, language: str, into: str, place: str) -> None:
    """Raise ProjectError QUOTE_018 unless a translation has the labels of its original, as often: a label that is not
    there may be a name that is, and one beyond them says that more was taken out."""
    missing, beyond = missing_labels(words, translated, language=language, into=into)
    if not missing and not beyond:
        return
    said = [f"it lacks {' '.join(missing.elements())}"] if missing else []
    said += [f"it has {' '.join(beyond.elements())}, which the original does not have"] if beyond else []
    remedy = "write each label of the original once, in brackets (`kuule answers quotes translate`)"
    raise quote_error("QUOTE_018", f"{place}, translation into {into}", " and ".join(said), remedy)


def in_one_line(words: str) -> str:
    """Words without control characters, marks of direction and more combining marks than writing has."""
    kept: list[str] = []
    marks = 0
    for one in _UNSEEN.sub("", words):
        kind = unicodedata.category(one)
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        if kind in ("Cc", "Cs", "Zl", "Zp"):
            kept.append(" ")
        elif marks <= _MOST_MARKS:
            kept.append(one)
    return " ".join("".join(kept).split())


def check_quotable(words: str, place: str, *, language: str) -> None:
    """Raise ProjectError QUOTE_011 if words in a language are no quote: nothing is left of them, or they are too
    long."""
    left = words
    for label in redaction_labels(language).words.values():
        left = left.replace(f"[{label}]", "")
    if not any(one.isalnum() for one in left):
        cause = "nothing is left of it but what was redacted"
        raise quote_error("QUOTE_011", place, cause, "quote a span with words that may be read")
    if len(words) > LONGEST_QUOTE:
        cause = f"it has {len(words)} characters"
        remedy = f"quote {LONGEST_QUOTE} at most: who writes like this is known by a long piece"
        raise quote_error("QUOTE_011", place, cause, remedy)
