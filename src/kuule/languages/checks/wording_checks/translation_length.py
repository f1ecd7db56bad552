"""A translation is not much longer than its source: a page that never ends keeps people from the questions."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.languages.checks.finding import Finding
from kuule.languages.workflow.entries import Entry

CODE = "LANG_015"

_TIMES = 3
_MORE = 200
"""A single word grows most (4 letters became 15 in a good translation); a paragraph hardly ever doubles."""


def check(entry: Entry) -> Iterator[Finding]:
    """More than three times the characters of the source, plus 200."""
    room = _TIMES * len(entry.source) + _MORE
    if len(entry.text) > room:
        cause = f"it has {len(entry.text):,} characters, and its source {len(entry.source):,}"
        yield Finding(cause, f"shorten it to {room:,} at the most")
