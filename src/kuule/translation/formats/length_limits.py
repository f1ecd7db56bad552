"""How long a translation may be, as the note beside its source says it: for files whose readers are programs."""

from __future__ import annotations

import re

from kuule.languages.markup.finding_lengths import filled_length
from kuule.languages.workflow.entries import Entry

_LIMIT = re.compile(r"\bat most (\d+) characters( with its numbers)?", re.IGNORECASE)


def length_limit(entry: Entry) -> int | None:
    """The most characters (code points) that a translation may have; None where its note names no length.

    Where the note counts a text with its numbers in, a program that counts `{{ share … }}` itself is given as many
    more as these take in the source.
    """
    found = _LIMIT.search(entry.source_note)
    if found is None:
        return None
    unfilled = len(entry.source) - filled_length(entry.source) if found[2] else 0
    return int(found[1]) + max(0, unfilled)
