"""A finding keeps to its length in every language: it is set on a tile, where a longer one would push the others off
the first page."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.languages.checks.finding import Finding
from kuule.languages.markup.finding_lengths import FINDING_LIMITS, filled_length
from kuule.languages.workflow.content_keys import is_content_key
from kuule.languages.workflow.entries import Entry

CODE = "LANG_017"


def check(entry: Entry) -> Iterator[Finding]:
    """More characters than a title, a figure, a reading or the finding of a figure may have, with its numbers."""
    if not is_content_key(entry.key):
        return
    limit = FINDING_LIMITS.get(entry.key.rpartition(":")[2])
    if limit is None:
        return
    length = filled_length(entry.text)
    if length > limit:
        yield Finding(f"it has about {length} characters with its numbers", f"shorten it to {limit}")
