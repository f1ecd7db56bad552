"""A translation of the report has the paragraphs of its source: a heading, a note or a paragraph stays one line.

An empty line would part a condition, and a line of its own could begin what no check looks at.
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.languages.checks.finding import Finding
from kuule.languages.workflow.content_keys import is_content_key
from kuule.languages.workflow.entries import Entry

CODE = "LANG_043"


def check(entry: Entry) -> Iterator[Finding]:
    """As many lines, and as many empty ones among them."""
    if not is_content_key(entry.key):
        return
    wanted, found = _lines(entry.source), _lines(entry.text)
    if wanted != found:
        cause = f"it has {found[0]} lines ({found[1]} empty), and its source {wanted[0]} ({wanted[1]} empty)"
        yield Finding(cause, "begin a line only where the source does")


def _lines(text: str) -> tuple[int, int]:
    # What any reader of Markdown, or polib, could take for the end of a line.
    lines = text.strip().splitlines()
    return len(lines), sum(not line.strip() for line in lines)
