"""Limits on what the desk keeps in `languages/apart/<tag>.po`, the file of texts that could not be saved.

Nothing is removed from that file, and an import adds whatever it has to. If the file is full, a text that could not be
saved is not kept, and whoever typed it is asked to copy it; otherwise anyone with a role could fill the disk. Of the
wordings that are replaced by one save after another, the first few are kept. Drafts by others are in the language's own
file.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kuule.languages.workflow.entries import Entry
from kuule.translation.language_files import SET_ASIDE_FOLDER, read_set_aside

MAX_WORDINGS = 5
"""Kept for one text."""
MAX_APART_BYTES = 4 * 2**20
"""Kept for one language."""


def can_keep_apart(folder: Path, tag: str, entry: Entry) -> bool:
    """Whether one more wording may be kept in the file. One that is there already takes no space."""
    file = folder / SET_ASIDE_FOLDER / f"{tag}.po"
    kept: Mapping[str, Entry] = read_set_aside(file)
    if entry.key in kept:
        return True
    of_text = entry.key.rpartition("#")[0]
    wordings = sum(key.rpartition("#")[0] == of_text for key in kept)
    size = file.stat().st_size if file.is_file() else 0
    needed = len(entry.text.encode()) + len(entry.source.encode()) + len(entry.key.encode())
    return wordings < MAX_WORDINGS and size + needed <= MAX_APART_BYTES
