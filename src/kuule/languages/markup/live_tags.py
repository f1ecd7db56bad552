"""Finds the live numbers and conditions of a text, `{{ … }}`. `publishing` knows what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator

LIVE_TAG = re.compile(r"\{\{(?P<inside>[^{}]*)\}\}")
IF, ELSE, END = "if", "else", "end"


def live_tags(text: str) -> tuple[str, ...]:
    """The content of each, with single spaces: `share told yes`, `if shown told yes`, `end`."""
    return tuple(" ".join(match["inside"].split()) for match in LIVE_TAG.finditer(text))


def is_within_condition(text: str) -> bool:
    """Whether a condition is still open at the end of the text."""
    is_open = False
    for tag in live_tags(text):
        word = tag.partition(" ")[0]
        is_open = word == IF or (is_open and word != END)
    return is_open


def remove_live_tags(text: str) -> str:
    return LIVE_TAG.sub(" ", text)


def tags_by_condition(text: str) -> Iterator[tuple[str, str]]:
    """(where, tag) of each live number. `where` is "" or the condition that it is in, followed by "else" after its
    else. A condition itself gives ("if …", ""). Raises ValueError if conditions are nested, not closed or not begun."""
    condition, branch = "", ""
    for tag in live_tags(text):
        word = tag.partition(" ")[0]
        if word == IF and not condition:
            condition, branch = tag, ""
            yield tag, ""
        elif word == ELSE and condition and not branch:
            branch = f" {ELSE}"
            yield f"{condition}{branch}", ""
        elif word == END and condition:
            condition, branch = "", ""
        elif word in (IF, ELSE, END):
            raise ValueError(tag)
        else:
            yield f"{condition}{branch}", tag
    if condition:
        raise ValueError(condition)
