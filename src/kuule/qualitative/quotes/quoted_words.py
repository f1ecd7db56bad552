"""The words of a quote: the span of the redacted text, in one line, without characters that cannot be seen."""

from __future__ import annotations

import re
import unicodedata

from kuule.qualitative.act_log.acts_in_force import ActLog
from kuule.qualitative.project_model.answer_text import AnswerText, TextSpan
from kuule.qualitative.quotes.quote_problems import quote_error
from kuule.qualitative.redaction_log.redacted_text import CATEGORY_LABELS, LabelWording, redacted_text
from kuule.tables.released_quotes import LONGEST_QUOTE

_UNSEEN = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of what follows, also beyond the quote."""
_MOST_MARKS = 4
"""Combining marks on one letter; no orthography has more."""


def words_of_span(log: ActLog, text: AnswerText, span: TextSpan, wording: LabelWording = str) -> str:
    """What would be shown of a span of the original: of a mark that it cuts, the whole label."""
    redacted = redacted_text(log, text, wording)
    there = redacted.redacted_span(span)
    return in_one_line(redacted.words[there.start : there.end])


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


def check_quotable(words: str, place: str) -> None:
    """Raise ProjectError QUOTE_011 if words are no quote: nothing is left of them, or they are too long."""
    left = words
    for label in (*CATEGORY_LABELS.values(), "left out"):
        left = left.replace(f"[{label}]", "")
    if not any(one.isalnum() for one in left):
        cause = "nothing is left of it but what was redacted"
        raise quote_error("QUOTE_011", place, cause, "quote a span with words that may be read")
    if len(words) > LONGEST_QUOTE:
        cause = f"it has {len(words)} characters"
        remedy = f"quote {LONGEST_QUOTE} at most: who writes like this is known by a long piece"
        raise quote_error("QUOTE_011", place, cause, remedy)
