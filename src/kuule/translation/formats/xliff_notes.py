"""What an XLIFF file of any version says beside a text: notes for its translator, and the record of what went out."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.languages.workflow.entries import Entry, text_hash
from kuule.translation.formats.returned_texts import BLANK_HASH
from kuule.translation.formats.xliff_names import COMMENT_CATEGORY


def notes_for(entry: Entry, *, blank: bool) -> Iterator[tuple[str, str, str]]:
    """(category, source or target, text). `blank` leaves out what would show a translation."""
    if entry.source_note:
        yield "description", "source", entry.source_note
    if blank:
        return
    if entry.stale:
        before = f": {entry.previous}" if entry.previous else ""
        yield "source-changed", "source", f"The source has changed since this was translated. Before{before}"
    for draft in entry.drafts:
        yield "draft", "target", f"{draft.by or draft.origin}: {draft.text}"
    for line in entry.note.split("\n"):
        if line:
            yield COMMENT_CATEGORY, "target", line


def sent_record(entry: Entry, *, blank: bool) -> dict[str, str]:
    """What the text was when it was sent out, so that changes can be seen later: hashes of the text and of the source
    that it was made for, who wrote it, and on which day."""
    text = "" if blank else entry.text
    facts = {
        "text": text_hash(text) if text else BLANK_HASH,
        "source": (entry.source_hash or text_hash(entry.source)) if text else text_hash(entry.source),
        "origin": str(entry.origin) if text else "",
        "by": entry.by if text else "",
        "on": entry.on if text else "",
    }
    return {kind: value for kind, value in facts.items() if value}
