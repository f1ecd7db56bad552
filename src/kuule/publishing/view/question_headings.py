"""A question as the heading of a figure: without the place where it quoted what each person had answered before.

A person reads: You chose "stronger laws". How far has this come? In a report many people's answers stand together, and
what they had chosen differed.
"""

from __future__ import annotations

import re

QUOTED = "…"
"""What the codebook has in place of an earlier answer."""
BLANK = "____"
_CLOSERS = "\"'”“»«’‘」』)"
_BETWEEN = re.compile(rf"(?:(?<=[.!?؟。！？।])|(?<=[.!?؟。！？।][{re.escape(_CLOSERS)}]))\s+")
_HOLE = re.compile(r"[\"'„“”«»‚‘’「『]\s*…\s*[\"'„“”«»‚‘’」』]")


def question_heading(question: str, *, quotes_answer: bool) -> str:
    """The question without its sentences that quote an earlier answer. If it has no other, it is whole, with a blank
    in that place.

    `quotes_answer` says that the question has such a place. In older datasets, which do not know, an ellipsis alone in
    quotation marks is one.
    """
    if not (quotes_answer and QUOTED in question) and not _HOLE.search(question):
        return question
    kept = [sentence for sentence in _BETWEEN.split(question) if QUOTED not in sentence]
    return " ".join(kept) or question.replace(QUOTED, BLANK)
